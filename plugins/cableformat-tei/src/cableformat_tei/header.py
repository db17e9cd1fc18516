"""The TEI header: the record as it stands, and beside it what the telegram says, in TEI's own terms."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from cableformat import Source
from cableformat.record import RECORD_FIELDS
from cableformat_tei import __version__
from cableformat_tei.exact_text import picture, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat import Addressee, Cable
    from cableformat_tei.exact_text import Encoder

SOURCE_FIELDS = tuple(a.name for a in attrs.fields(Source))
_URN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

_NORMALIZATION = (
    "Every line end of the source is an lb element; every run of blanks other than one space between two visible "
    "characters is a space element; every character that XML 1.0 cannot carry, or that a processor may alter, is a g "
    "element whose ref points to a char in charDecl. Other white space means nothing."
)


class Facts(NamedTuple):
    """What the header says of the document: its hashes, and the portion marks by the id of their category."""

    text_digest: str
    structure_digest: str
    marks: dict[str, str]


def header(cable: Cable, facts: Facts, encoder: Encoder) -> str:
    """The `teiHeader` of a cable.

    Args:
        cable: The cable.
        facts: What was found while writing its text.
        encoder: Encodes the record; it knows the characters to describe, so the text must be encoded before.
    """
    source = _source_desc(cable, facts, encoder)
    profile = _profile_desc(cable)
    return (
        f"<teiHeader>\n<fileDesc>\n{_title(cable)}{_publication(cable)}{source}</fileDesc>\n"
        f"{_encoding_desc(cable, facts, encoder)}{profile}</teiHeader>\n"
    )


def _title(cable: Cable) -> str:
    title = shown(cable.subject or "") or shown(cable.reference_id or "") or "A cable"
    author = shown(cable.origin or "")
    says = f"<author><orgName>{author}</orgName></author>\n" if author else ""
    return f'<titleStmt>\n<title type="subject">{title}</title>\n{says}</titleStmt>\n'


def _publication(cable: Cable) -> str:
    publisher = shown(cable.record.publisher or "")
    rights = shown(cable.record.rights or "")
    if not publisher:
        return f"<publicationStmt><p>{rights or 'The container names no publisher.'}</p></publicationStmt>\n"
    says = f"<availability><licence>{rights}</licence></availability>" if rights else ""
    return f"<publicationStmt><publisher>{publisher}</publisher>{says}</publicationStmt>\n"


def _source_desc(cable: Cable, facts: Facts, encoder: Encoder) -> str:
    lines = ['<sourceDesc>\n<bibl type="record">\n']
    identifier = shown(cable.reference_id or "")
    if identifier:
        lines.append(f'<idno type="MRN">{identifier}</idno>\n')
    lines.append(f'<idno type="SHA-256" subtype="text">{facts.text_digest}</idno>\n')
    lines.append(f'<idno type="SHA-256" subtype="structure">{facts.structure_digest}</idno>\n')
    lines += _notes(cable.record, RECORD_FIELDS, encoder)
    if cable.record.extra:
        lines.append(f'<note type="extra">{pairs(cable.record.extra, encoder)}</note>\n')
    if cable.grammar != "us":
        lines.append(f'<note type="grammar">{cable.grammar}</note>\n')
    lines += [f'<note type="extension" n="{name}">{encoder.encode(text)}</note>\n' for name, text in cable.extensions]
    lines.append("</bibl>\n")
    if cable.source is not None:
        lines += ['<bibl type="source">\n', *_notes(cable.source, SOURCE_FIELDS, encoder), "</bibl>\n"]
    lines.append("</sourceDesc>\n")
    return "".join(lines)


def _notes(model: Any, names: Iterable[str], encoder: Encoder) -> Iterator[str]:  # noqa: ANN401 - a record or a source
    for name in names:
        value = getattr(model, name)
        if value is not None:
            yield f'<note type="{name}">{encoder.encode(value)}</note>\n'


def pairs(items: Iterable[tuple[str, str]], encoder: Encoder) -> str:
    """Pairs of texts as a list of labels and items, or nothing where there are none."""
    encode = encoder.encode
    rows = "".join(f"<label>{encode(label)}</label><item>{encode(text)}</item>\n" for label, text in items)
    return f'<list type="gloss">\n{rows}</list>' if rows else ""


def _encoding_desc(cable: Cable, facts: Facts, encoder: Encoder) -> str:
    lines = [
        "<encodingDesc>\n"
        f'<appInfo><application ident="cableformat" version="{__version__}"><desc>Written by cableformat.</desc>'
        "</application></appInfo>\n"
        f'<editorialDecl><normalization method="markup"><p>{_NORMALIZATION}</p></normalization></editorialDecl>\n'
        "<classDecl>\n"
        + (
            f'<taxonomy xml:id="classification"><category xml:id="classified"><catDesc>{shown(cable.classification)}'
            "</catDesc></category></taxonomy>\n"
            if shown(cable.classification or "") and cable.classification
            else ""
        )
        + (_marks(facts.marks) if facts.marks else "")
        + '<taxonomy xml:id="TAGS"><bibl>Traffic Analysis by Geography and Subject</bibl></taxonomy>\n'
        '<taxonomy xml:id="captions"><bibl>Distribution captions</bibl></taxonomy>\n'
        "</classDecl>\n"
    ]
    if encoder.described:
        lines.append("<charDecl>\n")
        lines += [_char(code) for code in sorted(encoder.described)]
        lines.append("</charDecl>\n")
    lines.append("</encodingDesc>\n")
    return "".join(lines)


def _marks(marks: dict[str, str]) -> str:
    rows = "".join(
        f'<category xml:id="{name}"><catDesc>{shown(mark)}</catDesc></category>\n'
        for name, mark in sorted(marks.items())
    )
    return f'<taxonomy xml:id="marks">\n{rows}</taxonomy>\n'


def _char(code: int) -> str:
    return (
        f'<char xml:id="u{code:04x}"><localProp name="codepoint" value="{code:04X}"/>'
        f'<mapping type="picture">{picture(code)}</mapping></char>\n'
    )


def _profile_desc(cable: Cable) -> str:
    telegram = cable.telegram
    lines = ["<profileDesc>\n"]
    created = telegram.created
    if created is not None:
        when = _moment(created.value)
        lines.append(f'<creation><date when="{when}">{shown(created.raw)}</date></creation>\n')
    classes = []
    if shown(cable.classification or ""):
        classes.append('<catRef scheme="#classification" target="#classified"/>\n')
    for scheme, values in (("captions", cable.captions), ("TAGS", cable.tags)):
        terms = "".join(f"<term>{shown(value)}</term>" for value in values if shown(value))
        if terms:
            classes.append(f'<keywords scheme="#{scheme}">{terms}</keywords>\n')
    if classes:
        lines += ["<textClass>\n", *classes, "</textClass>\n"]
    lines.append(_correspondence(cable))
    lines.append("</profileDesc>\n")
    return "".join(lines) if len(lines) > 3 or lines[1] else ""  # noqa: PLR2004 - an empty profileDesc says nothing


def _correspondence(cable: Cable) -> str:
    """Who wrote to whom, and about which cables."""
    telegram = cable.telegram
    origin = shown(cable.sender.name if cable.sender else cable.origin or "")
    created = telegram.created
    sent = f"<orgName>{origin}</orgName>" if origin else ""
    sent += f'<date when="{_moment(created.value)[:10]}"/>' if created else ""
    lines = [f'<correspAction type="sent">{sent}</correspAction>\n'] if sent else []
    lines += [_received(addressee, "action") for addressee in cable.recipients]
    lines += [_received(addressee, "info") for addressee in cable.info_recipients]
    context = "".join(_reference(r.value, r.bullet) for r in cable.references if shown(r.value))
    if context:
        lines.append(f"<correspContext>\n{context}</correspContext>\n")
    return f"<correspDesc>\n{''.join(lines)}</correspDesc>\n" if lines else ""


def _received(addressee: Addressee, role: str) -> str:
    number = f' n="{shown(addressee.mcn)}"' if addressee.mcn else ""
    precedence = f"<note>{shown(addressee.precedence)}</note>" if addressee.precedence else ""
    name = shown(addressee.name) or shown(addressee.route or "")
    who = f"<orgName{number}>{name}</orgName>{precedence}"
    return f'<correspAction type="received" subtype="{role}">{who}</correspAction>\n'


def _reference(value: str, bullet: str | None) -> str:
    number = f' n="{shown(bullet)}"' if bullet and shown(bullet) else ""
    target = f' target="urn:x-cable:{value}"' if value and set(value) <= _URN else ""
    return f'<ref type="reftel"{number}{target}>{shown(value)}</ref>\n'


def _moment(value: datetime) -> str:
    """A moment in UTC, as XML Schema writes it."""
    return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
