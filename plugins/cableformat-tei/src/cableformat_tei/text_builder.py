"""The text of a TEI document as parts, annotations, and what its mark-up states of the structure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from cableformat import Annotation, FormatError, ModelError, Part
from cableformat_tei.exact_text import MAX_RUN
from cableformat_tei.flow import BLANKS, XML_ID, Choice, Flow, Found, Label, break_line, plain_name
from cableformat_tei.names import BROKEN_END, CHOICES, KINDS, NOTE, NOTE_PART, PINNABLE, TEI
from cableformat_tei.structure import Statement

if TYPE_CHECKING:
    from collections.abc import Callable

_TEI_PREFIX = f"{TEI} "
_LB = f"{TEI} lb"
_RUN = re.compile(r"[ \t\r\n]+")
_FOLDED = re.compile(r"[\t\r\n]|  ")
_CODE = re.compile(r"#u([0-9a-f]{4,6})")
_OWN_ID = re.compile(r"annotation-([0-9]{1,9})")
_KIND = re.compile(r"[A-Za-z][A-Za-z0-9._:-]*")
_LAST = 10**9  # the place in order of annotations that do not say theirs

# Elements that hold text or blocks and say nothing of a run of words.
# fmt: off
_CONTAINERS = frozenset({
    "text", "front", "body", "back", "group", "floatingText", "div", "div1", "div2", "div3", "div4", "list", "item",
    "label", "table", "row", "cell", "lg", "l", "quote", "q", "cit", "sp", "speaker", "p", "ab", "head", "opener",
    "closer", "signed", "dateline", "salute", "trailer", "postscript", "byline", "argument", "epigraph", "fw",
    "figure", "figDesc", "titlePage", "docTitle", "titlePart", "listBibl", "bibl",
})
# fmt: on
# Those of them that do not stand as blocks of their own.
_FLOWING = frozenset({"text", "front", "body", "back", "group", "fw", "q", "cit", "cell"})
_NUMBERED = re.compile(r"[ (]?0*(\d{1,4})(?:[.)]|\Z)")
_MEANS_TEXT = frozenset({"lb", "space", "g", "milestone", "anchor"})
_TIGHT = frozenset({"item", "row", "l", "signed", "dateline", "salute", "label"})  # one line end apart, not two
_KIND_OF = {"p": "paragraph", "opener": "transmission", "signed": "signature", "trailer": "closing", "head": "heading"}
_PRINTED = {printed: kind for kind, (printed, _) in CHOICES.items()}
_BETTER = {better: kind for kind, (_, better) in CHOICES.items()}


def unmarked(text: str) -> str:
    """What a text node says: white space at its ends means nothing, any other run of it is a space."""
    words = text.strip(BLANKS)
    return _RUN.sub(" ", words) if _FOLDED.search(words) else words


class TextBuilder:
    """Takes the events of a text, and gives parts, annotations and statements.

    Args:
        fold: Whether white space means what it means in prose (TEI of other origin), not what `exact_text` says.
        soft: Whether white space beside mark-up that an editor has put in is a space. Whoever wraps a word in a
            `persName` leaves the spaces around it as they are.
    """

    def __init__(self, *, fold: bool, soft: bool = False) -> None:
        self._fold = fold
        self._soft = soft
        self._after_added = self._had_blank = False
        self._added: list[bool] = []
        self.parts: list[Flow] = []
        self.notes: list[Flow] = []
        self.annotations: list[Found] = []
        self.statements: list[tuple[Statement, str | None]] = []
        self.anchors: dict[str, tuple[Flow, int]] = {}
        self.part_ids: dict[str, str] = {}
        self.has_lines = False
        self._flow: Flow | None = None
        self._taken: set[str] = set()
        self._ends: list[Callable[[], None] | None] = []
        self._choices: list[Choice] = []
        self._lists: list[int | None] = []  # how many items each list has had, if it is one that counts them
        self._label: Label | None = None
        self._shadow = 0  # depth inside a g, whose content is only a picture

    # Events

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        flow = self._flow
        if name == _LB and not attributes and flow is not None and not flow.is_prose and not self._soft:
            flow.pieces.append("\n")  # by far the most frequent element
            flow.length += 1
            self._ends.append(None)
            return
        local = name.removeprefix(_TEI_PREFIX)
        if self._soft:
            self._beside(is_added=self._is_added(local, attributes))
        special = self._special.get(local)
        if special is not None:
            self._ends.append(special(self, attributes))
        elif self._choices and (local in _PRINTED or local in _BETTER):
            self._ends.append(self._reading(local))
        elif local in _CONTAINERS:
            self._ends.append(self._container(local, attributes))
        else:
            self._ends.append(self._inline(local, attributes))

    def end(self, name: str) -> None:  # noqa: ARG002 - the handler's shape
        """An element ends."""
        if self._soft:
            is_added = self._added.pop()
            self._beside(is_added=is_added)
        finish = self._ends.pop()
        if finish is not None:
            finish()

    def data(self, text: str) -> None:
        """Character data."""
        if self._shadow:
            return
        flow = self._flow
        if self._fold if flow is None else flow.is_prose:
            folded = _RUN.sub(" ", text)
            if folded[0] == " " and (flow is None or flow.last in (" ", "\n", "")):
                folded = folded[1:]
            if folded:
                (flow or self.begin("body", "body")).add(folded)
            return
        words = unmarked(text)
        if words:
            flow = flow or self.begin("text", "body")
            if self._soft and self._after_added and text[0] in BLANKS and flow.last not in (" ", "\n", ""):
                flow.add(" ")
            flow.pieces.append(words)
            flow.length += len(words)
        # Blanks alone between two tags are a space only where both tags were put in.
        self._had_blank = self._soft and text[-1] in BLANKS and (words != "" or self._after_added)

    def _is_added(self, local: str, attributes: dict[str, str]) -> bool:
        """Whether an element that begins is one that an editor has put into the text."""
        is_added = (
            local not in _CONTAINERS
            and local not in _MEANS_TEXT
            and not (self._choices and (local in _PRINTED or local in _BETTER))
            and not _OWN_ID.fullmatch(attributes.get(XML_ID, ""))
        )
        self._added.append(is_added)
        return is_added

    def _beside(self, *, is_added: bool) -> None:
        """A tag: a blank before one that was put in is a space."""
        flow = self._flow
        if is_added and self._had_blank and flow is not None and not flow.is_prose and flow.last not in (" ", "\n", ""):
            flow.add(" ")
        self._had_blank = False
        self._after_added = is_added

    # Parts

    def begin(self, part_id: str, role: str) -> Flow:
        """Begin a part here.

        Raises:
            FormatError: There is one of that name already.
        """
        if part_id in self._taken:
            raise FormatError(f"Two parts are named {part_id!r:.60}; a part's name (milestone/@n) must be its own.")
        self._taken.add(part_id)
        self._flow = Flow(part_id, role, self._fold)
        self.parts.append(self._flow)
        return self._flow

    def _at(self) -> Flow:
        """The flow at this place, begun if need be."""
        return self._flow or self.begin("body" if self._fold else "text", "body")

    def _milestone(self, attributes: dict[str, str]) -> None:
        if self._fold or attributes.get("unit") != "part":
            return
        for name in ("n", "type"):
            if not _KIND.fullmatch(attributes.get(name, "")):
                raise FormatError(f"The milestone of a part must name it: @{name} is {attributes.get(name, '')!r:.60}.")
        self.begin(attributes["n"], attributes["type"])
        id_ = attributes.get(XML_ID)
        if id_ is not None:
            self.part_ids[id_] = attributes["n"]

    # Characters

    def _lb(self, attributes: dict[str, str]) -> None:
        flow = self._at()
        self.has_lines = True
        if flow.is_prose:
            if flow.pieces and flow.last == " ":
                flow.trim()
            if not flow.pieces:
                return
        flow.add("\r\n" if attributes.get("rend") == "crlf" else "\n")

    def _space(self, attributes: dict[str, str]) -> Callable[[], None] | None:
        unit, quantity = attributes.get("unit", "chars"), attributes.get("quantity", "1")
        if unit not in {"chars", "tab"}:
            return None  # a space of lines or millimetres is no character
        if not (quantity.isascii() and quantity.isdigit() and 0 < len(quantity) < 5 and 0 < int(quantity) <= MAX_RUN):  # noqa: PLR2004 - digits of the bound
            raise FormatError(f"A space stands for 1 to {MAX_RUN} characters, not {quantity!r:.40}.")
        self._at().add(("\t" if unit == "tab" else " ") * int(quantity))
        return None

    def _g(self, attributes: dict[str, str]) -> Callable[[], None] | None:
        match = _CODE.fullmatch(attributes.get("ref", ""))
        if match is None:
            return None  # a glyph of another making: its content is the text
        code = int(match[1], 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - Unicode's bounds
            raise FormatError(f"There is no character U+{code:04X}.")
        self._at().add(chr(code))
        return self._hidden(attributes)

    def _hidden(self, attributes: dict[str, str]) -> Callable[[], None]:  # noqa: ARG002 - as all of them
        self._shadow += 1

        def finish() -> None:
            self._shadow -= 1

        return finish

    def _nothing(self, attributes: dict[str, str]) -> None:
        """An element without text that says nothing of the words."""

    # Blocks

    def _container(self, local: str, attributes: dict[str, str]) -> Callable[[], None] | None:
        kind = attributes.get("type") if local == "ab" else _KIND_OF.get(local)
        flow = self._flow
        if flow is not None and flow.is_prose:
            if local not in _FLOWING:
                follows_label = local == "item" and self._label is not None and self._label.end == flow.length
                break_line(flow, 0 if follows_label else 1 if local in _TIGHT else 2)
            if local == "list":
                return self._list(flow, attributes)
            if local == "label":
                return self._list_label(flow, attributes)
            if local == "item":
                return self._item(flow, attributes)
        if kind not in PINNABLE:
            return None
        flow = self._at()
        start = flow.length

        def finish() -> None:
            if flow.is_prose:
                flow.trim()
            number, mark = (attributes.get("n"), attributes.get("ana")) if local == "p" else (None, None)
            # The mark is a pointer, which only the header resolves.
            self.statements.append((Statement(flow.id, str(kind), min(start, flow.length), flow.length, number), mark))

        return finish

    def _list(self, flow: Flow, attributes: dict[str, str]) -> Callable[[], None]:  # noqa: ARG002 - as all of them
        """A list of prose, whose items may be numbered."""
        is_ordered = bool({attributes.get("type"), attributes.get("rend")} & {"ordered", "numbered"})
        self._lists.append(0 if is_ordered else None)

        def finish() -> None:
            self._lists.pop()

        return finish

    def _list_label(self, flow: Flow, attributes: dict[str, str]) -> Callable[[], None]:  # noqa: ARG002 - as all of them
        start = flow.length

        def finish() -> None:
            flow.trim()
            self._label = Label(start, flow.length, "".join(flow.pieces[-1:]))

        return finish

    def _item(self, flow: Flow, attributes: dict[str, str]) -> Callable[[], None]:
        """An item of a list: a paragraph, where it has a number."""
        label, self._label = self._label, None
        start = flow.length
        number = attributes.get("n")
        if label is not None and flow.pieces[-1:] == [" "]:
            start, number = label.start, number or label.text
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            number = number or str(self._lists[-1])
        first, piece = len(self.statements), len(flow.pieces)

        def finish() -> None:
            flow.trim()
            found = _NUMBERED.match(number or "") or _NUMBERED.match("".join(flow.pieces[piece : piece + 1]))
            if found is not None:
                del self.statements[first:]  # paragraphs inside it are runs of it
                self.statements.append((Statement(flow.id, "paragraph", start, flow.length, found[1]), None))

        return finish

    # Annotations

    def _anchor(self, attributes: dict[str, str]) -> None:
        id_ = attributes.get(XML_ID)
        if id_ is not None and id_ not in self.anchors:
            flow = self._at()
            self.anchors[id_] = (flow, flow.length)

    def _place(self, attributes: dict[str, str]) -> tuple[int, dict[str, str]]:
        """The place of an annotation in the cable's own order, and its attributes without it."""
        rest = {plain_name(name): value for name, value in sorted(attributes.items())}
        match = _OWN_ID.fullmatch(rest.get("xml:id", ""))
        if match is None:
            return _LAST, rest
        del rest["xml:id"]
        return int(match[1]), rest

    def _mark(self, place: int, flow: Flow, kind: str, pairs: tuple[tuple[str, str], ...]) -> None:
        """An empty annotation here."""
        self.annotations.append(Found(place, flow, flow.length, flow.length, kind, pairs))

    def _inline(self, local: str, attributes: dict[str, str]) -> Callable[[], None]:
        flow = self._at()
        place, rest = self._place(attributes)
        kind = KINDS.get(local, f"tei.{local}")
        if local == "seg" and _KIND.fullmatch(rest.get("type", "")):
            kind = rest.pop("type")
        if not _KIND.fullmatch(kind):
            kind = "tei.other"
        start = flow.length
        slot = len(self.annotations)

        def finish() -> None:
            # In the order of the opening tags, outer ones first.
            self.annotations.insert(
                slot, Found(place, flow, min(start, flow.length), flow.length, kind, tuple(rest.items()))
            )

        return finish

    def _pb(self, attributes: dict[str, str]) -> None:
        if attributes.get("rend") != "artefact":  # ours, made from the text
            self._empty("tei.pb", attributes)

    def _gap(self, attributes: dict[str, str]) -> Callable[[], None]:
        if attributes.get("reason") != BROKEN_END:  # ours, made from the text
            self._empty("tei.gap", attributes)
        return self._hidden(attributes)  # it may hold a description

    def _empty(self, kind: str, attributes: dict[str, str]) -> None:
        flow = self._at()
        place, rest = self._place(attributes)
        self._mark(place, flow, kind, tuple(rest.items()))

    def _ptr(self, attributes: dict[str, str]) -> None:
        flow = self._at()
        place, rest = self._place(attributes)
        if place != _LAST and rest.get("type") == NOTE:
            # The part may come later: its name is put in at the end.
            self._mark(place, flow, NOTE, ((NOTE_PART, rest.get("target", "")),))
        else:
            self._mark(place, flow, "tei.ptr", tuple(rest.items()))

    def _note(self, attributes: dict[str, str]) -> Callable[[], None]:
        flow = self._at()
        note = Flow(f"note {len(self.notes)}", NOTE, is_prose=True)  # a name comes when all parts are known
        self.notes.append(note)
        place, rest = self._place(attributes)
        pairs = ((NOTE_PART, note.id), *rest.items())
        self._mark(place, flow, NOTE, pairs)
        self._flow = note

        def finish() -> None:
            note.trim()
            self._flow = flow

        return finish

    # Corrections

    def _choice(self, attributes: dict[str, str]) -> Callable[[], None]:
        flow = self._at()
        choice = Choice(attributes.get(XML_ID), flow.length)
        self._choices.append(choice)
        slot = len(self.annotations)

        def finish() -> None:
            self._choices.pop()
            if choice.kind is None or choice.end is None or choice.better is None:
                return
            match = _OWN_ID.fullmatch(choice.id or "")
            pairs = ((CHOICES[choice.kind][1], choice.better),)
            place = int(match[1]) if match else _LAST
            start = min(choice.start, choice.end)
            self.annotations.insert(slot, Found(place, flow, start, choice.end, choice.kind, pairs))

        return finish

    def _reading(self, local: str) -> Callable[[], None] | None:
        choice = self._choices[-1]
        if local in _PRINTED:
            flow = self._at()
            choice.kind = _PRINTED[local]
            choice.start = flow.length

            def printed() -> None:
                choice.end = flow.length

            return printed
        outer = self._flow
        better = self._flow = Flow("reading", NOTE, self._fold)
        known = len(self.annotations)

        def finish() -> None:
            if self._fold:
                better.trim()
            choice.better = "".join(better.pieces)
            del self.annotations[known:]  # mark-up inside the editor's own words is not of the text
            self._flow = outer

        return finish

    # Elements that mean something of their own. A table of the class, so that builders are no cycles of references.
    _special: ClassVar[dict[str, Callable[[TextBuilder, dict[str, str]], Callable[[], None] | None]]] = {
        "lb": _lb,
        "space": _space,
        "g": _g,
        "milestone": _milestone,
        "anchor": _anchor,
        "pb": _pb,
        "gap": _gap,
        "ptr": _ptr,
        "note": _note,
        "choice": _choice,
        "desc": _hidden,
        "graphic": _nothing,
    }

    # Results

    def plain_text(self) -> str:
        """The text alone, of a field that is no part."""
        if self._fold and self._flow is not None:
            self._flow.trim()
        return "".join(piece for flow in self.parts for piece in flow.pieces)

    def finished(self) -> tuple[tuple[Part, ...], list[tuple[int, Annotation]]]:
        """The parts, those of notes last, and the annotations, each with its place.

        Raises:
            FormatError: The mark-up describes no cable.
        """
        names: dict[str, str] = {}
        number = 0
        for note in self.notes:
            number += 1
            while f"note-{number}" in self._taken:
                number += 1
            names[note.id], note.id = f"note-{number}", f"note-{number}"
        flows = [*self.parts, *self.notes]
        for flow in self.parts:
            if flow.is_prose:
                flow.trim()
        try:
            parts = tuple(Part(flow.id, flow.role, "".join(flow.pieces)) for flow in flows)
            return parts, [(found.place, self._annotation(found, names)) for found in self.annotations]
        except ModelError as error:
            raise FormatError(f"The text is no cable's. {error}", path="the text") from None

    def _annotation(self, found: Found, names: dict[str, str]) -> Annotation:
        """The annotation, inside its text, with the name of the part that it points to."""
        end = min(found.end, found.flow.length)
        pairs = found.attributes
        if found.kind == NOTE and pairs and pairs[0][0] == NOTE_PART:
            target = pairs[0][1]
            part = names.get(target) or self.part_ids.get(target.removeprefix("#"), target)
            pairs = ((NOTE_PART, part), *pairs[1:])
        return Annotation(found.flow.id, min(found.start, end), end, found.kind, pairs)
