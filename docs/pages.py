"""The pages of the documentation and their code blocks, for the tests."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
_PATTERNS = ("*.md", "docs/**/*.md", "plugins/*/README.md", "examples/*/README.md")
PAGES = sorted(
    path
    for pattern in _PATTERNS
    for path in ROOT.glob(pattern)
    if path.name != "CHANGELOG.md" and "_build" not in path.parts
)
"""All pages but the changelog, which has no examples."""


@attrs.frozen
class Block:
    """A code block of a page.

    Attributes:
        line: The line of its first line of code, from 1.
        language: What stands behind the fence; empty for an indented block.
        content: The code.
        file: The name of the file that it is, from the caption of a `code-block`, or None.
        is_answered: Whether an answer follows that `docs/questions.py` writes.
    """

    line: int
    language: str
    content: str
    file: str | None = None
    is_answered: bool = False


def blocks(page: Path) -> Iterator[Block]:
    """The code blocks of a page in order, as CommonMark finds them."""
    tokens = MarkdownIt("commonmark").parse(page.read_text("utf-8"))
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type not in {"fence", "code_block"}:
            continue
        language, content, file = token.info.strip(), token.content, None
        line = (token.map or [0])[0] + (2 if token.type == "fence" else 1)
        if language.startswith("{code-block}"):
            language = language.removeprefix("{code-block}").strip()
            options = re.match(r"(?::[a-z]+:.*\n)*\n?", content)
            length = options.end() if options else 0
            caption = re.search(r":caption: (\S+)", content[:length])
            file = caption[1] if caption else None
            line += content[:length].count("\n")
            content = content[length:]
        is_answered = following is not None and following.content.startswith("<!-- answer ")
        yield Block(line, language, content, file, is_answered)


def files(page: Path) -> dict[str, str]:
    """The files that a page shows, by name."""
    return {block.file: block.content for block in blocks(page) if block.file}
