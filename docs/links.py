"""Checks that every link within the built documentation leads somewhere: `python docs/links.py docs/_build/html`."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html


def dead(folder: Path) -> list[str]:
    """The links to a file or an anchor that is not there, each with its page."""
    trees = {path: html.parse(str(path)) for path in sorted(folder.rglob("*.html"))}
    anchors = {path: set(tree.xpath("//@id")) | set(tree.xpath("//a/@name")) for path, tree in trees.items()}
    found = []
    for path, tree in trees.items():
        for link in (*tree.xpath("//a/@href"), *tree.xpath("//img/@src")):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            fragment = unquote(parts.fragment)
            if not target.exists() or (fragment and target in anchors and fragment not in anchors[target]):
                found.append(f"{path.relative_to(folder)}: {link}")
    return found


if __name__ == "__main__":
    problems = dead(Path(sys.argv[1]).resolve())
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    sys.exit(bool(problems))
