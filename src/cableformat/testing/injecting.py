"""Artefacts put into a composed telegram where they really stand (field notes §4)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
from hypothesis import strategies as st

from cableformat.cable import Cable
from cableformat.telegram.blocks import ArtefactKind, BlockKind
from cableformat.telegram.compose import repeated_header
from cableformat.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import SearchStrategy

    from cableformat.telegram.specification import Specification

_STAMPS = (
    "Declassified/Released US Department of State EO Systematic Review 05 JUL 2006",
    "Margaret P. Grafeld Declassified/Released US Department of State EO Systematic Review 04 MAY 2006",
    "UNCLASSIFIED U.S. Department of State Case No. F-2031-00117 Doc No. C00000117 Date: 08/31/2035",
)
_ECHOED = re.compile(r"(?<=\s)(?:secret|confidential)", re.IGNORECASE)
_CUT = re.compile(r"[^\W_][,)\"”’]?\Z")
_ITEM = re.compile(r"(?:--|[A-Z]\.) ")
_ABOVE = frozenset({BlockKind.MARKING, BlockKind.CAPTION, BlockKind.BLANK})
_LONGEST_POST = 20
_SHORTEST_CUT = 45


@attrs.frozen
class Injection:
    """An artefact and where it goes.

    Attributes:
        kind: The value of an `ArtefactKind`, `pager_inline`, or `class_echo`.
        text: Its characters, with the line ends around it.
        where: What it replaces in the body, in offsets; empty where it only comes between.
    """

    kind: str
    text: str
    where: tuple[int, int]

    def into(self, cable: Cable) -> Cable:
        """The cable with the artefact in it.

        Args:
            cable: The one that it was made for.
        """
        if self.kind == "repeated_header" and "SECTION" not in cable.part("body").text.partition("\n")[0]:
            (mark,) = [block for block in cable.telegram.blocks if block.kind is BlockKind.MARKING]
            mrn = cable.telegram.mrn
            at = mrn.where.start if mrn and isinstance(mrn.where, Span) else mark.start + len(mark.text.rstrip())
            first = "SECTION 01 OF 02 " if mrn else " SECTION 01 OF 02"
            cable = cable.edit(Span("body", *self.where), self.text)
            return cable.edit(Span("body", at, at), first)
        return cable.edit(Span("body", *self.where), self.text)


def _line_starts(cable: Cable) -> list[int]:
    """Where the lines of the body start, from the first with a label on.

    A page does not end above that, nor in the header of a later section, which begins on a page of its own.
    """
    blocks = cable.telegram.blocks
    labelled = (b.start for b in blocks if b.part.id == "body" and b.kind not in _ABOVE)
    first = next(labelled, 0)
    headers = [a.where for a in cable.telegram.artefacts if a.kind is ArtefactKind.REPEATED_HEADER]
    # A heading and the dashes under it stay together.
    rules = {block.start for block in blocks if block.kind is BlockKind.RULE}
    starts = [match.end() for match in re.finditer("\n", cable.part("body").text)][:-1]
    return [at for at in starts if at > first and at not in rules and not any(s.start < at < s.end for s in headers)]


def _may_end_page(spec: Specification, cable: Cable, at: int) -> bool:
    """Whether blank lines around an artefact leave a reader the means to tell what goes on behind it.

    They do not in an unnumbered text (which fills no page), and in a title that may as well end there.
    """
    for block in cable.telegram.blocks:
        if block.kind is BlockKind.SUBJECT and block.start < at < block.end:
            has_label = bool(spec.references or spec.classified_by or spec.reasons)
            behind = cable.part("body").text[at : block.end]
            return behind[:1].islower() or (has_label and (spec.subject or "").isupper() and behind.isupper())
    return _is_numbered(cable)


def _is_numbered(cable: Cable) -> bool:
    """Whether the telegram is long enough for a second page: a single paragraph is not numbered."""
    return all(paragraph.number is not None for paragraph in cable.paragraphs)


def _between_paragraph_lines(cable: Cable) -> Iterator[tuple[int, str, str]]:
    """The line breaks inside the paragraphs: where the next line starts, the words before and behind."""
    for paragraph in cable.paragraphs:
        lines = paragraph.text.split("\n")
        at = paragraph.where.start
        for line, following in pairwise(lines):
            at += len(line) + 1
            yield at, line, following


def _post(spec: Specification) -> str:
    return (spec.post or "")[:_LONGEST_POST].rstrip()


def _pagers(spec: Specification, cable: Cable) -> Iterator[Injection]:
    """`POST 00000117  002 OF 006`: one blank line before, two after, in the text and in the head."""
    if spec.post and _is_numbered(cable) and re.fullmatch(r"[A-Z][A-Z .'-]+", spec.post):
        for at in _line_starts(cable):
            line = f"{_post(spec)} {spec.serial:08d}  002 OF 006"
            if not _may_end_page(spec, cable, at):
                continue
            yield Injection("pager", f"\n{line}\n\n\n", (at, at))


def _inline_pagers(spec: Specification, cable: Cable) -> Iterator[Injection]:
    """The same in the middle of a sentence of a paragraph on one line."""
    if not spec.post or not re.fullmatch(r"[A-Z][A-Z .'-]+", spec.post):
        return
    for paragraph in cable.paragraphs:
        text = paragraph.running_text
        opening = re.match(r"(?:\d+\. )?(?:\([^)]*\) )?", text)
        for blank in re.finditer(r"(?<=[a-z]) (?=[a-z])", text.partition("\n")[0]):
            if opening and blank.start() > opening.end():
                line = f" {_post(spec)} {spec.serial:08d}  002 OF 006 "
                words = text[: blank.start()] + line + text[blank.end() :]
                yield Injection("pager_inline", words, (paragraph.where.start, paragraph.where.end))


def _page_breaks(spec: Specification, cable: Cable) -> Iterator[Injection]:
    """The class, a blank line and `PAGE 02`, as the communications centres of 2000 and NARA's have it."""
    if not spec.post or not _is_numbered(cable) or not re.fullmatch(r"[A-Z][A-Z .'-]+", spec.post):
        return
    post, level = spec.post[:10].rstrip(), spec.classification
    for at in _line_starts(cable):
        page = f"PAGE 02        {post}  {(spec.serial or 0) % 100_000:05d}  01 OF 03  170856Z\n"
        yield Injection("page_break", f"{' ' * 24}{level}\n\n{page}", (at, at))
        if _may_end_page(spec, cable, at):
            yield Injection("page_break", f"{level}\n\n{level}\n\nPAGE 02  {post}  {spec.serial:06d}\n\n", (at, at))
        yield Injection("page_break", f"{level}\nPAGE 02  {post}  {spec.serial:06d}\n", (at, at))


def _echoes(_: Specification, cable: Cable) -> Iterator[Injection]:
    """A SIPDIS behind a line that begins with *secret* or *confidential*; a line is made to begin so.

    Behind a whole sentence of an unnumbered text nobody can tell whether the paragraph goes on.
    """
    text = cable.part("body").text
    is_numbered = _is_numbered(cable)
    for paragraph in cable.paragraphs:
        for match in _ECHOED.finditer(text, paragraph.where.start, paragraph.where.end):
            end = text.find("\n", match.start(), paragraph.where.end)
            if end >= 0:
                line = text[match.start() : end]
                if not is_numbered and not _CUT.search(line):
                    continue
                yield Injection("sipdis_echo", f"\n{line}\n\nSIPDIS\n\n", (match.start() - 1, end + 1))
                yield Injection("sipdis_echo", f"\n{line}\n\n\nSIPDIS\n", (match.start() - 1, end + 1))


def _headers(spec: Specification, cable: Cable) -> Iterator[Injection]:
    """The header of a second section, anywhere in the text."""
    if spec.sections == 1 and _is_numbered(cable):
        again = repeated_header(spec, 2)
        first = again.partition("\n")[0]
        mrn = f"{spec.post} {spec.serial:06d}" if spec.post else ""
        class_words = first.removesuffix(mrn).strip()
        again = f"{class_words} SECTION 02 OF 02 {mrn}".rstrip() + again[len(first) :]
        for at, _, _ in _between_paragraph_lines(cable):
            yield Injection("repeated_header", f"\n{again}\n\n", (at, at))
        for paragraph in cable.paragraphs[1:]:
            if not paragraph.heading:
                at = paragraph.where.start
                yield Injection("repeated_header", f"{again}\n\n", (at, at))


def _stamps(spec: Specification, cable: Cable) -> Iterator[Injection]:
    """A declassification stamp on any line, once or twice."""
    for at in _line_starts(cable):
        for stamp in _STAMPS:
            yield Injection("stamp", f"{stamp}\n", (at, at))
            if _may_end_page(spec, cable, at):
                yield Injection("stamp", f"\n{stamp}\n{stamp}\n\n", (at, at))


def _class_echoes(spec: Specification, cable: Cable) -> Iterator[Injection]:
    """The class again at the end of the telegram, with the communications centre's end mark."""
    end = len(cable.part("body").text)
    for text in (f"\n{spec.classification}\n", f"\n\n{spec.classification}\n\n\nNNNN\n", "\nNNNN\n"):
        yield Injection("class_echo", text, (end, end))


def _interruptions(_: Specification, cable: Cable) -> Iterator[Injection]:
    """Blank lines inside a sentence."""
    for at, before, behind in _between_paragraph_lines(cable):
        if _CUT.search(before) and not _ITEM.match(behind) and len(before) >= _SHORTEST_CUT:
            for text in ("\n", " \n", "\n\n"):
                yield Injection("interruption", text, (at, at))


_KINDS: dict[str, Callable[[Specification, Cable], Iterator[Injection]]] = {
    "class_echo": _class_echoes,
    "stamp": _stamps,
    "pager": _pagers,
    "pager_inline": _inline_pagers,
    "page_break": _page_breaks,
    "sipdis_echo": _echoes,
    "repeated_header": _headers,
    "interruption": _interruptions,
}


def possible_injections(spec: Specification, cable: Cable) -> list[list[Injection]]:
    """Every artefact that can stand in a telegram, at every line where it can, by kind.

    Args:
        spec: What the telegram says.
        cable: `Cable.compose(spec)`.
    """
    return [found for places in _KINDS.values() if (found := list(places(spec, cable)))]


def injections(spec: Specification) -> SearchStrategy[Injection]:
    """Artefacts for the telegram of a specification: each kind as likely, at any of its places."""
    cable = Cable.compose(spec)
    kinds = st.sampled_from(tuple(_KINDS.values()))
    return kinds.map(lambda places: tuple(places(spec, cable))).filter(bool).flatmap(st.sampled_from)
