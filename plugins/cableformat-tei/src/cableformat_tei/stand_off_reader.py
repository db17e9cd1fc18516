"""Annotations that stand off from the text: their kind and attributes, and the anchors they point to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from cableformat_tei.fields import FieldReader, Pairs
from cableformat_tei.flow import XML_ID

if TYPE_CHECKING:
    from collections.abc import Callable

_OWN_ID = re.compile(r"annotation-([0-9]{1,9})")


@attrs.define
class StandingOff:
    """One annotation: its place among all, the ids of its anchors, and what it says."""

    place: int
    start: str
    end: str
    kind: str = ""
    pairs: Pairs = attrs.field(factory=Pairs)


class StandOffReader(FieldReader):
    """Collects the annotations of a `standOff`.

    Attributes:
        annotations: Those of our own making.
        foreign: How many things of other making were passed over.
    """

    def __init__(self) -> None:
        super().__init__()
        self.annotations: list[StandingOff] = []
        self.foreign = 0
        self._current: StandingOff | None = None

    def opened(self, local: str, attributes: dict[str, str]) -> Callable[[str], None] | None:
        """Look into annotations."""
        if local == "annotation":
            own = _OWN_ID.fullmatch(attributes.get(XML_ID, ""))
            anchors = attributes.get("target", "").split()
            if own is None or len(anchors) != 2:  # noqa: PLR2004 - where it begins and ends
                self.foreign += 1
                return None
            start, end = (anchor.removeprefix("#") for anchor in anchors)
            self._current = StandingOff(int(own[1]), start, end)
        elif self._current is not None:
            if local == "note":
                self._current.kind = attributes.get("type", "")
            return self._current.pairs.taker(local)
        elif local not in {"listAnnotation", "standOff"} and self.path[-1:] in ([], ["standOff"], ["listAnnotation"]):
            self.foreign += 1
        return None

    def closed(self, local: str) -> None:
        """An annotation is complete."""
        if local == "annotation" and self._current is not None:
            self.annotations.append(self._current)
            self._current = None
