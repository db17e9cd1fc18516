"""The page as it is written: what the templates show of a cable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import attrs
from markupsafe import Markup

from cableformat import Cable, OptionError, UnknownFormatError, dumps
from cableformat.plugins import registry
from cableformat.record import RECORD_LABELS
from cableformat.telegram import ArtefactKind
from cableformat_html.facts import Item, disagreements, facts, notes
from cableformat_html.guide import Guide
from cableformat_html.marked_text import MarkedText
from cableformat_html.page_templates import render
from cableformat_html.visible_text import to_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cableformat import Part, Record
    from cableformat_html.options import PageOptions

MARK = '<meta name="generator" content="cableformat-html 2">'
COPY_TYPE = "application/vnd.cableformat+json"
_SUFFIX = re.compile(r"\.html?\Z", re.IGNORECASE)


@attrs.frozen
class PartOfPage:
    """A part as a page shows it."""

    id: str
    role: str
    title: str
    is_telegram: bool
    html: Markup


@attrs.frozen
class Row:
    """A statement of the record as a page shows it; `field` is empty for a label of the publisher's own."""

    field: str
    label: Markup
    html: Markup


def page(cable: Cable, options: PageOptions, name: str | None) -> str:
    """The page of a cable.

    Args:
        cable: The cable.
        options: Options of the format.
        name: The name of the file that the page will be, or None.

    Raises:
        OptionError: An option names what there is not.
    """
    if not options.embed:  # people see what is read back, and nothing else
        cable = Cable(cable.record, cable.parts, grammar=cable.grammar)
    guide = Guide()
    target = _target(options.links)
    shown = facts(cable, guide, target)
    marked = MarkedText(cable, guide, target)
    parts = [_part(part, marked) for part in cable.parts]
    copy = dumps(cable, compact=True).decode().strip().replace("<", "\\u003c") if options.embed else ""
    return render(
        options.templates,
        {
            "mark": Markup(MARK),  # noqa: S704 - a constant
            "copy": Markup(copy),  # noqa: S704 - no < is left in it
            "copy_type": COPY_TYPE,
            "title": " ".join(filter(None, (cable.reference_id, cable.subject))) or "A cable",
            "heading": cable.subject or cable.reference_id or "A cable",
            "identifier": cable.reference_id,
            "classification": cable.classification,
            "grammar": cable.grammar,
            "partial": cable.is_partial,
            "broken": sum(a.kind is ArtefactKind.BROKEN_END for a in cable.telegram.artefacts),
            "disagreements": disagreements(cable),
            "facts": shown,
            "beside": _beside(options.beside, name),
            "contents": marked.contents,
            "parts": parts,
            "notes": notes(cable, marked),
            "record": list(_record(cable.record)),
            "source": cable.source,
            "guide": list(guide.groups()),
        },
    )


def _part(part: Part, marked: MarkedText) -> PartOfPage:
    title = "The publisher’s own words" if part.role == "container" else f"{part.role}: {part.id}"
    html = Markup(marked.part(part))  # noqa: S704 - made by `exact`, which escapes
    return PartOfPage(part.id, part.role, title, part.role in {"header", "body"}, html)


def _record(record: Record) -> Iterator[Row]:
    for field, label in RECORD_LABELS.items():
        value = getattr(record, field)
        if value is not None:
            yield Row(field, Markup(label), Markup(to_html(value)))  # noqa: S704 - `to_html` escapes
    for label, value in record.extra:
        yield Row("", Markup(to_html(label)), Markup(to_html(value)))  # noqa: S704 - as above


def _target(pattern: str) -> Callable[[str], str | None]:
    """Gives the address of a cable by its identifier."""
    if not pattern:
        return lambda _: None
    return lambda identifier: pattern.replace("{id}", quote(identifier, safe=""))


def _beside(formats: str, name: str | None) -> list[Item]:
    """Links to files of the same name in other formats.

    Raises:
        OptionError: There is no such format.
    """
    if not name:
        return []
    stem = _SUFFIX.sub("", name)
    links = []
    for item in filter(None, (item.strip() for item in formats.split(","))):
        try:
            known = registry().get(item)
        except UnknownFormatError as error:
            raise OptionError(f"The option beside of html: {error}") from None
        suffix = known.suffixes[0] if known.suffixes else f".{known.name}"
        links.append(Item(known.name.upper(), "", f"./{quote(stem + suffix)}"))
    return links
