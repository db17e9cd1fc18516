"""Draws docs/anatomy.svg, an invented cable as the grammar takes it apart: `python docs/anatomy.py`."""

from __future__ import annotations

from html import escape
from pathlib import Path

from cableformat import BlockKind, Cable, Part

PICTURE = Path(__file__).with_name("anatomy.svg")
HEADER = """\
P 040912Z MAR 31
FM AMEMBASSY PORT MERIDIAN
TO SECSTATE WASHDC 2210
INFO AMCONSUL SAINT ORRIN
"""
BODY = """\
C O N F I D E N T I A L PORT MERIDIAN 000117

SIPDIS

E.O. 13526: DECL: 03/04/2041
TAGS: PREL, EWWT
SUBJECT: HARBOR TALKS: MINISTER ORLEO WANTS TWO WEEKS
REF: 31 STATE 4410

Classified By: CDA Ines Halloway, for reasons 1.4 (b) and (d).

1. (C) Summary: Minister Orleo wants two more weeks. End summary.

Who Is to Pay
-------------

2. (SBU) The port authority says that it can bear a third of the
PORT MERI 00000117  002 OF 002
cost at most.

HALLOWAY
"""
LABELS = {
    BlockKind.TRANSMISSION: ("Transmission header", "date and time, from, to"),
    BlockKind.MARKING: ("Classification line", "level, post, serial number"),
    BlockKind.CAPTION: ("Caption", "who may see it"),
    BlockKind.EXECUTIVE_ORDER: ("Executive order", "when to declassify"),
    BlockKind.TAGS: ("TAGS", "subjects and countries"),
    BlockKind.SUBJECT: ("Subject", ""),
    BlockKind.REFERENCE: ("References", "the cables it speaks of"),
    BlockKind.AUTHORITY: ("Classification authority", "who, and for which reasons"),
    BlockKind.PARAGRAPH: ("Paragraph", "number, portion mark, text"),
    BlockKind.HEADING: ("Heading", ""),
    BlockKind.RULE: ("Rule", ""),
    BlockKind.SIGNATURE: ("Signature", ""),
}
_LINE = 19
_GAP = 9
_LEFT = 20
_WIDTH = 540
_TEXT = 11
_STYLE = (
    "text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#1c2126;white-space:pre}"
    ".n{font:bold 13px system-ui,Helvetica,Arial,sans-serif}"
    ".s{font:12px system-ui,Helvetica,Arial,sans-serif;fill:#4a5560}"
    ".a{fill:#9a3b00}"
)


def cable() -> Cable:
    """The cable of the drawing."""
    return Cable(parts=(Part("header", "header", HEADER), Part("body", "body", BODY)))


def picture() -> str:
    """The drawing: a box for each block, and what it is."""
    drawn: list[str] = []
    y = _LEFT
    boxes = 0
    for number, block in enumerate(cable().telegram.blocks):
        if block.kind is BlockKind.BLANK:
            y += _GAP
            continue
        if number and block.start == 0:  # another part
            y += 2 * _GAP
        lines = block.text.splitlines()
        name, what = LABELS[block.kind]
        height = len(lines) * _LINE + 5
        fill = "#eef3f8" if boxes % 2 else "#f6f1e6"
        boxes += 1
        size = f'x="{_LEFT}" y="{y}" width="{_WIDTH}" height="{height}"'
        drawn.append(f'<rect {size} rx="3" fill="{fill}" stroke="#9aa4ae"/>')
        artefacts = {one.where.start for one in block.artefacts}
        at = block.start
        for i, line in enumerate(lines):
            base = y + _LINE * (i + 1) - 3
            is_artefact = at in artefacts
            extra = ' class="a"' if is_artefact else ""
            drawn.append(f'<text x="{_LEFT + _TEXT}" y="{base}"{extra}>{escape(line)}</text>')
            if is_artefact:
                drawn.append(_label(base, "Artefact", "a page line of the transmission", "a"))
            at += len(line) + 1
        drawn.append(_label(y + _LINE - 3, name, what))
        y += height + 3
    height = y + _LEFT - 3
    width = 960
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'aria-label="An invented cable with its blocks labelled">\n'
        f'<style>{_STYLE}</style>\n<rect width="{width}" height="{height}" fill="#fff"/>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _label(base: int, name: str, what: str, kind: str = "") -> str:
    """A line to the right of the box, and what stands there."""
    x = _LEFT + _WIDTH
    said = f'<tspan class="s" dx="8">{escape(what)}</tspan>' if what else ""
    return (
        f'<path d="M{x} {base - 4}h22" stroke="#9aa4ae"/>'
        f'<text class="n {kind}" x="{x + 30}" y="{base}">{escape(name)}{said}</text>'
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
