"""Two versions of one cable compared: record, fields and text, layout told apart from wording."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import attrs

from cableformat.collation import Paragraph, Text, collate
from cableformat.differences import RANKS, Aspect, Difference, DifferenceKind, Group
from cableformat.fidelity import diff
from cableformat.record import RECORD_FIELDS
from cableformat.telegram import Addressee, Reference
from cableformat.telegram.blocks import ArtefactKind, BlockKind
from cableformat.text import Part, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cableformat.cable import Cable
    from cableformat.spacing import Finding

_FIELDS = (
    "reference_id",
    "mrn",
    "created",
    "origin",
    "classification",
    "captions",
    "is_partial",
    "subject",
    "tags",
    "references",
    "classified_by",
    "reasons",
    "declassification",
    "declassify_on",
    "sender",
    "recipients",
    "info_recipients",
    "summary",
    "signed_by",
)
_TELEGRAM = frozenset({"header", "body"})
# Their characters are white space or nothing: they are compared as layout like any other white space.
_BARE = frozenset({ArtefactKind.INTERRUPTION, ArtefactKind.BROKEN_END})


@attrs.frozen
class Comparison:
    """How two versions of a cable differ; true where they do. Iterate over it for the differences.

    Attributes:
        left: One version.
        right: The other.
        differences: The differences: record, fields, text in order, apparatus.
    """

    left: Cable = attrs.field(repr=False)
    right: Cable = attrs.field(repr=False)
    differences: tuple[Difference, ...]

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.differences)

    def __len__(self) -> int:
        return len(self.differences)

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs; where they were read from is not compared."""
        return not self.differences

    @property
    def same_wording(self) -> bool:
        """Whether the telegrams have the same words in the same order, layout, punctuation and case aside."""
        return not any(d.aspect == "text" and d.group == "wording" for d in self.differences)

    @property
    def counts(self) -> dict[DifferenceKind, int]:
        """How many differences there are of each kind that there is, from the slightest to the gravest."""
        counted = Counter(difference.kind for difference in self.differences)
        return {kind: counted[kind] for kind in DifferenceKind if counted[kind]}

    def of_group(self, group: Group) -> tuple[Difference, ...]:
        """The differences of one gravity: `layout`, `punctuation`, `case` or `wording`."""
        return tuple(difference for difference in self.differences if difference.group == group)


def compare(left: Cable, right: Cable) -> Comparison:
    r"""Two versions of one cable, compared.

    The words of header and body are aligned, so that a paragraph is compared with its counterpart: the one of its
    number, else the one that shares its words. Where the cables were read from (`source`) is not compared.

    Args:
        left: One version.
        right: The other. Exchanged, the sides give the same differences mirrored.

    Example:
        >>> from cableformat.cable import Cable
        >>> comparison = compare(
        ...     Cable.from_text("UNCLAS PORT MERIDIAN 000117\n\n1.  (U) Talks, he said, went on.\n"),
        ...     Cable.from_text("UNCLAS PORT MERIDIAN 000117\n\n1. (U) Talks he said, went\non.\n"),
        ... )
        >>> for difference in comparison:
        ...     print(difference.kind, difference.path, repr(difference.left_text), repr(difference.right_text))
        double_spaces paragraphs[0] '  ' ' '
        punctuation paragraphs[0] ',' ''
        wrapping paragraphs[0] ' ' '\n'
        >>> comparison.same_wording, comparison.is_equal
        (True, False)
    """
    found = (*_record(left, right), *_fields(left, right), *_texts(left, right), *_apparatus(left, right))
    return Comparison(left, right, found)


def _gravest(left: str, right: str) -> DifferenceKind:
    """What the difference between two short texts is, by its gravest."""
    return max((finding.kind for finding in collate(Text(left), Text(right))), key=RANKS.__getitem__)


def _statement(aspect: Aspect, path: str, left: str | None, right: str | None) -> Iterator[Difference]:
    if left == right:
        return
    kind = DifferenceKind.MISSING if left is None or right is None else _gravest(left, right)
    yield Difference(
        kind, aspect, path, path if left is not None else None, left, path if right is not None else None, right
    )


def _record(left: Cable, right: Cable) -> Iterator[Difference]:
    for name in RECORD_FIELDS:
        yield from _statement("record", f"record.{name}", getattr(left.record, name), getattr(right.record, name))
    ours, theirs = _by_label(left.record.extra), _by_label(right.record.extra)
    for key in ours | theirs:
        at, text = ours.get(key, (None, None))
        other_at, other = theirs.get(key, (None, None))
        for difference in _statement("record", f"extra[{other_at if at is None else at}]", text, other):
            yield attrs.evolve(
                difference,
                left=None if at is None else f"extra[{at}]",
                right=None if other_at is None else f"extra[{other_at}]",
            )
    common = [key for key in ours if key in theirs]
    if common != [key for key in theirs if key in ours]:
        labels = ["; ".join(label for label, _ in row.extra) for row in (left.record, right.record)]
        yield Difference(DifferenceKind.MOVED, "record", "extra", "extra", labels[0], "extra", labels[1])


def _by_label(extra: Iterable[tuple[str, str]]) -> dict[tuple[str, int], tuple[int, str]]:
    """The statements by their label and how often it has stood before, each with its index."""
    seen: Counter[str] = Counter()
    found = {}
    for at, (label, text) in enumerate(extra):
        found[label, seen[label]] = at, text
        seen[label] += 1
    return found


def _fields(left: Cable, right: Cable) -> Iterator[Difference]:
    for name in _FIELDS:
        path = f"telegram.{name}"
        ours, theirs = _values(left, name), _values(right, name)
        if list(ours) == list(theirs):
            continue
        only_left = [item for item in ours.items() if item[0] not in theirs]
        only_right = [item for item in theirs.items() if item[0] not in ours]
        if len(only_left) == len(only_right) == 1:
            (text, where), (other, there) = only_left[0], only_right[0]
            kind = _gravest(text, other)
            if kind.group != "layout":  # which the text or the record tells already
                yield Difference(kind, "field", path, where, text, there, other)
            continue
        for text, where in only_left:
            yield Difference(DifferenceKind.MISSING, "field", path, where, text, None, None)
        for text, where in only_right:
            yield Difference(DifferenceKind.MISSING, "field", path, None, None, where, text)
        if not only_left and not only_right:
            yield Difference(DifferenceKind.MOVED, "field", path, None, "; ".join(ours), None, "; ".join(theirs))


def _values(cable: Cable, name: str) -> dict[str, Span | str]:
    """The values of a field as words, each with its place."""
    found: Any = getattr(cable.telegram, name)
    if name == "references":
        return {_words(reference): reference.where for reference in found}
    values = found if isinstance(found, tuple) else () if found is None else (found,)
    return {_words(value.value): value.where for value in values}


def _words(value: object) -> str:
    """A value in words, different for different values."""
    if isinstance(value, Reference):
        return " ".join(filter(None, (value.bullet and f"{value.bullet}.", value.kind, value.value)))
    if isinstance(value, Addressee):
        excluded = f"XMT {', '.join(value.excluded)}" if value.excluded else None
        return " ".join(filter(None, (value.route, value.name, value.precedence, value.mcn, excluded)))
    if isinstance(value, date):  # or a moment, which is one
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


@attrs.frozen
class _Stream:
    """Parts that are read as one text, with a line feed between each two."""

    parts: tuple[Part, ...]
    starts: tuple[int, ...]
    text: str
    paragraphs: tuple[tuple[int, Paragraph], ...]
    artefacts: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, cable: Cable, parts: tuple[Part, ...]) -> _Stream:
        starts, at = [], 0
        for part in parts:
            starts.append(at)
            at += len(part.text) + 1
        first = {part.id: start for part, start in zip(parts, starts, strict=True)}
        paragraphs = tuple(
            (number, Paragraph(first[p.where.part] + p.where.start, first[p.where.part] + p.where.end, p.number))
            for number, p in enumerate(cable.paragraphs)
            if p.where.part in first
        )
        # The publisher's sentence that the text is an extract is no more of the message than an artefact.
        notices = [block.where for block in cable.telegram.blocks if block.kind is BlockKind.NOTICE]
        stray = [a.where for a in cable.telegram.artefacts if a.kind not in _BARE]
        artefacts = tuple(
            sorted((first[w.part] + w.start, first[w.part] + w.end) for w in notices + stray if w.part in first)
        )
        return cls(parts, tuple(starts), "\n".join(part.text for part in parts), paragraphs, artefacts)

    def as_text(self) -> Text:
        """The text to collate."""
        return Text(self.text, [paragraph for _, paragraph in self.paragraphs], self.artefacts)

    def spans(self, start: int, end: int) -> list[tuple[Span, str]]:
        """A run as spans of the parts, each with its words; none where there is no part."""
        found: list[tuple[Span, str]] = []
        for at in range(max(0, bisect_right(self.starts, start) - 1), len(self.parts)):
            part, first = self.parts[at], self.starts[at]
            if found and first >= end:
                break
            a, b = (min(max(0, offset - first), len(part.text)) for offset in (start, end))
            if a < b or not found:
                found.append((Span(part.id, a, b), part.text[a:b]))
        return found[1:] if len(found) > 1 and not found[0][1] else found

    def paragraph_at(self, offset: int) -> int | None:
        """The index among the cable's paragraphs of the one at an offset."""
        at = bisect_right(self.paragraphs, offset, key=lambda item: item[1].start) - 1
        return self.paragraphs[at][0] if at >= 0 and offset < self.paragraphs[at][1].end else None


def _texts(left: Cable, right: Cable) -> Iterator[Difference]:
    """The telegram, which is the header and body parts, then the other parts, role by role."""
    ours, theirs = _by_role(left), _by_role(right)
    for role in ours | theirs:
        aspect: Aspect = "text" if role == "telegram" else "apparatus"
        mine, others = ours.get(role, ()), theirs.get(role, ())
        if mine == others:
            continue
        if aspect == "apparatus" and not (mine and others):
            yield from _missing_parts(mine, others)
            continue
        one, other = _Stream.of(left, mine), _Stream.of(right, others)
        found = collate(one.as_text(), other.as_text())
        for finding in found:
            yield from _difference(finding, aspect, one, other)
        names = [[(part.id, part.role) for part in parts] for parts in (mine, others)]
        if names[0] != names[1] or not found:
            words = [", ".join(f"{part.id} ({part.role})" for part in parts) for parts in (mine, others)]
            yield Difference(DifferenceKind.DIVISION, aspect, "parts", None, words[0], None, words[1])
    if [part.id for part in left.parts] != [part.id for part in right.parts] and ours == theirs:
        order = [", ".join(part.id for part in cable.parts) for cable in (left, right)]
        yield Difference(DifferenceKind.DIVISION, "apparatus", "parts", None, order[0], None, order[1])


def _by_role(cable: Cable) -> dict[str, tuple[Part, ...]]:
    found: defaultdict[str, tuple[Part, ...]] = defaultdict(tuple)
    for part in cable.parts:
        found["telegram" if part.role in _TELEGRAM else part.role] += (part,)
    return dict(sorted(found.items(), key=lambda item: item[0] != "telegram"))


def _missing_parts(ours: Sequence[Part], theirs: Sequence[Part]) -> Iterator[Difference]:
    for part in ours:
        where = Span(part.id, 0, len(part.text))
        yield Difference(DifferenceKind.MISSING, "apparatus", f"parts[{part.id}]", where, part.text, None, None)
    for part in theirs:
        where = Span(part.id, 0, len(part.text))
        yield Difference(DifferenceKind.MISSING, "apparatus", f"parts[{part.id}]", None, None, where, part.text)


def _difference(finding: Finding, aspect: Aspect, left: _Stream, right: _Stream) -> Iterator[Difference]:
    """A finding in the parts; it is told for each part that it reaches into."""
    path = _path(finding, left, right)
    nothing: tuple[Span | None, str | None] = (None, None)
    for ours, theirs in zip_longest(left.spans(*finding.left), right.spans(*finding.right), fillvalue=nothing):
        span = ours[0] or theirs[0]
        yield Difference(finding.kind, aspect, path or f"parts[{span.part}]" if span else "parts", *ours, *theirs)


def _path(finding: Finding, left: _Stream, right: _Stream) -> str | None:
    """The paragraph that a finding is about, the one of the left side if that has something there."""
    sides = [(left, finding.left), (right, finding.right)]
    if finding.left[0] == finding.left[1] and finding.right[0] < finding.right[1]:
        sides.reverse()
    for stream, (start, _) in sides:
        number = stream.paragraph_at(start)
        if number is not None:
            return f"paragraphs[{number}]"
    return None


def _apparatus(left: Cable, right: Cable) -> Iterator[Difference]:
    """Annotations, extensions and the grammar, as `diff` names them."""
    if left.annotations == right.annotations and left.extensions == right.extensions and left.grammar == right.grammar:
        return
    for kind, path in diff(left, right):
        root, _, key = path.partition("[")
        if root not in {"annotations", "extensions", "grammar"}:
            continue
        ours, theirs = (_at(cable, root, key.rstrip("]")) for cable in (left, right))
        what = DifferenceKind.WORDING if kind == "altered" else DifferenceKind.MISSING
        here, there = (None if words is None else path for words in (ours, theirs))
        yield Difference(what, "apparatus", path, here, ours, there, theirs)


def _at(cable: Cable, root: str, key: str) -> str | None:
    if root == "grammar":
        return cable.grammar
    if root == "extensions":
        return dict(cable.extensions).get(key)
    if int(key) >= len(cable.annotations):
        return None
    note = cable.annotations[int(key)]
    attributes = "".join(f" {name}={text!r}" for name, text in note.attributes)
    return f"{note.kind} {note.where}{attributes}"
