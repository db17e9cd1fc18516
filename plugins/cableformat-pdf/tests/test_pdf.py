"""Real PDF files: written, edited, stripped, foreign, and bad."""

from __future__ import annotations

import importlib.util
import io
import os
import signal
import sys
import zlib
from pathlib import Path

import attrs
import pypdfium2
import pytest
from hypothesis import example as shown_example
from hypothesis import given
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from cableformat import (
    Annotation,
    Cable,
    FormatError,
    OptionError,
    Part,
    Record,
    Report,
    identify,
    read,
    read_all,
    write,
)
from cableformat.testing import cables, laws
from cableformat.testing.conformance import subject_of
from cableformat_pdf import layout, pdfium

_spec = importlib.util.spec_from_file_location("invented", Path(__file__).parent / "invented.py")
invented = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(invented)

CABLE = Cable(
    Record(
        created="2031-03-04",
        origin="Embassy Port Meridian",
        extra=(("Concepts", "PORTS"), ("A label that is long indeed", "x")),
    ),
    (
        Part("header", "header", "R 040912Z MAR 31\nFM AMEMBASSY PORT MERIDIAN\n"),
        Part(
            "body",
            "body",
            "UNCLAS PORT MERIDIAN 000117\n\n1. (U) Talks  went on,\n   as they re-\nsumed in the harbor.\n\n2. (U) Orleo agrees.",
        ),
    ),
    (Annotation("body", 0, 6, "name.class"),),
)


def pdf_of(text, **options):
    """A file as others make it: the lines of each page in a plain font, one under the other."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(612, 792), invariant=1, **options)
    for page in text.removesuffix("\x0c").split("\x0c"):
        canvas.setFont("Courier", 9)
        y = 760
        for line in page.split("\n"):
            canvas.drawString(50, y, line)
            y -= 11
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def written(cable, **options):
    stream = io.BytesIO()
    report = write(cable, stream, "pdf", options=options)
    return stream.getvalue(), report


def test_it_comes_back_whole():
    data, report = written(CABLE)
    said = Report()
    assert identify(data).format == "pdf"
    assert read(data, report=said) == CABLE
    assert report.events == said.events == []


def test_an_edit_of_what_people_see_wins_and_is_reported():
    data, _ = written(CABLE)
    report = Report()
    cable = read(data.replace(b"(2. \\(U\\) Orleo agrees.)", b"(2. \\(U\\) Orleo refuse.)"), report=report)
    assert cable.text == CABLE.text.replace("agrees", "refuse")
    assert (cable.record, cable.annotations) == (CABLE.record, ())
    assert ("altered", "parts[body]") in {(event.kind, event.path) for event in report.events}


def test_without_the_copy_people_see_all_that_it_holds():
    data, report = written(CABLE, embed="false")
    assert b"cable.json" not in data
    back = read(data)
    assert (back.record, back.parts) == (CABLE.record, CABLE.parts)
    assert back.source.extractor.startswith("pypdfium2 ")
    assert [(event.kind, event.path) for event in report.events] == [("lost", "annotations[0]"), ("added", "source")]


def test_a_copy_that_another_tool_takes_out_is_not_missed(tmp_path):
    data, _ = written(CABLE)
    document = pypdfium2.PdfDocument(data)
    document.del_attachment(0)
    document.save(tmp_path / "stripped.pdf")
    document.close()
    back = read(tmp_path / "stripped.pdf")
    assert (back.record, back.parts) == (CABLE.record, CABLE.parts)


def test_what_the_font_does_not_have_is_reported():
    cable = attrs.evolve(
        CABLE, parts=(Part("body", "body", "1. (U) Talks \u2019in\u2019 \u0416itomir.\n"),), annotations=()
    )
    data, report = written(cable, embed="false")
    assert read(data).text == "1. (U) Talks \u2019in\u2019 \xa4itomir.\n"
    assert ("altered", "parts[body]") in {(event.kind, event.path) for event in report.events}
    assert read(written(cable)[0]) == cable


@given(cables())
@shown_example(Cable(Record(extra=(("", ""),))))
@shown_example(Cable(parts=(Part("a" * 100, "b" * 100, "x"),)))
@shown_example(Cable.from_text("a" * 200 + " " * 100 + "b\n\n" + "word " * 60 + "\x0c"))
def test_rows_show_what_they_hold(cable):
    rows = layout.rows_of(cable)
    assert all(len(row.text) <= layout.COLUMNS and row.text == row.text.rstrip(" ") for row in rows)
    assert layout.seen(layout.seen(cable)) == layout.seen(cable)
    if layout.fits(cable):
        assert layout.cable_of((row.sign, row.text) for row in rows) == (cable.record, cable.parts, cable.grammar)


def test_without_a_date_of_its_own_the_document_has_that_of_the_environment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert b"/CreationDate (D:19700102000000" in written(Cable.from_text("1. Talks.\n"))[0]


@pytest.mark.parametrize("epoch", ["yesterday", "-5", "253402300800", "9" * 20, "9" * 5000])
def test_a_date_of_the_environment_that_is_none_is_refused(monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(OptionError, match="SOURCE_DATE_EPOCH is .* seconds since 1970"):
        written(Cable.from_text("1. Talks.\n"))


@pytest.mark.parametrize("most", [0, -1])
def test_a_limit_is_a_positive_number(most):
    with pytest.raises(OptionError, match="max_pages.* must be >= 1"):
        list(read_all(b"%PDF-1.7", "pdf", options={"max_pages": most}))


def test_the_document_is_one_to_read(tmp_path):
    cable = Cable(Record(subject="HARBOR TALKS", language="fr"), CABLE.parts)
    document = pypdfium2.PdfDocument(written(cable)[0])
    about = document.get_metadata_dict()
    assert (about["Title"], about["Creator"]) == ("31PORTMERIDIAN117 HARBOR TALKS", "cableformat-pdf 1")
    bookmarks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert bookmarks[:2] == [(0, "header (header)"), (0, "body (body)")]
    assert [title[:2] for level, title in bookmarks if level] == ["1.", "2."]
    text = document[0].get_textpage().get_text_range()
    assert text.startswith("UNCLASSIFIED")
    assert text.endswith("Page 1 of 1")
    document.close()
    assert b"/Lang (fr)" in written(cable)[0]


def test_seed(seed_path):
    seed = read(seed_path)
    assert read(written(seed)[0]) == seed
    back = read(written(seed, embed="false")[0])
    assert back.record == seed.record
    assert [p.running_text for p in back.paragraphs] == [p.running_text for p in seed.paragraphs]
    assert len(back.paragraphs) == 14
    for field in (
        "reference_id",
        "mrn",
        "created",
        "origin",
        "classification",
        "subject",
        "tags",
        "classified_by",
        "reasons",
        "declassify_on",
        "summary",
        "is_partial",
    ):
        assert getattr(back, field) == getattr(seed, field)


def test_a_document_of_the_archive_as_a_file():
    data = pdf_of(invented.NARA)
    cable = read(data)
    text = read(invented.NARA.encode())
    assert (cable.source.format, [part.id for part in cable.parts]) == ("pdf", ["container", "body", "attributes"])
    assert cable.record == text.record
    for field in (
        "reference_id",
        "mrn",
        "created",
        "sender",
        "recipients",
        "info_recipients",
        "classification",
        "captions",
        "tags",
        "subject",
        "signed_by",
    ):
        assert getattr(cable, field) == getattr(text, field)
    assert [p.running_text for p in cable.paragraphs] == [p.running_text for p in text.paragraphs]
    withheld = read(pdf_of(invented.NARA_WITHHELD))
    assert (withheld.reference_id, withheld.text, withheld.is_partial) == ("73LOWHA2545", "", True)


def test_a_release_as_a_file():
    cable, text = read(pdf_of(invented.FOIA)), read(invented.FOIA.encode())
    assert cable.record == text.record
    for field in (
        "reference_id",
        "created",
        "classification",
        "subject",
        "tags",
        "recipients",
        "signed_by",
        "is_partial",
    ):
        assert getattr(cable, field) == getattr(text, field)
    assert [p.running_text for p in cable.paragraphs] == [p.running_text for p in text.paragraphs]


def test_blank_lines_come_back_from_the_places_of_lines():
    text = "UNCLAS PORT MERIDIAN 000117\n\nSUBJECT: TALKS\n\n1. They re-\nsumed.\n\x0c2. More.\n\n\nHALLOWAY\n\x0c"
    assert read(pdf_of(text)).text == text.removesuffix("\x0c")


def picture(canvas):
    image = canvas.beginPath()
    image.rect(72, 72, 300, 300)
    canvas.drawPath(image, fill=1)


def test_a_page_without_text_is_named():
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(72, 700, "1. (U) Talks went on.")
    canvas.showPage()
    picture(canvas)
    canvas.showPage()
    canvas.save()
    report = Report()
    assert read(stream.getvalue(), report=report).text == "1. (U) Talks went on.\n\x0c"
    assert [(event.kind, event.path) for event in report.events] == [("skipped", "page 2")]


def test_a_file_of_pictures_is_refused():
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    picture(canvas)
    canvas.showPage()
    canvas.save()
    with pytest.raises(FormatError, match="None of its pages has text.*OCR"):
        read(stream.getvalue())


def test_an_encrypted_file_is_refused():
    with pytest.raises(FormatError, match="encrypted.*password"):
        read(pdf_of("1. Talks\n", encrypt=StandardEncryption("secret", "owner")))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-", b"%PDF-1.4\n%%EOF\n" + b"\x00" * 100])
def test_a_file_that_is_none_is_refused(data):
    with pytest.raises(FormatError, match="damaged"):
        read(data)


def test_a_truncated_file_gives_an_error_with_a_place_or_what_is_left():
    data, _ = written(CABLE)
    known = subject_of("pdf").format
    for size in range(0, len(data), 500):
        laws.totality(known, data[:size])


def test_a_file_of_ten_thousand_pages_is_refused_with_a_way_out():
    data = pdf_of("x\x0c" * 10_000)
    with pytest.raises(FormatError, match=r"10,000 pages, and the limit is 5,000.*max_pages=10000"):
        read(data)
    assert read(data, options={"max_pages": "10000"}).text.count("\x0c") == 9_999


def bomb():
    """A small file with an embedded one of 200 MB, under the name of the copy."""
    data, _ = written(Cable.from_text("1. Talks\n"))
    blown = zlib.compress(b" " * 200_000_000, 9)
    start = data.index(b"stream", data.index(b"/Type /EmbeddedFile")) + 7
    begin = data.rindex(b"obj", 0, start) + 3
    end = data.index(b"endstream", start)
    head = b"\n<< /Type /EmbeddedFile /Filter /FlateDecode /Length %d >>\nstream\n" % len(blown)
    return data[:begin] + head + blown + b"\n" + data[end:]


def test_an_embedded_bomb_is_refused():
    with pytest.raises(FormatError, match="limit|broke down"):
        read(bomb())
    assert read(written(CABLE)[0]) == CABLE


def test_more_text_than_a_file_can_hold_is_refused(monkeypatch):
    monkeypatch.setattr(pdfium, "_SMALL", 1000)
    monkeypatch.setattr(pdfium, "_PER_BYTE", 0)
    with pytest.raises(FormatError, match="more text"):
        read(pdf_of("Minister Orleo agrees.\n" * 60 + "\x0c" + "x\n" * 60))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_crash_of_pdfium_is_an_error_and_not_the_end():
    data, _ = written(CABLE)
    read(data)

    original = pdfium._Program._talk
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdfium._Program, "_talk", lambda *given: _killed(original, *given))
        with pytest.raises(FormatError, match="pdfium broke down"):
            read(data)
    assert read(data) == CABLE


def _killed(original, program, process, task, source):
    os.kill(process.pid, signal.SIGSEGV)
    process.wait()
    return original(program, process, task, source)


def test_a_hang_of_pdfium_is_an_error_and_not_the_end(monkeypatch):
    data, _ = written(CABLE)
    read(data)
    with monkeypatch.context() as patch:
        patch.setattr(pdfium, "_PAGE_SECONDS", 0.2)
        patch.setattr(pdfium._Program, "_talk", _hang)
        with pytest.raises(FormatError, match="gave no answer"):
            read(data)
    assert read(data) == CABLE


def _hang(program, process, task, source):
    yield "i", b'{"creator": "", "extractor": "x"}'
    if not process.stdout.read(1):
        raise EOFError


def test_the_sample(shared):
    folder = shared / "samples" / "pdf"
    cable, text = read(folder / "00BEIJING11790.pdf"), read(folder / "00BEIJING11790.txt")
    for field in (
        "reference_id",
        "created",
        "sender",
        "recipients",
        "info_recipients",
        "classification",
        "subject",
        "tags",
        "signed_by",
    ):
        assert getattr(cable, field) == getattr(text, field)
    assert [r.value for r in cable.references] == [r.value for r in text.references]
    assert [" ".join(p.running_text.split()) for p in cable.paragraphs] == [
        " ".join(p.running_text.split()) for p in text.paragraphs
    ]


def test_a_heading_whose_blank_row_was_edited_away_is_read():
    origin = (layout.FIELD, f"{'Origin:':{layout._LABEL_WIDTH}}Embassy Port Meridian")
    body = ((layout.PART, "body (body)"), ("", ""), ("", "1. (U) Talks."))
    record, parts, _ = layout.cable_of([origin, *body])
    assert (record.origin, parts) == ("Embassy Port Meridian", (Part("body", "body", "1. (U) Talks."),))
    _, parts, _ = layout.cable_of([(layout.PART, "header (header)"), *body])
    assert parts == (Part("header", "header", ""), Part("body", "body", "1. (U) Talks."))


def test_an_attachment_that_is_none_is_an_error_of_the_file():
    stream = io.BytesIO()
    write(CABLE, stream, "pdf")
    data = stream.getvalue()
    broken = data.replace(b"\n7 0 obj\n<<\n/AFRelationship", b"\n3 0 obj\n<<\n/AFRelationship")
    assert broken != data
    with pytest.raises(FormatError, match="pdfium cannot read it: Failed to get attachment") as caught:
        read(broken, "pdf")
    assert caught.value.hint == "It is damaged."
    assert read(data) == CABLE
