"""Documents of the canonical JSON that were written once read for ever. Files here are only ever added."""

from __future__ import annotations

from pathlib import Path

import pytest

from cableformat import Annotation, Cable, Part, Record, Source, dumps, loads

GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).resolve().parents[1]

EVERYTHING = Cable(
    record=Record(
        reference_id="31PORTMERIDIAN118",
        created="2031-03-05 10:00",
        released="2041-03-05",
        classification="CONFIDENTIAL//NOFORN",
        origin="Embassy Port Meridian",
        subject="The outer basin",
        tags="PREL, EWWT",
        references="31SAINTORRIN20",
        url="https://cables.example/31PORTMERIDIAN118",
        partial="extract",
        publisher="The Harbor Papers",
        edition="2",
        language="en",
        rights="none known",
        extra=(("Box", "7"), ("Box", "8"), ("", " blank ")),
    ),
    parts=(
        Part("container", "container", "A page\tof its own\r\n"),
        Part("header", "header", "R 050900Z MAR 31 \r\nFM AMEMBASSY PORT MERIDIAN\r\n"),
        Part(
            "body",
            "body",
            "C O N F I D E N T I A L PORT MERIDIAN 000118\n\n1. (C) Orleo\u00a0said \u201cyes\u201d.  \x0c\x00 \U0001f6a2",
        ),
        Part("note", "note", ""),
    ),
    annotations=(
        Annotation("body", 53, 58, "name.person", (("key", "orleo"), ("key", "again"))),
        Annotation("note", 0, 0, "note"),
    ),
    extensions=(("mine", '{"a":[1,2.5,null,true]}'),),
    source=Source(
        format="webpage",
        name="118.html",
        url="https://cables.example/118",
        retrieved="2041-04-01",
        charset="windows-1252",
        sha256="00" * 32,
        extractor="tool 1",
        position="row 17",
    ),
)

CASES = {
    "empty.json": Cable,
    "everything.json": lambda: EVERYTHING,
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_document_written_once_reads_for_ever(name):
    read_back = loads((GOLDEN / name).read_bytes())
    assert read_back == CASES[name]()
    assert loads(dumps(read_back)) == read_back


def test_the_example_has_all_of_its_text():
    cable = loads((GOLDEN / "example.json").read_bytes())
    published = (ROOT / "examples" / "31PORTMERIDIAN117.txt").read_text("utf-8")
    assert "".join(part.text for part in cable.parts) == published
    assert (cable.reference_id, cable.classification) == ("31PORTMERIDIAN117", "CONFIDENTIAL")


def test_each_golden_file_is_compared():
    assert {path.name for path in GOLDEN.iterdir()} == {*CASES, "example.json"}
