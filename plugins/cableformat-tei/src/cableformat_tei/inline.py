"""Which annotations stand inline, where they nest, and which in `standOff`, where they overlap."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, NamedTuple

import attrs

from cableformat_tei.exact_text import shown
from cableformat_tei.names import ATTRIBUTES, CHOICES, EMPTY, INLINE, NOTE, NOTE_PART, PIN, VALUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cableformat import Annotation, Artefact, Block
    from cableformat_tei.exact_text import Encoder

_MAX_NESTED = 40  # elements inside one another; what nests deeper stands off

Insertion = tuple[int, str]
"""Mark-up and the offset in its part at which it stands."""


@attrs.frozen
class Numbered:
    """An annotation with its place in the cable, which the document carries as `xml:id`."""

    index: int
    note: Annotation

    @property
    def id(self) -> str:
        """The `xml:id`, as an attribute."""
        return f' xml:id="annotation-{self.index}"'


class _Node(NamedTuple):
    """An element over a span: its tags."""

    start: int
    end: int
    opening: str
    closing: str


def point(numbered: Numbered) -> str | None:
    """The empty element that an empty annotation is, between blocks as well as in them; None if it has to stand off."""
    note = numbered.note
    if note.start != note.end or note.kind not in EMPTY:
        return None
    element, known = EMPTY[note.kind]
    said = _attributes(note.attributes, known)
    return None if said is None else f"<{element}{numbered.id}{said}/>"


def _attributes(pairs: Sequence[tuple[str, str]], known: frozenset[str]) -> str | None:
    """Pairs as attributes, if they can stand as such and come back in their order; else None."""
    names = [name for name, _ in pairs]
    if sorted(set(names)) != names:
        return None
    if all(name in known and VALUES[name].fullmatch(value) for name, value in pairs):
        return "".join(f' {name}="{shown(value)}"' for name, value in pairs)
    return None


def _node(numbered: Numbered, encoder: Encoder, part_ids: dict[str, str]) -> _Node | None:
    """The element of an annotation over some words, or of a note; None if it has to stand off."""
    note = numbered.note
    if note.start == note.end and note.kind == NOTE and len(note.attributes) == 1:
        name, value = note.attributes[0]
        if name == NOTE_PART and value in part_ids:
            pointer = f'<ptr{numbered.id} type="note" target="#{part_ids[value]}"/>'
            return _Node(note.start, note.end, pointer, "")
    if note.start == note.end or note.kind.startswith(PIN):
        return None
    if note.kind in CHOICES and len(note.attributes) == 1:
        printed, better = CHOICES[note.kind]
        name, value = note.attributes[0]
        if name != better:
            return None
        closing = f"</{printed}><{better}>{encoder.encode(value)}</{better}></choice>"
        return _Node(note.start, note.end, f"<choice{numbered.id}><{printed}>", closing)
    element = INLINE.get(note.kind, "seg")
    said = _attributes(note.attributes, ATTRIBUTES.get(element, frozenset()))
    if said is None:
        return None
    kind = f' type="{note.kind}"' if element == "seg" else ""
    return _Node(note.start, note.end, f"<{element}{kind}{numbered.id}{said}>", f"</{element}>")


class Inline:
    """The inline annotations of one part, handed out block by block; what is left over stands off.

    Args:
        annotations: Those of the part.
        encoder: Encodes what the elements hold besides the part's text.
        part_ids: The `xml:id` of each part that holds a note, by its id.

    Attributes:
        is_empty: Whether the part has no annotations at all.
        placed: The places of the annotations that were handed out.
    """

    def __init__(self, annotations: Sequence[Numbered], encoder: Encoder, part_ids: dict[str, str]) -> None:
        self.is_empty = not annotations
        waiting = [
            (numbered, node) for numbered in annotations if (node := _node(numbered, encoder, part_ids)) is not None
        ]
        self._waiting = sorted(waiting, key=lambda item: (item[1].start, -item[1].end, item[0].index))
        self._at = 0
        self.placed: set[int] = set()

    def insertions(self, block: Block, artefacts: Sequence[Artefact]) -> list[Insertion]:
        """The tags inside a block: those of its artefacts, and of the annotations that nest with them.

        Blocks must be asked for in the order of the text.
        """
        nodes = [_artefact(artefact) for artefact in artefacts]
        fixed = [(node.start, node.end) for node in nodes]
        ends: list[int] = []
        while self._at < len(self._waiting) and self._waiting[self._at][1].start < block.end:
            numbered, node = self._waiting[self._at]
            self._at += 1
            while ends and ends[-1] <= node.start:
                ends.pop()
            nests = not ends or node.end <= ends[-1]
            if (
                node.start < block.start
                or node.end > block.end
                or not nests
                or len(ends) >= _MAX_NESTED
                or _crosses(node, fixed)
            ):
                continue
            ends.append(node.end)
            nodes.append(node)
            self.placed.add(numbered.index)
        return _tags(nodes)


def _artefact(artefact: Artefact) -> _Node:
    where = artefact.where
    return _Node(where.start, where.end, f'<fw type="{artefact.kind}">', "</fw>")


def _crosses(node: _Node, fixed: list[tuple[int, int]]) -> bool:
    """Whether an end of the node stands inside one of the fixed spans, and the other does not."""

    def holder(offset: int) -> tuple[int, int] | None:
        at = bisect.bisect_left(fixed, (offset, 0)) - 1
        return fixed[at] if at >= 0 and fixed[at][0] < offset < fixed[at][1] else None

    starts, ends = holder(node.start), holder(node.end)
    return (starts is not None and node.end > starts[1]) or (ends is not None and node.start < ends[0])


def _tags(nodes: list[_Node]) -> list[Insertion]:
    """The opening and closing tags of nodes that nest, in order."""
    if not nodes:
        return []
    # Those over the same words keep the order in which they came: artefacts outside.
    ordered = sorted(nodes, key=lambda node: (node.start, -node.end))
    tags: list[Insertion] = []
    open_nodes: list[_Node] = []
    for node in ordered:
        while open_nodes and open_nodes[-1].end <= node.start:
            closed = open_nodes.pop()
            tags.append((closed.end, closed.closing))
        open_nodes.append(node)
        tags.append((node.start, node.opening))
    tags += [(node.end, node.closing) for node in reversed(open_nodes)]
    return tags
