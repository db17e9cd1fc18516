"""The fidelity matrix: what comes through from every reader to every writer, computed by running the laws.

Cables that between them say everything the model can hold are written and read in one format, so that they hold what
its reader gives; these go through the other format, and come back. A loss that nobody reported raises `LawError`, so
whatever stands in the matrix has been seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from cableformat.cable import Cable
from cableformat.fidelity import diff
from cableformat.record import RECORD_FIELDS, Annotation, Record, Source
from cableformat.testing.laws import LawError, read_back, written
from cableformat.text import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat.registry import Format, Registry

Fate = Literal["kept", "at times", "reported", "absent"]
"""A field is always kept; kept where the layout can hold it, and reported where not; never kept, which is reported;
or the reader never gives it."""

FIELDS = (*(f"record.{name}" for name in RECORD_FIELDS), "extra", "parts", "annotations", "extensions", "source")
"""The fields of the matrix; `parts` is the text with its layout."""

SIGNS: dict[Fate, str] = {"kept": "\u25cf", "at times": "\u25d0", "reported": "\u25cb", "absent": "\u00b7"}
LEGEND = (
    "\u25cf always comes through   \u25d0 where the layout can hold it, else reported   "
    "\u25cb never, which is reported   \u00b7 the reader does not give it"
)

_TELEGRAM = (
    "C O N F I D E N T I A L PORT MERIDIAN 000117\n\nSIPDIS\n\nE.O. 12958: DECL: 03/04/2041\nTAGS: PREL, EWWT\n"
    "SUBJECT: HARBOR DREDGING TALKS\n\nClassified By: CDA Ines Halloway for reason 1.4 (d).\n\n"
    "1. (C) Minister Orleo agrees.\n\n2. (C) He wants two more weeks.\n\nHALLOWAY\n"
)
_RECORD = {
    "reference_id": "31PORTMERIDIAN117",
    "created": "2031-03-04 09:12",
    "released": "2034-08-30 01:44",
    "classification": "CONFIDENTIAL",
    "origin": "Embassy Port Meridian",
    "subject": "HARBOR DREDGING TALKS",
    "tags": "PREL EWWT",
    "references": "31STATE4410",
    "url": "https://example.org/cable/31PORTMERIDIAN117.html",
    "partial": "no",
    "publisher": "Example Archive",
    "edition": "2",
    "language": "en",
    "rights": "public domain",
}


def corpus() -> tuple[Cable, ...]:
    """The cables that the matrix is computed over: plain ones, and ones that are hard to keep."""
    plain = Cable(
        Record(**_RECORD, extra=(("Concepts", "HARBORS"),)),
        (Part("header", "header", "R 040912Z MAR 31\nFM AMEMBASSY PORT MERIDIAN\n"), Part("body", "body", _TELEGRAM)),
        (Annotation("body", 0, 4, "name.person", (("ref", "#orleo"),)),),
        {"notes": '{"read":true}'},
        Source("webpage", name="117.html", url="https://example.org/117", sha256="0" * 64),
    )
    body = plain.parts[1]

    def with_body(text: str) -> Cable:
        return attrs.evolve(plain, parts=(plain.parts[0], attrs.evolve(body, text=text)))

    return (
        plain,
        attrs.evolve(plain, parts=(body,)),
        attrs.evolve(plain, parts=(body,), record=Record(created="2031-03-04 09:12"), annotations=()),
        with_body(_TELEGRAM.replace("\n", "\r\n")),
        with_body(_TELEGRAM.replace("\n", " \n")),
        with_body(_TELEGRAM.replace("agrees", "\u2019agrees\u2019 <b>&amp;</b> \x07\x0c\t\u00b6 \u2028\U0001f4dc")),
        attrs.evolve(plain, parts=(body, Part("note", "note", "See the draft of March 1."))),
        attrs.evolve(plain, record=Record(**dict.fromkeys(RECORD_FIELDS, ""), extra=(("", ""),))),
        attrs.evolve(
            plain, record=Record(**{k: f" {v}\r\n<&\x07" for k, v in _RECORD.items()}, extra=(("a\n", "b\t"),))
        ),
    )


@attrs.frozen
class Row:
    """What comes through from one reader to one writer.

    Attributes:
        reader: The name of the format that was read.
        writer: The name of the format that was written, and read again.
        fates: What became of each field of `FIELDS`.
    """

    reader: str
    writer: str
    fates: tuple[Fate, ...]


def fidelity_matrix(registry: Registry) -> tuple[Row, ...]:
    """The matrix of all formats that are read and written.

    Raises:
        LawError: Something was lost in silence.
    """
    pairing = [known for known in registry.formats if known.reader is not None and known.writer is not None]
    cables = corpus()
    return tuple(_row(one, other, cables) for one in pairing for other in pairing)


def _row(one: Format, other: Format, cables: Iterable[Cable]) -> Row:
    there: set[str] = set()
    kept: set[str] = set()
    gone: set[str] = set()
    for cable in cables:
        (start,), _ = read_back(one, written(one, (cable,))[0])
        data, said = written(other, (start,))
        (end,), said_reading = read_back(other, data)
        changes = diff(start, end)
        reported = {event.path for event in said + said_reading}
        silent = [path for _, path in changes if path not in reported]
        if silent:
            raise LawError("honesty", f"{one.name} to {other.name} changes {', '.join(silent[:5])} in silence.")
        present = set(_present(start))
        lost = {_field(path) for kind, path in changes if kind != "added"} & present
        there |= present
        gone |= lost
        kept |= present - lost
    return Row(one.name, other.name, tuple(_fate(name, there, kept, gone) for name in FIELDS))


def _present(cable: Cable) -> Iterator[str]:
    yield from (f"record.{name}" for name in RECORD_FIELDS if getattr(cable.record, name) is not None)
    for name, there in (
        ("extra", cable.record.extra),
        ("parts", cable.parts),
        ("annotations", cable.annotations),
        ("extensions", cable.extensions),
        ("source", cable.source),
    ):
        if there:
            yield name


def _field(path: str) -> str:
    """The field of the matrix that a path of `diff` is in."""
    return path if path.startswith("record.") else path.partition("[")[0].partition(".")[0]


def _fate(name: str, there: set[str], kept: set[str], gone: set[str]) -> Fate:
    if name not in there:
        return "absent"
    if name not in gone:
        return "kept"
    return "at times" if name in kept else "reported"


def markdown(rows: Iterable[Row]) -> str:
    """The matrix as a Markdown table for each reader, for the documentation."""
    lines: list[str] = []
    by_reader: dict[str, list[Row]] = {}
    for row in rows:
        by_reader.setdefault(row.reader, []).append(row)
    for reader, of_reader in by_reader.items():
        writers = [row.writer for row in of_reader]
        lines += [f"## From `{reader}`", "", f"| to | {' | '.join(f'`{name}`' for name in writers)} |"]
        lines.append(f"|{'---|' * (len(writers) + 1)}")
        for i, field in enumerate(FIELDS):
            lines.append(f"| {field} | {' | '.join(SIGNS[row.fates[i]] for row in of_reader)} |")
        lines.append("")
    return "\n".join(lines)
