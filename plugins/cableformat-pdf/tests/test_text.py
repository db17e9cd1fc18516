"""Text of PDF files: pages, and the National Archives' files."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import attrs
import pytest

from cableformat import Cable, FormatError, Record, identify, read, write
from cableformat.telegram.blocks import ArtefactKind
from cableformat.testing import laws
from cableformat.testing.conformance import subject_of

_spec = importlib.util.spec_from_file_location("invented", Path(__file__).parent / "invented.py")
invented = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(invented)


def rewritten(cable, name, tmp_path):
    report = write(cable, tmp_path / "cable.txt", name)
    return (tmp_path / "cable.txt").read_bytes(), report


def test_pages_of_text_are_read_with_their_ends(tmp_path):
    data = b"UNCLAS PORT MERIDIAN 000117\n\n1. (U) Orleo\n \n \n\x0cagrees.\n\x0c"
    cable = read(data)
    assert (identify(data).format, cable.source.format) == ("pdf-text", "pdf-text")
    assert cable.text == data.decode().removesuffix("\x0c")
    assert [a.kind for a in cable.telegram.artefacts] == [ArtefactKind.INTERRUPTION]
    assert cable.paragraphs[0].running_text == "1. (U) Orleo agrees."
    assert rewritten(cable, "pdf-text", tmp_path)[0] == data


@pytest.mark.parametrize("text", ["a\x0cb", "\x0c", "a\x0c\x0c", "\x0ca"])
def test_pages_are_replayed_however_they_end(text, tmp_path):
    assert rewritten(read(text.encode(), "pdf-text"), "pdf-text", tmp_path)[0] == text.encode()


def test_text_without_pages_is_refused_with_a_hint():
    with pytest.raises(FormatError, match="No form feed.*format text"):
        read(b"UNCLAS PORT MERIDIAN 000117\n", "pdf-text")


def test_a_document_of_the_archive_is_read_field_by_field():
    cable = read(invented.NARA.encode())
    assert cable.source.format == "nara"
    assert [part.role for part in cable.parts] == ["container", "body", "attributes"]
    assert "".join(part.text for part in cable.parts) == invented.NARA
    assert (cable.reference_id, cable.mrn) == ("75PORTMERIDIAN117", "PORT MERIDIAN 00117")
    assert cable.created.isoformat() == "1975-03-04T09:12:00+00:00"
    assert (cable.sender.name, cable.recipients[0].name) == ("AMEMBASSY PORT MERIDIAN", "SECSTATE WASHDC")
    assert [to.name for to in cable.info_recipients] == ["AMEMBASSY SAINT ORRIN"]
    assert (cable.classification, cable.captions, cable.tags) == ("CONFIDENTIAL", ("EXDIS",), ("PFOR", "EWWT"))
    assert cable.subject == "HARBOR DREDGING TALKS: MINISTER ORLEO SEEKS DELAY"
    assert [reference.value for reference in cable.references] == ["75STATE4410", "75SAINTORRIN42"]
    assert cable.telegram.declassification.value == "GDS"
    assert [paragraph.running_text for paragraph in cable.paragraphs] == [
        "1. MINISTER ORLEO TOLD THE AMBASSADOR THAT HE WANTS TO CON-TINUE THE TALKS ON THE HARBOR UNTIL THE END OF THE MONTH.",
        "2. THE PORT AUTHORITY AGREES WITH THE PLAN, BUT NOT WITH ITS PRICE.",
    ]
    assert cable.signed_by == ("HALLOWAY",)
    telegram = cable.telegram
    assert [office.value for office in telegram.action_offices] == ["EUR-12"]
    assert [office.value for office in telegram.copies] == ["OCT-01", "ISO-00", "AS-01", "INR-07", "H-02"]
    assert telegram.drafted_by.value == "EUR/HB:IHALLOWAY:MS"
    assert telegram.approved_by.value == "EUR - MR. T. VELDE"
    assert [officer.value for officer in telegram.cleared_by] == ["S/S - MR. K. TARRANT"]
    kinds = [artefact.kind for artefact in cable.telegram.artefacts]
    assert kinds.count(ArtefactKind.STAMP) == 2
    assert kinds.count(ArtefactKind.PAGE_BREAK) == 2
    assert cable.discrepancies() == ()


def test_labels_of_the_drafting_are_read_with_a_slip():
    text = invented.NARA.replace("DRAFTED BY", "ORAFTED BY").replace("APPROVED BY", "EPPROVED BY")
    telegram = read(text.encode()).telegram
    assert (telegram.drafted_by.value, telegram.approved_by.value) == ("EUR/HB:IHALLOWAY:MS", "EUR - MR. T. VELDE")


def test_its_attributes_are_the_record():
    record = read(invented.NARA.encode()).record
    assert (record.reference_id, record.created, record.origin) == ("1975PORTM00117", "04 MAR 1975", "PORT MERIDIAN")
    extra = dict(record.extra)
    assert extra["Concepts"] == "HARBORS, DREDGING, SHIP\nCANALS, NEGOTIATIONS"
    assert (extra["Decaption Note"], extra["Review Markings"]) == ("", invented.NAMED_STAMP)
    assert "Channel Indicators" not in extra
    assert record.released is None


def test_a_withheld_text_is_a_cable_without_telegram_and_says_why():
    cable = read(invented.NARA_WITHHELD.encode())
    assert [part.role for part in cable.parts] == ["container", "attributes"]
    assert (cable.reference_id, cable.text, cable.paragraphs) == ("73LOWHA2545", "", ())
    assert cable.telegram.is_partial.raw == "TEXT ON MICROFILM, ADS TEXT UNRETRIEVABLE"


@pytest.mark.parametrize("text", [invented.NARA, invented.NARA_WITHHELD, invented.NARA.replace("\n", "\r\n")])
def test_a_document_of_the_archive_is_replayed(text, tmp_path):
    cable = read(text.encode())
    data, report = rewritten(cable, "nara", tmp_path)
    assert data == text.encode()
    assert [event.path for event in report.events] == ["source.name"]


def test_where_record_and_attributes_disagree_the_record_wins_and_it_is_reported(tmp_path):
    cable = read(invented.NARA.encode())
    cable = attrs.evolve(cable, record=attrs.evolve(cable.record, subject="HARBOR TALKS", tags=None))
    data, report = rewritten(cable, "nara", tmp_path)
    back = read(data)
    assert (back.record, back.text) == (cable.record, cable.text)
    assert ("altered", "parts[attributes]") in {(event.kind, event.path) for event in report.events}


def test_any_cable_gets_a_layout_of_the_archive(tmp_path):
    cable = Cable.from_text("UNCLAS PORT MERIDIAN 00117\n1. TALKS WENT ON.\n", reference_id="31PORTMERIDIAN117")
    data, _ = rewritten(cable, "nara", tmp_path)
    assert (identify(data).format, read(data).record, read(data).text) == ("nara", cable.record, cable.text)


def test_a_label_that_nobody_has_listed_is_told_by_its_looks():
    record = read(b"Message Attributes\n\nSubject: TALKS\nREF: NOT A LABEL\nReview Quality Mark: A\n").record
    assert record == Record(subject="TALKS\nREF: NOT A LABEL", extra=(("Review Quality Mark", "A"),))


def test_text_with_none_of_the_archives_lines_is_refused():
    with pytest.raises(FormatError, match="Message Attributes"):
        read(b"UNCLAS PORT MERIDIAN 000117\n", "nara")


@pytest.mark.parametrize("data", [invented.NARA.encode(), invented.NARA_WITHHELD.encode()])
def test_laws_over_documents(data):
    subject = subject_of("nara")
    (cable,), _ = laws.read_back(subject.format, data)
    for law in (laws.codec, laws.tiling):
        law(cable)
    for law in (laws.round_trip, laws.honesty, laws.stability, laws.determinism):
        law(subject.format, (cable,))
    for partner in subject.partners:
        laws.every_pair(subject.format, partner, cable)
    laws.replay(subject.format, data)


def test_the_samples_of_the_archive(shared):
    cable = read(shared / "samples" / "nara" / "1975STATE036519_unclassified.txt")
    assert (cable.source.format, cable.reference_id, cable.tags) == ("nara", "75STATE36519", ("OGEN",))
    assert [paragraph.number for paragraph in cable.paragraphs] == [1, 2]
    assert (cable.telegram.drafted_by.value, len(cable.telegram.copies)) == ("PA/FOI:DBROWN:MS", 14)
    assert len(cable.telegram.cleared_by) == 10
    block = read(shared / "samples" / "nara" / "COMPOSITE_message_attributes_block.txt")
    assert (block.record.reference_id, block.record.tags) == ("1975STATE036519", "OGEN")
    text = block.part("attributes").text
    labels = [line.partition(":")[0] for line in text.splitlines() if ":" in line]
    nulls = sum(line.endswith(": n/a") for line in text.splitlines())
    stated = [value for value in attrs.astuple(block.record)[:-1] if value is not None]
    assert len(stated) + len(block.record.extra) + nulls == len(labels) == 62
    assert dict(block.record.extra)["Review Markings"].startswith("Margaret P. Grafeld Declassified")


def test_the_samples_of_pages(shared):
    cable = read(shared / "samples" / "pdf" / "00BEIJING11790.txt")
    assert (cable.source.format, cable.reference_id, cable.signed_by) == ("pdf-text", "00BEIJING11790", ("MARINE",))
    assert ArtefactKind.INTERRUPTION in {artefact.kind for artefact in cable.telegram.artefacts}
