"""What a law is tried on: a format, all formats beside it, and the examples it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from cableformat.cable import Cable
from cableformat.record import Record
from cableformat.testing.laws import written
from cableformat.testing.strategies import cables, damaged, hostile_bytes, realistic_cables

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from cableformat.registry import Format, Registry

_LONG = "Minister Orleo \u2019wants\u2019 two more weeks\x07.\r\n"
_LONG_SIZE = 1024 * 1024


@attrs.frozen
class Subject:
    """A format under test.

    Attributes:
        format: The format.
        registry: All formats, itself among them.
        samples: Files of the format, for readers without a writer; also damaged ones are tried.
    """

    format: Format
    registry: Registry
    samples: tuple[bytes, ...] = ()

    @property
    def reads(self) -> bool:
        """Whether it can be read."""
        return self.format.reader is not None

    @property
    def writes(self) -> bool:
        """Whether it can be written and read."""
        return self.reads and self.format.writer is not None

    @property
    def partners(self) -> tuple[Format, ...]:
        """The formats that pair with it: all that are read and written."""
        return tuple(f for f in self.registry.formats if f.reader is not None and f.writer is not None)

    @property
    def option_sets(self) -> tuple[dict[str, Any], ...]:
        """The options to try: none given, and each switch the other way."""
        switches = [option for option in attrs.fields(self.format.options) if isinstance(option.default, bool)]
        return ({}, *({option.name: not option.default} for option in switches))

    def batches(self) -> SearchStrategy[tuple[Cable, ...]]:
        """As many cables as a file of the format holds: any, realistic ones too."""
        cable = st.one_of(cables(), realistic_cables())
        if self.format.cardinality == "one":
            return st.tuples(cable)
        return st.lists(cable, max_size=2).map(tuple)

    def files(self) -> SearchStrategy[tuple[Cable, ...] | bytes]:
        """Files of the format: samples as they are, and the cables that its writer makes others of."""
        kinds: list[SearchStrategy[Any]] = [st.sampled_from(self.samples)] if self.samples else []
        if self.writes:
            kinds.append(self.batches())
        return st.one_of(kinds)

    def hostile(self) -> SearchStrategy[bytes]:
        """Bytes that no reader expects, and files of the format with damage."""
        kinds = [hostile_bytes()]
        if self.samples:
            kinds.append(st.sampled_from(self.samples).flatmap(damaged))
        if self.writes:
            kinds.append(self.batches().flatmap(lambda batch: damaged(written(self.format, batch)[0])))
        return st.one_of(kinds)

    def short_batches(self) -> tuple[tuple[Cable, ...], ...]:
        """Cables to begin with, the shortest first, so that what fails always is shown on one of these."""
        return (
            (Cable(),),
            (Cable.from_text(""),),
            (Cable.from_text("1. (C) Orleo agrees. \r\n"),),
            (Cable(Record(origin="")),),
        )

    def long_batch(self) -> tuple[Cable, ...]:
        """A cable of 1 MB."""
        return (Cable.from_text(_LONG * (_LONG_SIZE // len(_LONG))),)
