"""Pages of the cablegate mirror: every oddity of the field notes, on invented pages, and writing them."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cableformat import Annotation, Cable, FormatError, Part, Record, Report, identify, read, write
from cableformat.plugins import registry
from cableformat.testing import laws, realistic_cables

ARTICLES = (
    "<tr>\n<td colspan='5'>\nAppears in these articles:<br />\n<a href='http://port.example'>http://port.example</a><br />\n"
    "<a href='http://low.example'>http://low.example</a><br />\n</td>\n</tr>\n"
)
HEADER = (
    "VZCZCXYZ0012&#x000A;PP RUEHWEB&#x000A;&#x000A;DE RUEHPM #0117 0631848&#x000A;ZNR UUUUU ZZH&#x000A;"
    "P 041848Z MAR 31&#x000A;FM AMEMBASSY PORT MERIDIAN&#x000A;TO SECSTATE WASHDC PRIORITY 2210"
)
BODY = (
    "UNCLAS PORT MERIDIAN 000117 &#x000A; &#x000A;SIPDIS &#x000A; &#x000A;E.O. 12958: N/A&#x000A;"
    "TAGS: <a href='/tag/PREL_0.html'>PREL</a> <a href='/tag/EWWT_0.html'>EWWT</a>&#x000A;"
    "SUBJECT: HARBOR R&D; AND &processes8; &#x000A; &#x000A;<a id='par1' href='#par1'>¶</a>1.  (U) Talks went on. &#x000A;"
    "&#x000A;HALLOWAY &#x000A;"
)


def page(header=HEADER, body=BODY, *, title=", HARBOR TALKS", articles="", created="2031-03-04 18:06"):
    boxes = "\n".join(f"<code><pre>{text}</pre></code>" for text in (header, body) if text is not None)
    navigation = "<a href='/origin/0_0.html'>Embassy Low Harbor</a>\n" * 300
    return f"""<?xml version='1.0' encoding='utf-8' ?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html lang='en' xml:lang='en' xmlns='http://www.w3.org/1999/xhtml'>
<head>
<title>Cable Viewer</title>
</head>
<body>
<div class='main'>
<div class='pane small'>
{navigation}</div>
<div class='pane big'>
<h3>Viewing cable 31PORTMERIDIAN117{title}</h3>
<div id='help_1'>
<b>Understanding cables</b>
</div>
<table class='cable'>
<tr>
<th>Reference ID</th>
<th>Created</th>
<th>Released</th>
<th>Classification</th>
<th>Origin</th>
</tr>
<tr>
<td>
<a href='/cable/2031/03/31PORTMERIDIAN117.html'>31PORTMERIDIAN117</a>
</td>
<td>
<a href='/date/2031-03_0.html'>{created}</a>
</td>
<td>
<a href='/reldate/2041-12-03_0.html'>2041-12-03 21:09</a>
</td>
<td>
<a href='/classification/5_0.html' title='unclassified//fouo'>UNCLASSIFIED</a>
</td>
<td>
<a href='/origin/4_0.html'>Embassy Port Meridian</a>
</td>
</tr>
{articles}</table>
{boxes}
</div>
</div>
</body>
</html>
"""


def test_every_value_that_people_see_is_read():
    data = page(articles=ARTICLES).encode()
    assert identify(data).format == "cablegate"
    report = Report()
    cable = read(data, report=report)
    assert cable.record == Record(
        reference_id="31PORTMERIDIAN117",
        created="2031-03-04 18:06",
        released="2041-12-03 21:09",
        classification="UNCLASSIFIED",
        origin="Embassy Port Meridian",
        subject="HARBOR TALKS",
        extra=(
            ("Appears in these articles:", "http://port.example"),
            ("Appears in these articles:", "http://low.example"),
        ),
    )
    assert cable.part("header").text == HEADER.replace("&#x000A;", "\n")
    assert "TAGS: PREL EWWT\nSUBJECT: HARBOR R&D; AND &processes8; \n \n¶1.  (U) Talks" in cable.part("body").text
    assert report.events == []


def test_the_date_time_group_is_right_and_the_clock_of_the_page_wrong():
    cable = read(page().encode())
    assert cable.created.isoformat() == "2031-03-04T18:48:00+00:00"
    (found,) = (one for one in cable.discrepancies() if one.field == "created")
    assert (found.field, found.record, found.telegram) == ("created", "2031-03-04 18:06", "041848Z MAR 31")


def test_an_extract_has_the_sentence_for_a_header():
    sentence = (
        "This record is a partial extract of the original cable. The full text of the original cable is not available."
    )
    cable = read(page(header=sentence, title=", ").encode())
    assert cable.part("header").text == sentence
    assert cable.record.subject == ""
    assert cable.is_partial


@pytest.mark.parametrize(
    "header",
    ["INFO  LOG-00   MFA-00  &#x000A;      AOP-00", "null&#x000A;TELEGRAM   March 04, 2031", "AMEMBASSY LOW HARBOR"],
)
def test_headers_that_begin_anywhere(header):
    assert read(page(header=header).encode()).part("header").text == header.replace("&#x000A;", "\n")


def test_stray_mark_up_in_the_text_is_left_out_and_reported():
    body = (
        "SIPDIS <br>&#x000A;<br>&#x000A;<strong>E.O. 12958:</strong> N/A <em>and</em><br>on</td></tr></table>"
        " <halloway@port.example> 3 < 4"
    )
    report = Report()
    cable = read(page(body=body).encode(), report=report)
    assert cable.part("body").text == "SIPDIS \n\nE.O. 12958: N/A and\non <halloway@port.example> 3 < 4"
    assert [(event.kind, event.path) for event in report.events] == [("altered", "parts[body]")]
    assert "<br>, <strong>, <em>, <td>, <tr>, <table>" in report.events[0].reason


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("&#x000A;a&#x000D;&#x000A;b", "\na\r\nb"),
        ("\na", "a"),
        ("a\r\nb\tc\x0c \x00", "a\r\nb\tc\x0c \x00"),
        ("&amp;amp; &lt;b&gt; &quot;", '&amp; <b> "'),
        ("&copies &copy R&D; &#0; &#xD800; &#x110000; &nbsp", "&copies &copy R&D; &#0; &#xD800; &#x110000; &nbsp"),
        ("&#146;&#x92;&#x81;", "’’\x81"),
        ("\u0092", "\u0092"),
    ],
)
def test_line_ends_and_references_are_exact(written, text):
    assert read(page(body=written).encode()).part("body").text == text


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (page().encode(), "utf-8"),
        (b"\xef\xbb\xbf" + page().encode(), "utf-8"),
        (page().replace("utf-8", "iso-8859-1").encode("cp1252"), "windows-1252"),
        (page().encode("cp1252"), "windows-1252"),
        (page().encode("utf-16"), "utf-16-le"),
        (gzip.compress(page().encode(), mtime=0), "utf-8"),
    ],
    ids=["utf-8", "mark", "latin-1 in name", "not what it says", "utf-16", "gzip"],
)
def test_encodings(data, charset):
    assert identify(data).format == "cablegate"
    cable = read(data, "cablegate")
    assert "¶1.  (U) Talks" in cable.text
    assert (cable.source.format, cable.source.charset) == ("cablegate", charset)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><body>none</body></html>", "neither the heading"),
        (page(header=None, body=None).encode(), "no <pre>"),
        (gzip.compress(page().encode())[:200], "ends too early"),
        (b"\x1f\x8b\x08\x00" + b"x" * 50, "gzipped and damaged"),
        (gzip.compress(b"\0" * 9_000_000), "unpacks to more than"),
    ],
)
def test_what_is_no_such_page_is_refused_with_its_place(data, words):
    with pytest.raises(FormatError, match=words) as caught:
        read(data, "cablegate")
    assert caught.value.position


def test_the_heading_is_found_among_words_that_begin_as_it_does():
    plain = page()
    among = plain.replace("<body>", "<body><p>Vessels, VIPs and a View of the port. Viewing</p>", 1)
    assert among != plain
    assert read(among.encode()).record == read(plain.encode()).record


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("<td>Embassy Port Meridian</td>", "Embassy Port Meridian"),
        ("<TD class='wide'> Embassy <b>Port</b> Meridian </TD>", "Embassy Port Meridian"),
        ("<td><a href='/origin/1.html'> Embassy </a> (closed)</td>", " Embassy "),
        ("<td><A HREF='/origin/1.html'>Embassy <i>Port</i></td>", "Embassy Port"),
        ("<td>Embassy &amp; &#80;ort", "Embassy & Port"),
    ],
)
def test_a_cell_is_its_link_or_what_people_see(written, value):
    table = (
        "<h3>Viewing cable 31PORTMERIDIAN117, HARBOR TALKS</h3>\n<table class='cable'>\n<tr><th>Reference ID</th>"
        f"<th>Origin</th></tr>\n<tr><td>31PORTMERIDIAN117</td>{written}</tr></table>\n<pre>UNCLAS</pre>\n"
    )
    record = read(f"<html><head><title>Cable Viewer</title></head><body>{table}</body></html>".encode()).record
    assert (record.reference_id, record.origin, record.subject) == ("31PORTMERIDIAN117", value, "HARBOR TALKS")


def test_an_unclosed_page_gives_what_stands_in_it():
    whole = page().partition("Talks went on")[0] + "Talks went on"
    assert read(whole.encode()).text.endswith("Talks went on")


def test_writing_gives_the_layout_of_the_mirror(tmp_path):
    cable = read(page(articles=ARTICLES).encode())
    report = write(cable, tmp_path / "a.html", "cablegate")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert f"<code><pre>{HEADER}</pre></code>\n<code><pre>{BODY}</pre></code>" in text
    back = read(tmp_path / "a.html")
    assert (back.record, back.parts) == (cable.record, cable.parts)
    assert {event.path.partition(".")[0] for event in report.events} == {"source"}


def test_cells_that_the_writer_derives_are_marked_and_no_record(tmp_path, example):
    report = write(example, tmp_path / "a.html", "cablegate")
    back = read(tmp_path / "a.html")
    assert back.record.reference_id is None
    assert ("Reference ID (derived)", example.reference_id) in back.record.extra
    added = [event for event in report.events if event.kind == "added"]
    assert "derived from the telegram" in added[0].reason
    assert "<td class='derived'><a>31PORTMERIDIAN117</a></td>" in (tmp_path / "a.html").read_text(encoding="utf-8")
    again = write(back, tmp_path / "b.html", "cablegate")
    assert (tmp_path / "b.html").read_bytes() == (tmp_path / "a.html").read_bytes()
    assert {event.path for event in again.events} <= {"source.name", "source.sha256"}


def test_a_paragraph_sign_is_wrapped_but_never_invented(tmp_path):
    cable = Cable(parts=(Part("body", "body", "UNCLAS PORT MERIDIAN 000117\n\n¶1. (U) One.\n2. (U) Two.\n¶ 3\n"),))
    write(cable, tmp_path / "a.html", "cablegate")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<a id='par1' href='#par1'>¶</a>1. (U) One." in text
    assert text.count("¶") == 2
    assert read(tmp_path / "a.html").parts == cable.parts


_line = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_characters="&", exclude_categories=("Cc", "Cs")),
    max_size=30,
)


@settings(max_examples=1000)
@given(cable=realistic_cables(), reference_id=_line, classification=_line, released=_line, subject=_line)
def test_generated_pages_are_read_back_field_by_field(
    tmp_path_factory, cable, reference_id, classification, released, subject
):
    record = Record(
        reference_id=reference_id,
        created=cable.record.created,
        released=released,
        classification=classification,
        origin=cable.record.origin,
        subject=subject,
    )
    cable = Cable(record, cable.parts)
    path = tmp_path_factory.getbasetemp() / "generated.html"
    write(cable, path, "cablegate")
    back = read(path)
    assert back.record == record
    assert back.parts == cable.parts


@pytest.mark.parametrize(
    "cable",
    [
        Cable(parts=(Part("header", "header", "TAGS: PREL, EWWT"),), grammar="A"),
        Cable(
            parts=(Part("body", "body", "UNCLAS PORT MERIDIAN 000117\nTAGS: PREL\n"),),
            annotations=(Annotation("body", 28, 32, "structure.tags", (("value", "EWWT"),)),),
        ),
    ],
    ids=["another-grammar", "a-pin"],
)
def test_links_are_those_that_the_page_read_again_would_have(cable):
    """Found by the law of stability: what the page cannot hold made links that its second writing did not."""
    laws.stability(registry().get("cablegate"), (cable,))
