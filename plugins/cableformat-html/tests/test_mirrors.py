"""The other mirrors: invented pages and copies of them, in every layout."""

from __future__ import annotations

import gc
import io
import weakref
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from cableformat import Cable, FormatError, Input, Part, Record, identify, read, read_all, write
from cableformat.testing import realistic_cables

PARTIAL = (
    "This record is a partial extract of the original cable. The full text of the original cable is not available."
)
BODY = (
    "UNCLAS  PORT MERIDIAN 000117 \n \nSIPDIS \n \nE.O. 12958: N/A \nTAGS: PREL, EWWT \nSUBJECT: HARBOR TALKS: \nDELAY \n \n"
    "1.  (SBU) Orleo wants two more weeks. \n \nHALLOWAY \n"
)
HEADER = "PP RUEHWEB\n\nDE RUEHPM #0117 0630912\nZNR UUUUU ZZH\nP 040912Z MAR 31\nFM AMEMBASSY PORT MERIDIAN\nTO SECSTATE WASHDC PRIORITY 2210"
MRKVA = f"""US embassy cable - 31PORTMERIDIAN117

Disclaimer: This site is an example.

HARBOR TALKS: DELAY

Identifier: 31PORTMERIDIAN117
Wikileaks: View 31PORTMERIDIAN117 at Port.example
Origin: Embassy Port Meridian
Created: 2031-03-04 09:12:00
Classification: UNCLASSIFIED//FOR OFFICIAL USE ONLY
Tags: PREL EWWT
Redacted: This cable was not redacted.
{PARTIAL}

{BODY}
Latest source of this page is cablebrowser-2,
"""
DUMP = "31PORTMERIDIAN117\nHARBOR TALKS: DELAY\n2031-03-04 09:12:00\nUNCLASSIFIED//FOR OFFICIAL USE ONLY\nEmbassy Port Meridian\n"


def written(cable, name):
    stream = io.BytesIO()
    report = write(cable, stream, name)
    return stream.getvalue(), report


def test_a_copy_of_mrkva_is_read_and_replayed():
    assert identify(MRKVA.encode()).format == "mrkva-text"
    cable = read(MRKVA.encode())
    assert cable.record == Record(
        reference_id="31PORTMERIDIAN117",
        created="2031-03-04 09:12:00",
        classification="UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        origin="Embassy Port Meridian",
        subject="HARBOR TALKS: DELAY",
        tags="PREL EWWT",
        extra=(
            ("Wikileaks", "View 31PORTMERIDIAN117 at Port.example"),
            ("Redacted", "This cable was not redacted."),
        ),
    )
    assert [part.id for part in cable.parts] == ["container", "header", "gap", "body", "tail"]
    assert (cable.part("header").text, cable.part("body").text) == (f"{PARTIAL}\n", BODY)
    assert cable.discrepancies() == ()
    assert written(cable, "mrkva-text")[0] == MRKVA.encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("Disclaimer: This site is an example.\n\n", ""),
        lambda text: text.replace(": 31PORT", ":\n31PORT"),
        lambda text: text.replace("Origin: ", "Origin\t"),
        lambda text: text.replace("Redacted: This cable was not redacted.\n", ""),
        lambda text: text.replace("\nOrigin:", "\n\nOrigin:"),
        lambda text: text.partition("\nLatest")[0],
    ],
    ids=["crlf", "no disclaimer", "value below", "tab", "no redaction", "blank rows", "no tail"],
)
def test_layouts_of_mrkva(change):
    data = change(MRKVA).encode()
    cable = read(data, "mrkva-text")
    assert (cable.reference_id, cable.record.origin, cable.record.subject) == (
        "31PORTMERIDIAN117",
        "Embassy Port Meridian",
        "HARBOR TALKS: DELAY",
    )
    assert cable.part("body").text.replace("\r\n", "\n") == BODY
    assert written(cable, "mrkva-text")[0] == data


def test_a_whole_cable_of_mrkva_has_its_header():
    cable = read(MRKVA.replace(PARTIAL, HEADER).encode())
    assert cable.part("header").text == f"{HEADER}\n"
    assert cable.part("body").text == BODY
    assert cable.created.isoformat() == "2031-03-04T09:12:00+00:00"


def test_a_page_of_mrkva_is_read_as_its_copy():
    rows = "".join(
        f"<tr><td>{label}:</td><td>{value}</td></tr>"
        for label, value in (
            ("Identifier", "31PORTMERIDIAN117"),
            ("Wikileaks", "<a href='x'>View 31PORTMERIDIAN117</a> at Port.example"),
            ("Origin", "Embassy Port Meridian"),
            ("Created", "2031-03-04 09:12:00"),
            ("Classification", "UNCLASSIFIED"),
            ("Tags", "<a>PREL</a> <a>EWWT</a>"),
        )
    )
    page = (
        "<!DOCTYPE html>\n<html><head><title>US embassy cable - 31PORTMERIDIAN117</title></head><body>"
        "<h1>US embassy cable - 31PORTMERIDIAN117</h1><p>Disclaimer: This site is <b>an example</b>.</p>"
        f"<h2>HARBOR TALKS: DELAY</h2><table>{rows}</table><pre>{HEADER}\n</pre>\n<pre>\n{BODY}</pre>"
        "<p>Latest source of this page is <a>cablebrowser-2</a>,</p></body></html>"
    )
    assert identify(page.encode()).format == "mrkva"
    cable = read(page.encode())
    copy = read(MRKVA.replace(PARTIAL, HEADER).encode())
    assert (cable.text, cable.record.tags, cable.record.subject) == (copy.text, "PREL EWWT", "HARBOR TALKS: DELAY")
    assert (cable.reference_id, cable.record.created) == ("31PORTMERIDIAN117", "2031-03-04 09:12:00")


@pytest.mark.parametrize("cells", ["<td>{}</td>", "<td><div>{}</div></td>", "<td>\n  {}\n</td>"])
def test_a_page_of_jcvignoli_is_read_as_its_copy(cells):
    values = ("31PORTMERIDIAN117", "2031-03-04 09:12:00", "UNCLASSIFIED", "Embassy Port Meridian")
    labels = "".join(f"<th>{label}</th>" for label in ("Identifier", "Created", "Classification", "Origin"))
    page = (
        "<!DOCTYPE html>\n<html><head><title>Cables</title><link rel='canonical' href='http://port.example/c'></head><body>"
        f"<table><tr>{labels}</tr><tr>{''.join(cells.format(value) for value in values)}</tr></table>"
        "<div>Cable title:&nbsp; </div><p>HARBOR TALKS: DELAY</p><p>Tags:&nbsp; PREL EWWT </p>"
        f"<div><a>pdf</a>&nbsp; <a>how-to read a cable</a></div><div>{PARTIAL}</div><pre>\t\t\t\t\t\t{BODY}</pre></body></html>"
    )
    assert identify(page.encode()).format == "jcvignoli"
    cable = read(page.encode())
    record = cable.record
    assert (record.reference_id, record.created, record.classification, record.origin) == values
    assert (record.subject, record.tags, record.url) == ("HARBOR TALKS: DELAY", "PREL EWWT", "http://port.example/c")
    assert (cable.part("header").text, cable.part("body").text) == (f"{PARTIAL}\n", f"\t\t\t\t\t\t{BODY}")


PLUSD = f"""<!DOCTYPE html>
<html><head><title>PlusD</title><link rel="canonical" href="https://port.example/plusd/cables/31PORTMERIDIAN117_a.html"></head>
<body><table id="synopsis">
<tr><td colspan="2"><div class="s_val">HARBOR TALKS: DELAY</div></td></tr>
<tr><td><div class="s_key">Date:</div><div class="s_val">2031 March 4, 09:12 (Tuesday)</div></td>
<td><div class="s_key">Canonical ID:</div><div class="s_val">31PORTMERIDIAN117_a</div></td></tr>
<tr><td><div class="s_key">Original Classification:</div><div class="s_val">UNCLASSIFIED</div></td>
<td><div class="s_key">Current Classification:</div><div class="s_val">UNCLASSIFIED &amp; OPEN</div></td></tr>
<tr><td><div class="s_key">TAGS:</div><div class="s_val"><a>EWWT - Waterborne Transportation</a> | <a>PREL - Relations</a></div></td>
<td><div class="s_key">From:</div><div class="s_val">Port Meridian</div></td></tr>
</table><div id="tagged-text"><pre>{BODY}</pre></div></body></html>
"""
SIGNED = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\n{PLUSD}-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n"


@pytest.mark.parametrize("page", [PLUSD, SIGNED], ids=["bare", "signed"])
def test_plusd(page):
    assert identify(page.encode()).format == "plusd"
    cable = read(page.encode())
    assert cable.record == Record(
        reference_id="31PORTMERIDIAN117_a",
        created="2031 March 4, 09:12 (Tuesday)",
        classification="UNCLASSIFIED & OPEN",
        origin="Port Meridian",
        subject="HARBOR TALKS: DELAY",
        tags="EWWT - Waterborne Transportation | PREL - Relations",
        url="https://port.example/plusd/cables/31PORTMERIDIAN117_a.html",
        edition="_a",
        extra=(("Original Classification", "UNCLASSIFIED"),),
    )
    assert cable.text == BODY
    assert cable.tags == ("PREL", "EWWT")
    assert cable.created == datetime(2031, 3, 4, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize("edition", ["_a", "_b", "_d", "_e"])
def test_the_edition_is_in_the_name_where_the_page_does_not_say(edition, tmp_path):
    path = tmp_path / f"31PORTMERIDIAN117{edition}.html"
    path.write_text(PLUSD.replace("<link", "<lonk"), encoding="utf-8")
    assert read(path).record.edition == edition


COUNTRY = f"""<!DOCTYPE html>
<html><head><title>Orrin papers</title></head><body><div class="post"><p>Viewing cable 31PORTMERIDIAN117, HARBOR TALKS</p>
<p>If you are new to these pages, please read an introduction on the structure of a cable.</p>
<p>Reference ID Created Released Classification Origin<br />
31PORTMERIDIAN117 2031-03-04 09:12 2041-12-03 21:09 UNCLASSIFIED//FOR OFFICIAL USE ONLY Embassy Port Meridian</p>
<pre>{HEADER}</pre><pre>{BODY}</pre></div></body></html>
"""


@pytest.mark.parametrize(
    "page",
    [COUNTRY, COUNTRY.replace("</pre><pre>", "\n\n").replace("Released ", "Released</th><th> ")],
    ids=["two boxes", "one box"],
)
def test_country_mirrors(page):
    assert identify(page.encode()).format == "country-mirror"
    cable = read(page.encode())
    assert cable.record == Record(
        reference_id="31PORTMERIDIAN117",
        created="2031-03-04 09:12",
        released="2041-12-03 21:09",
        classification="UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        origin="Embassy Port Meridian",
        subject="HARBOR TALKS",
        extra=(("title", "Orrin papers"),),
    )
    assert cable.part("header").text.rstrip() == HEADER
    assert cable.part("body").text == BODY


@pytest.mark.parametrize("header", ["", PARTIAL, HEADER], ids=["none", "extract", "whole"])
def test_dumps_run_header_and_body_together(header):
    data = f"{DUMP}{header}{BODY}".encode()
    assert identify(data).format == "dump-text"
    cable = read(data)
    assert cable.record == Record(
        reference_id="31PORTMERIDIAN117",
        created="2031-03-04 09:12:00",
        classification="UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        origin="Embassy Port Meridian",
        subject="HARBOR TALKS: DELAY",
    )
    assert [part.text for part in cable.parts[1:]] == ([header] if header else []) + [BODY]
    assert written(cable, "dump-text")[0] == data


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("jcvignoli", "'Cable title:'"),
        ("mrkva", "The rows"),
        ("mrkva-text", "The rows"),
        ("plusd", "no table 'synopsis'"),
        ("country-mirror", "no line with the values"),
        ("dump-text", "The five lines"),
        ("webpage", "No telegram stands in it"),
    ],
)
def test_what_is_no_such_page_is_refused_with_its_place(name, words):
    with pytest.raises(FormatError, match=words) as caught:
        list(read_all(b"<html><body>Nothing here</body></html>", name))
    assert caught.value.position


@settings(max_examples=1000)
@given(cable=realistic_cables())
@pytest.mark.parametrize("name", ["mrkva-text", "jcvignoli-text", "dump-text"])
def test_generated_copies_are_read_back_field_by_field(name, cable):
    record = Record(
        reference_id="31PORTMERIDIAN117",
        created=cable.record.created,
        classification="CONFIDENTIAL",
        origin=cable.record.origin,
        subject="HARBOR TALKS: DELAY",
        tags=None if name == "dump-text" else "PREL EWWT",
    )
    cable = Cable(record, (Part("header", "header", f"{PARTIAL}\n"), cable.part("body")))
    data, _ = written(cable, name)
    assert identify(data).format == name
    back = read(data)
    assert back.record == record
    assert [part for part in back.parts if part.role != "container"] == list(cable.parts)


def test_two_mirrors_of_one_cable_have_the_same_wording():
    one, other = read(MRKVA.encode()), read(PLUSD.encode())
    assert one.part("body") == other.part("body")
    assert one.subject == other.subject == "HARBOR TALKS: DELAY"


def test_what_was_looked_at_is_not_kept():
    source = Input.from_bytes(b"<!DOCTYPE html>\n<title>Cable Viewer</title>\n")
    assert identify(source).format == "cablegate"
    seen = weakref.ref(source)
    del source
    gc.collect()
    assert seen() is None
