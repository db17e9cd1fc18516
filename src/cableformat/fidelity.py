"""Fidelity: what a format keeps of a cable, how two cables differ, and the events that say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import attrs

from cableformat.errors import ModelError
from cableformat.events import Event, EventKind, EventLog
from cableformat.record import RECORD_FIELDS, Annotation, Record, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cableformat.cable import Cable
    from cableformat.text import Part

_NEW_SOURCE = "whoever reads the new file has it as the source"
MaxLoss = Literal["none", "layout", "any"]
"""How much a conversion may lose: nothing, white space, or whatever the format cannot hold."""

Change = tuple[EventKind, str]
"""One difference: its kind and its path."""


class Report:
    """Collects the events of one reading or writing.

    Attributes:
        events: The events so far, in order.
        cable: The number of the cable that is being read or written, from 0; kept by the caller of the plugin.
    """

    def __init__(self) -> None:
        self.events = EventLog()
        self.cable = 0

    def add(self, kind: EventKind, path: str, reason: str, *, layout: bool = False) -> None:
        """Put down one event about the current cable."""
        self.events.append(Event(kind, path, reason, self.cable, layout))

    def lost(self, path: str, reason: str) -> None:
        """Something of the cable is not in the file."""
        self.add("lost", path, reason)

    def altered(self, path: str, reason: str, *, layout: bool = False) -> None:
        """Something of the cable stands otherwise in the file; with `layout`, in other white space only."""
        self.add("altered", path, reason, layout=layout)

    def added(self, path: str, reason: str) -> None:
        """Something comes back from the file that the cable did not say."""
        self.add("added", path, reason)

    def skipped(self, place: str, reason: str) -> None:
        """Input that gave no cable."""
        self.add("skipped", place, reason)

    def differences(self, before: Cable, after: Cable, reason: str) -> None:
        """Put down each difference between two cables, for one reason; that the source is another has its own."""
        for kind, path in diff(before, after):
            why = _NEW_SOURCE if path.partition(".")[0] == "source" else reason
            self.add(kind, path, why, layout=is_layout(before, after, path))

    @property
    def losses(self) -> tuple[Event, ...]:
        """The events that a strict conversion refuses: all but `added`."""
        return self.refused("none")

    def refused(self, max_loss: MaxLoss) -> tuple[Event, ...]:
        """The events that a conversion refuses, of those so far.

        Args:
            max_loss: `none` refuses all but `added`; `layout` also lets pass what differs in white space only;
                `any` refuses nothing.
        """
        if max_loss == "any":
            return ()
        return tuple(e for e in self.events if e.kind != "added" and not (max_loss == "layout" and e.layout))


def diff(before: Cable, after: Cable) -> tuple[Change, ...]:
    """How two cables differ, at leaf paths, in model order; empty exactly where they are equal.

    A missing counterpart is named once, at its root. None against "" is `altered`: a container that says nothing is
    not one that does not say.

    Example:
        >>> from cableformat.cable import Cable
        >>> diff(Cable(Record(created="2031", origin="")), Cable(Record(created="2032")))
        (('altered', 'record.created'), ('altered', 'record.origin'))
    """
    return tuple(_diff(before, after))


def is_layout(before: Cable, after: Cable, path: str) -> bool:
    r"""Whether what differs at a path of `diff` is white space only: the words of both are the same.

    Example:
        >>> from cableformat.cable import Cable
        >>> one, other = Cable.from_text("1. Orleo  agrees. \r\n"), Cable.from_text("1. Orleo agrees.\n")
        >>> is_layout(one, other, "parts[body]")
        True
    """
    old, new = _text_at(before, path), _text_at(after, path)
    return old is not None and new is not None and old != new and old.split() == new.split()


def _text_at(cable: Cable, path: str) -> str | None:
    """The text at a path of the record or the parts; None where there is none."""
    root, _, name = path.partition(".")
    if root == "record":
        return getattr(cable.record, name, None)
    root, _, key = path.removesuffix("]").partition("[")
    if root == "parts":
        return next((part.text for part in cable.parts if part.id == key), None)
    return None


def _diff(before: Cable, after: Cable) -> Iterator[Change]:
    yield from _members("record", before.record, after.record, RECORD_FIELDS)
    yield from _keyed("extra", enumerate(before.record.extra), enumerate(after.record.extra))
    yield from _parts(before.parts, after.parts)
    yield from _keyed("annotations", enumerate(before.annotations), enumerate(after.annotations))
    yield from _keyed("extensions", before.extensions, after.extensions)
    if before.source is None or after.source is None:
        yield from _leaf("source", before.source, after.source)
    else:
        yield from _members("source", before.source, after.source, tuple(a.name for a in attrs.fields(Source)))
    yield from _leaf("grammar", before.grammar, after.grammar)


def _leaf(path: str, before: object, after: object) -> Iterator[Change]:
    if before == after:
        return
    if before is None and after != "":
        yield "added", path
    elif after is None and before != "":
        yield "lost", path
    else:
        yield "altered", path


def _members(path: str, before: object, after: object, names: Iterable[str]) -> Iterator[Change]:
    for name in names:
        yield from _leaf(f"{path}.{name}", getattr(before, name), getattr(after, name))


def _keyed(
    path: str, before: Iterable[tuple[object, object]], after: Iterable[tuple[object, object]]
) -> Iterator[Change]:
    old, new = dict(before), dict(after)
    for key in old | new:
        yield from _leaf(f"{path}[{key}]", old.get(key), new.get(key))


def _parts(before: tuple[Part, ...], after: tuple[Part, ...]) -> Iterator[Change]:
    old, new = {part.id: part for part in before}, {part.id: part for part in after}
    order = dict(zip((i for i in old if i in new), (i for i in new if i in old), strict=True))
    for key in old | new:
        if key in order and order[key] != key:  # the same parts in another order
            yield "altered", f"parts[{key}]"
        else:
            yield from _leaf(f"parts[{key}]", old.get(key), new.get(key))


@attrs.frozen
class Keeps:
    """What a format promises to keep. Use `MODEL`, `NONE` or `fields(...)`.

    Attributes:
        level: `MODEL` (every cable, whole), `FIELDS` (the paths, for cables of the domain) or `NONE`.
        paths: The kept paths: `record.created`, `record` (all of it, with extra), `extra`, `parts`, `parts[body]`,
            `annotations`, `extensions`, `source`, `source.name`, `grammar`.
        domain: Tells whether the layout can hold a cable's texts; the promise is for these.
    """

    level: Literal["MODEL", "FIELDS", "NONE"]
    paths: tuple[str, ...] = ()
    domain: Callable[[Cable], bool] | None = None

    def covers(self, cable: Cable) -> bool:
        """Whether the promise is about this cable."""
        return self.level != "NONE" and (self.domain is None or self.domain(cable))

    def __contains__(self, path: str) -> bool:
        if self.level != "FIELDS":
            return self.level == "MODEL"
        root = re.split(r"[.\[]", path)[0]
        return path in self.paths or root in self.paths or (root == "extra" and "record" in self.paths)


MODEL = Keeps("MODEL")
"""Keeps every cable, whole."""

NONE = Keeps("NONE")
"""Promises nothing."""


_LEAVES: dict[str, tuple[str, ...]] = {
    "record": RECORD_FIELDS,
    "source": tuple(attribute.name for attribute in attrs.fields(Source)),
    **dict.fromkeys(("extra", "parts", "annotations", "extensions", "grammar"), ()),
}
"""The roots of paths, and the names that may follow behind a point."""


def fields(*paths: str, domain: Callable[[Cable], bool] | None = None) -> Keeps:
    """The promise to keep these paths, for the cables of the domain.

    Args:
        *paths: As `Keeps` has them, such as `record.created`, `extra`, `parts[body]`.
        domain: Tells whether the layout can hold a cable's texts; by default it can hold all.

    Raises:
        ModelError: A cable has no such path: a promise about nothing would hold for every format.
    """
    for path in paths:
        root, dot, name = path.partition("[")[0].partition(".")
        if root not in _LEAVES or (dot and name not in _LEAVES[root]):
            raise ModelError(f"A format cannot keep {path!r}: a cable has no such path.")
    return Keeps("FIELDS", paths, domain)


def project(cable: Cable, keeps: Keeps) -> Cable:
    """The cable with only what a format promises to keep; all of it for `MODEL`.

    Example:
        >>> from cableformat.cable import Cable
        >>> project(Cable(Record(created="2031", origin="X")), fields("record.origin")).record
        Record(reference_id=None, created=None, released=None, classification=None, origin='X', ...extra=())
    """
    if keeps.level == "MODEL":
        return cable
    record = Record(
        **{name: getattr(cable.record, name) for name in RECORD_FIELDS if f"record.{name}" in keeps},
        extra=tuple(pair for i, pair in enumerate(cable.record.extra) if f"extra[{i}]" in keeps),
    )
    parts = tuple(part for part in cable.parts if f"parts[{part.id}]" in keeps)
    ids = {part.id for part in parts}
    annotations: tuple[Annotation, ...] = tuple(
        note for i, note in enumerate(cable.annotations) if f"annotations[{i}]" in keeps and note.part in ids
    )
    source = cable.source
    if source is not None:
        kept = {a.name: getattr(source, a.name) for a in attrs.fields(Source) if f"source.{a.name}" in keeps}
        source = Source(**kept) if "format" in kept else None
    return attrs.evolve(
        cable,
        record=record,
        parts=parts,
        annotations=annotations,
        extensions=tuple(pair for pair in cable.extensions if f"extensions[{pair[0]}]" in keeps),
        source=source,
        grammar=cable.grammar if "grammar" in keeps else "us",
    )
