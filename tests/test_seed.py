"""The main job on the page that the project started from, and on an invented page of the same layout."""

from __future__ import annotations

import json

import pytest

from cableformat import Cable, convert, read


@pytest.fixture
def seed(seed_path):
    return read(seed_path)


def test_what_the_seed_says(seed):
    assert seed.source.format == "jcvignoli-text"
    assert seed.reference_id == "05ALMATY1993"
    assert seed.mrn == "ALMATY 001993"
    assert seed.created.isoformat() == "2005-05-27T07:19:00+00:00"
    assert seed.telegram.created.where == "record.created"
    assert (seed.origin, seed.classification, seed.is_partial) == ("US Office Almaty", "CONFIDENTIAL", True)
    assert seed.declassify_on.isoformat() == "2015-05-26"
    assert len(seed.classified_by) == 1
    assert seed.reasons == ("1.4(b)", "1.4(d)")
    assert (seed.subject, seed.tags, seed.signed_by, seed.references) == (None, (), (), ())
    assert seed.discrepancies() == ()


def test_the_paragraphs_of_the_seed(seed):
    assert [paragraph.number for paragraph in seed.paragraphs] == list(range(1, 15))
    assert {p.number: p.mark.level for p in seed.paragraphs if p.mark.level != "C"} == {2: "SBU"}
    assert [p.number for p in seed.paragraphs if p.heading] == [3, 7, 11]
    assert [p.number for p in seed.paragraphs if p.is_broken] == [13]
    assert [(p.number, q.kind) for p in seed.paragraphs for q in p.passages] == [(1, "summary"), (4, "note")]
    assert [a.kind for a in seed.telegram.artefacts] == ["interruption"] * 3 + ["broken_end"]
    running = {p.number: p.running_text for p in seed.paragraphs}
    assert "a unified GOK policy" in running[4]
    assert "also to blame for the lack" in running[6]
    assert "relations with Putin" in running[11]
    assert seed.summary.startswith("Leading ")
    assert seed.summary.endswith(" year.")


@pytest.mark.parametrize("page", ["seed_path", "example_path"])
def test_the_page_comes_back(page, request, tmp_path):
    path = request.getfixturevalue(page)
    cable = read(path)
    for name, options in (("a.json", {}), ("a.html", {}), ("a.jsonl", {})):
        assert convert(path, tmp_path / name).events == []
        assert read(tmp_path / name) == cable
        convert(tmp_path / name, tmp_path / path.name, to_format="jcvignoli-text", **options)
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()
    convert(tmp_path / "a.jsonl", tmp_path / "a.txt")
    text = (tmp_path / "a.txt").read_bytes().decode()
    assert text == cable.text
    assert path.read_bytes().decode().endswith(text)


def test_the_example_covers_the_ground_of_the_seed(example: Cable):
    assert (example.reference_id, example.reasons) == ("31PORTMERIDIAN117", ("1.4(b)", "1.4(d)"))
    assert example.classified_by == ("Ines Halloway",)
    assert [(p.number, p.mark.level) for p in example.paragraphs] == [
        (1, "C"), (2, "SBU"), (3, "C"), (4, "C"), (5, "C"), (6, "C"),
    ]  # fmt: skip
    assert {p.number: p.heading for p in example.paragraphs if p.heading} == {3: "Who Is to Pay", 5: "The Road Ahead"}
    assert [p.number for p in example.paragraphs if p.is_broken] == [5]
    assert "a united cabinet matter" in example.paragraphs[3].running_text
    assert "closer ties with Velde" in example.paragraphs[5].running_text
    assert example.summary.startswith("Harbor Minister Tomas Orleo told the CDA")


@pytest.mark.parametrize(
    "name", ["jcvignoli/05ALMATY1720_newer_template.txt", "jcvignoli/05ALMATY1938_hl_older_extraction.txt"]
)
def test_the_samples_of_the_mirror(shared, name, tmp_path):
    path = shared / "samples" / name
    cable = read(path)
    assert cable.reference_id == path.name.partition("_")[0]
    assert cable.source.format == "jcvignoli-text"
    assert cable.is_partial
    assert convert(path, tmp_path / "a.json").events == []
    convert(tmp_path / "a.json", tmp_path / path.name, to_format="jcvignoli-text")
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_the_newer_layout_names_its_values(shared):
    record = read(shared / "samples/jcvignoli/05ALMATY1720_newer_template.txt").record
    assert json.dumps([record.reference_id, record.created, record.classification, record.origin]) == (
        '["05ALMATY1720", "2005-05-04 11:24:00", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", "US Office Almaty"]'
    )
    assert len(record.tags.split()) == 6
    assert record.subject
