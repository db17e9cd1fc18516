"""What a page says of its cable above the text: facts with their meanings, disagreements, annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from cableformat import Span
from cableformat.record import RECORD_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime

    from cableformat import Addressee, Cable
    from cableformat.telegram import Reference, Value
    from cableformat_html.guide import Guide
    from cableformat_html.marked_text import MarkedText

_MAKERS = ("resp", "who", "by", "editor", "author", "annotator", "creator")
"""The attributes of an annotation that say who made it, the one to trust first: `resp` and `who` are those of TEI."""

_WORDS = 120
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@attrs.frozen
class Item:
    """A value as a page shows it: the words, what they mean, and where they lead."""

    text: str
    meaning: str = ""
    href: str = ""


@attrs.frozen
class Fact:
    """A row of the table of facts."""

    label: str
    items: tuple[Item, ...]


@attrs.frozen
class Note:
    """An annotation as a page shows it."""

    kind: str
    words: str
    anchor: str
    maker: str
    attributes: tuple[tuple[str, str], ...]


def facts(cable: Cable, guide: Guide, target: Callable[[str], str | None]) -> list[Fact]:
    """What is understood of a cable, in the order in which people ask."""
    telegram = cable.telegram

    def terms(kind: str, values: Iterable[str]) -> Iterator[Item]:
        for value in values:
            met = guide.meet(kind, value)
            yield Item(value, met.meaning, f"#{met.id}") if met else Item(value)

    created = telegram.created
    classified = [cable.classification] if cable.classification else []
    rows = (
        ("Identifier", _plain(cable.reference_id)),
        ("Sent", _plain(_moment(created) if created else None)),
        ("From", _plain(telegram.origin.value if telegram.origin else None)),
        ("To", list(_addressees(telegram.recipients, guide))),
        ("Information", list(_addressees(telegram.info_recipients, guide))),
        ("Classification", [Item(item.text, "", item.href) for item in terms("classification", classified)]),
        ("Captions", list(terms("caption", cable.captions))),
        ("Subject", _plain(cable.subject)),
        ("TAGS", list(terms("tag", cable.tags))),
        ("Classified by", [Item(name) for name in cable.classified_by]),
        ("Reasons", list(terms("reason", cable.reasons))),
        ("Declassify on", list(_declassification(cable, guide))),
        ("Refers to", [Item(r.value, href=_address(r, target)) for r in cable.references]),
        ("Signed", [Item(name) for name in cable.signed_by]),
    )
    return [Fact(label, tuple(items)) for label, items in rows if items]


def _plain(value: str | None) -> list[Item]:
    return [Item(value)] if value else []


def _day(day: date) -> str:
    """A date in words that no locale changes."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _moment(created: Value[datetime]) -> str:
    """When a cable was sent; the time of day only where somebody says it."""
    has_time = isinstance(created.where, Span) or ":" in created.raw
    return f"{_day(created.value)}, {created.value:%H:%M} UTC" if has_time else _day(created.value)


def _address(reference: Reference, target: Callable[[str], str | None]) -> str:
    return (target(reference.value) if reference.kind == "CABLE" else None) or ""


def _addressees(values: Iterable[Value[Addressee]], guide: Guide) -> Iterator[Item]:
    for value in values:
        precedence = value.value.precedence
        met = guide.meet("precedence", precedence) if precedence else None
        name = f"{value.value.name} ({precedence})" if precedence else value.value.name
        yield Item(name, met.meaning, f"#{met.id}") if met else Item(name)


def _declassification(cable: Cable, guide: Guide) -> Iterator[Item]:
    on, said = cable.declassify_on, cable.telegram.declassification
    if on is not None:
        yield Item(_day(on))
    elif said is not None:
        met = guide.meet("downgrading", said.value)
        yield Item(said.value, met.meaning, f"#{met.id}") if met else Item(said.value)


def disagreements(cable: Cable) -> list[str]:
    """Where record and telegram disagree, in sentences."""
    return [
        f"{RECORD_LABELS.get(found.field, found.field)}: "
        f"the publisher says “{found.record}”, the telegram “{found.telegram}”."
        for found in cable.discrepancies()
    ]


def notes(cable: Cable, marked: MarkedText) -> list[Note]:
    """What people say of the text, in order; corrections of the structure are among them."""
    texts = {part.id: part.text for part in cable.parts}
    found = []
    for note in cable.annotations:
        said = dict(note.attributes)
        maker = next((name for name in _MAKERS if said.get(name)), "")
        words = " ".join(texts[note.part][note.start : min(note.end, note.start + 4 * _WORDS)].split())
        found.append(
            Note(
                note.kind,
                words if len(words) <= _WORDS else f"{words[:_WORDS]} …",
                marked.anchor_at(note.where) or "",
                said.get(maker, ""),
                tuple(pair for pair in note.attributes if pair[0] != maker),
            )
        )
    return found
