"""The page: what people see is the truth."""

from __future__ import annotations

import pytest

from cableformat import Annotation, Cable, FormatError, OptionError, Part, Record, Report, read, write

CABLE = Cable(
    record=Record(created="2031-03-04", origin="Embassy Port Meridian", extra=(("Concepts", "PORTS"),)),
    parts=(Part("body", "body", "UNCLAS PORT MERIDIAN 000117\r\n\n1. (U) Talks\x07 <went> & on.\n"),),
    annotations=(Annotation("body", 0, 6, "name.class"),),
)


@pytest.fixture
def page(tmp_path):
    write(CABLE, tmp_path / "page.html")
    return tmp_path / "page.html"


def test_it_comes_back_whole(page):
    report = Report()
    assert read(page, report=report) == CABLE
    assert report.events == []


def test_an_edit_of_what_people_see_wins_and_is_reported(page):
    page.write_bytes(page.read_bytes().replace(b"&lt;went&gt;", b"&lt;came&gt;"))
    report = Report()
    cable = read(page, report=report)
    assert cable.parts[0].text == CABLE.parts[0].text.replace("<went>", "<came>")
    assert cable.annotations == ()
    assert {(event.kind, event.path) for event in report.events} == {
        ("altered", "parts[body]"),
        ("lost", "annotations[0]"),
        ("added", "source"),
    }


def test_mark_up_that_is_added_inside_a_text_is_passed_over(page):
    before, _, after = page.read_bytes().rpartition(b" Talks")
    page.write_bytes(before + b"<mark><!-- seen --> <b>T</b>alks</mark>" + after)
    assert read(page) == CABLE


def test_without_the_copy_people_see_all_that_it_holds(tmp_path):
    report = write(CABLE, tmp_path / "page.html", options={"embed": "false"})
    assert b"<script" not in (tmp_path / "page.html").read_bytes()
    back = read(tmp_path / "page.html")
    assert (back.record, back.parts) == (CABLE.record, CABLE.parts)
    assert [(event.kind, event.path) for event in report.events] == [("lost", "annotations[0]"), ("added", "source")]


def test_a_hostile_cable_does_not_break_out(tmp_path):
    text = "</pre></script><script>alert(1)</script><!-- \u202e javascript:alert(1)\n"
    cable = Cable(
        Record(subject=text, extra=((text, text),)), (Part("body", "body", text),), extensions={"x": '"</script>"'}
    )
    write(cable, tmp_path / "page.html")
    data = (tmp_path / "page.html").read_bytes()
    assert data.count(b"<script") == 1
    assert data.count(b"</script") == 1
    assert b"<!--" not in data
    assert read(tmp_path / "page.html") == cable


def test_a_page_without_a_cable_is_refused():
    with pytest.raises(FormatError, match="holds no cable"):
        read(b"<html></html>", "html")


def test_a_copy_that_is_damaged_is_named(page):
    page.write_bytes(page.read_bytes().replace(b'"record":', b'"record"'))
    with pytest.raises(FormatError, match="Not valid JSON"):
        read(page)


def test_the_page_is_light_and_has_anchors(example, tmp_path):
    write(example, tmp_path / "page.html")
    data = (tmp_path / "page.html").read_bytes()
    assert len(data) < 120_000
    assert b'<p id="p4"' in data
    assert b'href="#p4"' in data


@pytest.mark.parametrize("pattern", ["javascript:{id}", "//example.org/{id}", "https://example.org/", "data:{id}"])
def test_links_lead_to_pages_only(pattern, tmp_path):
    with pytest.raises(ValueError, match="links"):
        write(CABLE, tmp_path / "page.html", options={"links": pattern})


def test_templates_of_somebody_else(tmp_path):
    (tmp_path / "page.css").write_text("main { color: teal }", encoding="utf-8")
    report = write(CABLE, tmp_path / "own.html", options={"templates": str(tmp_path)})
    assert report.events == []
    assert "main { color: teal }" in (tmp_path / "own.html").read_text("utf-8")
    assert read(tmp_path / "own.html") == CABLE


def test_templates_that_are_not_there_are_no_page(tmp_path):
    with pytest.raises(OptionError, match="no folder .*nowhere"):
        write(CABLE, tmp_path / "page.html", options={"templates": str(tmp_path / "nowhere")})
    assert not (tmp_path / "page.html").exists()
