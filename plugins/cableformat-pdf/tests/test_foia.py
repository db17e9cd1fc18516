"""Releases by the Department of State, and messages of SMART."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from cableformat import FormatError, identify, read
from cableformat.telegram.blocks import ArtefactKind
from cableformat.testing import check_format, laws
from cableformat.testing.conformance import subject_of

_spec = importlib.util.spec_from_file_location("invented", Path(__file__).parent / "invented.py")
invented = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(invented)


def test_a_release_is_read_field_by_field():
    cable = read(invented.FOIA.encode())
    assert identify(invented.FOIA.encode()).format == "foia"
    record = cable.record
    assert (record.released, record.partial) == ("08/31/2034", "RELEASE IN PART B1,1.4(D),B6")
    assert (record.reference_id, record.created) == ("31 PORT MERIDIAN 117", "Mar 04, 2031 / 040912Z MAR 31")
    assert (record.origin, record.classification) == ("AMEMBASSY PORT MERIDIAN", "CONFIDENTIAL")
    extra = dict(record.extra)
    assert (extra["Case No."], extra["Doc No."], extra["E.O."]) == ("F-2033-00117", "C05700117", "13526")
    assert (extra["Drafted By"], extra["Dissemination Rule"]) == ("PORT MERIDIAN:Velde, Tom", "Archive Copy")
    assert (cable.reference_id, cable.classification) == ("31PORTMERIDIAN117", "CONFIDENTIAL")
    assert cable.created.isoformat() == "2031-03-04T09:12:00+00:00"
    assert cable.subject == "Harbor Dredging Talks: Minister Orleo Seeks Delay"
    assert (cable.tags, cable.signed_by, cable.is_partial) == (("PREL", "EWWT"), ("HALLOWAY",), True)
    assert [to.name for to in cable.recipients] == ["WASHDC, SECSTATE"]
    assert [reference.value for reference in cable.references] == ["31STATE4410", "31SAINTORRIN42"]
    assert [paragraph.running_text for paragraph in cable.paragraphs] == [
        "1. (C) Minister Orleo told the Ambassador that he wants two more weeks for the port authority.",
        "2. (SBU) The port authority agrees.",
    ]
    assert cable.discrepancies() == ()


def test_stamps_and_exemptions_are_typed_and_stay_in_the_text():
    cable = read(invented.FOIA.encode())
    assert "".join(part.text for part in cable.parts) == invented.FOIA
    stamps = [a.raw.strip() for a in cable.telegram.artefacts if a.kind is ArtefactKind.STAMP]
    assert stamps == [
        invented.FOIA_STAMP,
        "RELEASE IN PART\nB1,1.4(D),B6",
        "B1",
        "1.4(D)",
        f"____{invented.FOIA_STAMP}",
        f"C05700117 \u2014 {invented.FOIA_STAMP}",
    ]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("E.0.: Unknown", "E.O."),
        ("Subiect: Talks", "subject"),
        ("TAGS : PREL", "tags"),
    ],
)
def test_slips_of_a_scanner_are_tolerated_where_a_label_can_stand(line, label):
    record = read(
        f"MRN: 31 PORT MERIDIAN 117\nDate/DTG: \n{line}\n\n1. (U) Subject: no label here.\n".encode(), "foia"
    ).record
    assert getattr(record, label, None) or dict(record.extra).get(label)


def test_a_class_is_read_as_a_scanner_saw_it():
    cable = read(b"COMFIDEMTIAL\n\nMRN: 31 PORT MERIDIAN 117\nDate/DTG: Mar 04, 2031\n\n1. (C) Talks.\n")
    assert (cable.record.classification, cable.classification) == ("COMFIDEMTIAL", "CONFIDENTIAL")
    assert cable.created.date().isoformat() == "2031-03-04"


def test_other_text_is_refused():
    with pytest.raises(FormatError, match="No stamp of a release"):
        read(b"UNCLAS PORT MERIDIAN 000117\n", "foia")


def test_laws():
    verdict = check_format("foia", samples=[invented.FOIA.encode()])
    assert verdict.passed, str(verdict)


def test_a_release_goes_through_every_format():
    (cable,), _ = laws.read_back(subject_of("foia").format, invented.FOIA.encode())
    for partner in subject_of("foia").partners:
        laws.honesty(partner, (cable,))


def test_the_samples(shared):
    text = (shared / "samples" / "foia" / "foia_stamp_lines_and_smart_fields.txt").read_text()
    stamps = [line for line in text.splitlines() if "Case No." in line]
    assert len(stamps) == 4
    for stamp in stamps:
        cable = read(f"1. (U) Talks\n{stamp}\nwent on.\n".encode(), "foia")
        assert cable.paragraphs[0].running_text == "1. (U) Talks went on."
        assert dict(cable.record.extra)["Case No."].startswith("F-201")
    fields = text[text.index("MRN: 23") :]
    cable = read(fields[: fields.index("MRN: 01")].encode(), "foia")
    assert (cable.reference_id, cable.created.isoformat()) == ("23MEXICO2544", "2023-09-16T01:50:00+00:00")
    assert (cable.tags[:2], dict(cable.record.extra)["Signature"]) == (("PGOV", "PREL"), "SALAZAR")
    guidance = read(shared / "samples" / "foia" / "sgp_fas_00STATE018029_sbu_guidance.txt")
    assert (guidance.reference_id, guidance.tags) == ("00STATE18029", ("ACOA",))
