"""From parts to blocks: the tiling of a telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat.telegram import artefacts
from cableformat.telegram.blocks import ArtefactKind, Block, BlockKind
from cableformat.telegram.body import Body
from cableformat.telegram.embedded import embedded
from cableformat.telegram.ending import ending, group_above
from cableformat.telegram.head import Head
from cableformat.telegram.line_ends import unescaped
from cableformat.telegram.lines import ARTEFACT, BLANK, MARKING, SIPDIS, Lines, scan
from cableformat.telegram.opening import is_notice, opening
from cableformat.telegram.tiling import Tiling
from cableformat.telegram.unwrapped import split_paragraphs

if TYPE_CHECKING:
    from cableformat.text import Part

_TELEGRAM_ROLES = frozenset({"header", "body"})
# What a line begins with after which software put a SIPDIS (field notes §4).
_ECHOED = ("secret", "confidential")
KNOWN_GRAMMAR = "us"


def tile(part: Part, grammar: str = KNOWN_GRAMMAR) -> tuple[Block, ...]:
    r"""The blocks of a part, which tile it: their texts joined are the part's text, for any text.

    Args:
        part: The part; one that is neither header nor body is a single verbatim block.
        grammar: Whose telegram it is; any but `us` gives residue.

    Example:
        >>> from cableformat.text import Part
        >>> body = "UNCLAS PORT MERIDIAN 000117\n\nSUBJECT: TALKS\n\n1. They went on.\n"
        >>> [block.kind.value for block in tile(Part("body", "body", body))]
        ['marking', 'blank', 'subject', 'blank', 'paragraph']
    """
    if not part.text:
        return ()
    if part.role not in _TELEGRAM_ROLES:
        return (Block(BlockKind.VERBATIM, part, 0, len(part.text)),)
    if grammar != KNOWN_GRAMMAR:
        return (Block(BlockKind.RESIDUE, part, 0, len(part.text)),)
    text = unescaped(part.text)
    found = artefacts.find(text)
    lines = scan(text)
    lines.mark(found)
    tiling = Tiling(lines, found)
    _note_echoes(lines, tiling)
    line = _notice(lines, tiling)
    line = _transmission(lines, tiling, line, part.role)
    _text(lines, tiling, line, part.text)
    return tiling.blocks(part)


def _note_echoes(lines: Lines, tiling: Tiling) -> None:
    """Mark the SIPDIS lines that software put after a line beginning with *secret* or *confidential*."""
    kinds, starts = lines.kinds, lines.starts
    line = kinds.find(SIPDIS)
    while line >= 0:
        above = line - 1
        while above >= 0 and kinds[above] == BLANK:
            above -= 1
        if above >= 0 and kinds[above] != MARKING:
            begin = lines.text[starts[above] : starts[above] + 40].lstrip().lower()
            if begin.startswith(_ECHOED) or begin.startswith("sipdis"):
                tiling.note(starts[line], starts[line + 1], ArtefactKind.SIPDIS_ECHO)
                kinds[line] = ARTEFACT
        line = kinds.find(SIPDIS, line + 1)


def _skip_blanks(lines: Lines, line: int) -> int:
    while line < len(lines) and lines.kinds[line] in (BLANK, ARTEFACT):
        line += 1
    return line


def _notice(lines: Lines, tiling: Tiling) -> int:
    """The publisher's notice at the top, if there is one; the line after it."""
    line = _skip_blanks(lines, 0)
    if line == len(lines) or not is_notice(lines, line):
        return 0
    tiling.gap(0, line)
    tiling.cut(lines.starts[line], BlockKind.NOTICE)
    return line + 1


def _transmission(lines: Lines, tiling: Tiling, first: int, role: str) -> int:
    """The transmission header and the head; the line at which the text begins."""
    begin = _skip_blanks(lines, first)
    tiling.gap(first, begin)
    if begin == len(lines):
        return begin
    end, head = opening(lines, begin, role)
    last = end
    while last > begin and lines.kinds[last - 1] in (BLANK, ARTEFACT):
        last -= 1
    if last > begin:
        tiling.cut(lines.starts[begin], BlockKind.TRANSMISSION)
    tiling.gap(last, end)
    return Head(lines, tiling).read(head) if head < len(lines) else end


def _text(lines: Lines, tiling: Tiling, first: int, written: str) -> None:
    """The text, the signature and what stands after it; `written` is the part's, in which line ends may be escaped."""
    if first == len(lines):
        return
    split_paragraphs(lines, first)
    inner = list(embedded(lines, first, written))
    # The runs between what is embedded; the last with words has the signature.
    starts = [first, *(after for _, after in inner)]
    stops = [*(begin for begin, _ in inner), len(lines)]
    last = max((i for i, (a, b) in enumerate(zip(starts, stops, strict=True)) if _skip_blanks(lines, a) < b), default=0)
    for i, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        if i:
            tiling.cut(lines.starts[inner[i - 1][0]], BlockKind.EMBEDDED)
        if i == last:
            _last_run(lines, tiling, start, stop)
        elif start < stop:
            Body(lines, tiling, stop).read(start)


def _last_run(lines: Lines, tiling: Tiling, first: int, stop: int) -> None:
    """Text, signature and closing between two lines."""
    if first >= stop:
        return
    end = ending(lines, first, stop)
    group = group_above(lines, first, end.line)
    Body(lines, tiling, group).read(first)
    if group < end.line:
        tiling.cut(lines.starts[group], BlockKind.CLOSING)
        tiling.gap(group + 1, end.line)
    if end.signature is not None:
        tiling.cut(end.signature, BlockKind.SIGNATURE)
    line = end.closing
    while line < stop:
        after = min(_skip_blanks(lines, line), stop)
        tiling.gap(line, after)
        if after < stop:
            tiling.cut(lines.starts[after], BlockKind.CLOSING)
        line = after + 1
