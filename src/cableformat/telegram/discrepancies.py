"""Where the record and the telegram disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from cableformat.telegram import marking, moments, tags
from cableformat.telegram.spelling import fold
from cableformat.telegram.values import Region
from cableformat.text import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat.record import Record
    from cableformat.telegram.view import Telegram


@attrs.frozen
class Discrepancy:
    """One disagreement.

    Attributes:
        field: The name of the field, such as `created`.
        record: What the container says.
        telegram: What the text says.
    """

    field: str
    record: str
    telegram: str


def discrepancies(telegram: Telegram, record: Record) -> tuple[Discrepancy, ...]:
    """The real disagreements.

    No disagreement are a title that is the subject's first line, a date to the minute against one to the second, and
    a marking with handling words against the bare level.
    """
    return tuple(_found(telegram, record))


def _found(telegram: Telegram, record: Record) -> Iterator[Discrepancy]:
    sent, stated = telegram.date_time_group, moments.moment(record.created or "")
    if sent is not None and stated is not None and record.created is not None:
        same_day = sent.value.date() == stated.date()
        has_time = ":" in record.created
        if sent.value.replace(second=0) != stated.replace(second=0) if has_time else not same_day:
            yield Discrepancy("created", record.created, sent.raw)
    named, numbered = telegram.reference_id, telegram.numbered
    if named is not None and numbered is not None and named.value != numbered.value:
        yield Discrepancy("reference_id", named.raw, numbered.raw)
    level = telegram.classification
    if record.classification and level is not None and level.where != "record.classification":
        said = marking.classification(_region(record.classification))
        if said is not None and said.value != level.value:
            yield Discrepancy("classification", record.classification, level.raw)
    subject = telegram.subject
    if record.subject and subject is not None and subject.where != "record.subject":
        title, whole = fold(record.subject), fold(subject.value)
        if not whole.startswith(title) and not title.startswith(whole):
            yield Discrepancy("subject", record.subject, subject.value)
    if record.tags and telegram.tags and telegram.tags[0].where != "record.tags":
        said_tags = {value.value for value in tags.tags(_region(record.tags))}
        read_tags = {value.value for value in telegram.tags}
        if said_tags != read_tags:
            yield Discrepancy("tags", record.tags, " ".join(value.value for value in telegram.tags))


def _region(text: str) -> Region:
    """A region of a statement of the record, to be read with the telegram's own readers."""
    return Region(Part("record", "record", text), 0, len(text))
