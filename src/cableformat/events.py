"""Events: what readers and writers did not keep as it was, one by one."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EventKind = Literal["lost", "altered", "added", "skipped"]


@attrs.frozen
class Event:
    """One thing that a reader or writer did not keep as it was.

    Attributes:
        kind: `lost`, `altered`, `added`; or `skipped`, for input that gave no cable.
        path: What it is about: `record.created`, `extra[2]`, `parts[body]`, `annotations[0]`, `extensions[name]`,
            `source.url`, `grammar`, `cable` (the whole of it), or for `skipped` a place such as `row 17`.
        reason: Why, in words.
        cable: The number of the cable in its file, from 0.
        layout: Whether only white space differs: the words are the same.
    """

    kind: EventKind
    path: str
    reason: str
    cable: int = 0
    layout: bool = False


class EventLog(Sequence[Event]):
    """Events in order, which for most cables of a file are the same but for the cable's number.

    What they say is held once: an event takes 16 bytes, so that a dump of 251,287 cables can be reported on.

    Args:
        events: The first of them.

    Example:
        >>> log = EventLog([Event("lost", "grammar", "it knows one"), Event("lost", "grammar", "it knows one", 1)])
        >>> len(log), log[-1].cable, log == [Event("lost", "grammar", "it knows one", i) for i in range(2)]
        (2, 1, True)
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._said: dict[tuple[EventKind, str, str, bool], int] = {}
        self._facts: list[tuple[EventKind, str, str, bool]] = []
        self._which = array("q")
        self._cables = array("q")
        for event in events:
            self.append(event)

    def append(self, event: Event) -> None:
        """Put an event at the end."""
        fact = (event.kind, event.path, event.reason, event.layout)
        which = self._said.setdefault(fact, len(self._facts))
        if which == len(self._facts):
            self._facts.append(fact)
        self._which.append(which)
        self._cables.append(event.cable)

    def __len__(self) -> int:
        return len(self._which)

    @overload
    def __getitem__(self, at: int) -> Event: ...
    @overload
    def __getitem__(self, at: slice) -> list[Event]: ...
    def __getitem__(self, at: int | slice) -> Event | list[Event]:
        if isinstance(at, slice):
            return [self._event(*item) for item in zip(self._which[at], self._cables[at], strict=True)]
        return self._event(self._which[at], self._cables[at])

    def __iter__(self) -> Iterator[Event]:
        return map(self._event, self._which, self._cables)

    def _event(self, which: int, cable: int) -> Event:
        kind, path, reason, layout = self._facts[which]
        return Event(kind, path, reason, cable, layout)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(Event.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]  # it changes

    def __repr__(self) -> str:
        return repr(list(self))
