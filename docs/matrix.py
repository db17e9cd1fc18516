"""Writes the fidelity matrix of the bundled formats into a page: `python docs/matrix.py docs/fidelity.md`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from cableformat import formats
from cableformat.registry import Registry
from cableformat.testing.matrix import fidelity_matrix, markdown

_PLACE = re.compile(r"(?<=<!-- matrix -->\n).*(?=<!-- end of matrix -->)", re.DOTALL)


def main(page: Path) -> None:
    """Put the matrix between the two marks of the page."""
    bundled = Registry(known for known in formats() if known.needs.startswith("cableformat"))
    table = markdown(fidelity_matrix(bundled))
    page.write_text(_PLACE.sub(lambda _: table, page.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
