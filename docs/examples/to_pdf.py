"""Makes a PDF of pages of text, a form feed between them: `python docs/examples/to_pdf.py IN.txt OUT.pdf`.

So were made the invented PDF files beside it. The same text gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

_LINE = 11
_TOP = 760
_LEFT = 50


def main(source: Path, target: Path) -> None:
    """Set each line where a typewriter would."""
    canvas = Canvas(str(target), pagesize=(612, 792), invariant=1)
    for page in source.read_text("utf-8").removesuffix("\x0c").split("\x0c"):
        canvas.setFont("Courier", 9)
        for number, line in enumerate(page.split("\n")):
            canvas.drawString(_LEFT, _TOP - number * _LINE, line)
        canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
