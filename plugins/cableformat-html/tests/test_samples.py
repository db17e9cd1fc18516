"""Real pages and copies, where a machine has them."""

from __future__ import annotations

import io
import re

import pytest

from cableformat import Cable, dumps, identify, loads, read, write
from cableformat.fidelity import diff, project
from cableformat.plugins import registry


def copied(cable, name):
    stream = io.BytesIO()
    report = write(cable, stream, name)
    return stream.getvalue(), report


@pytest.mark.parametrize(
    ("name", "record", "clock"),
    [
        ("09STATE63812", ("2009-06-19 16:04", "2010-12-03 21:09", "Secretary of State"), "2009-06-19T16:00"),
        ("66BUENOSAIRES2481", ("1966-12-28 18:06", "2010-11-28 18:06", "Embassy Buenos Aires"), "1966-12-28T18:48"),
    ],
)
def test_cablegate_pages(shared, name, record, clock):
    path = shared / "samples" / "cablegate" / f"{name}.html"
    assert identify(path).format == "cablegate"
    cable = read(path)
    said = cable.record
    assert (said.reference_id, said.classification) == (name, "UNCLASSIFIED")
    assert (said.created, said.released, said.origin) == record
    assert cable.created.isoformat().startswith(clock)
    assert [found.field for found in cable.discrepancies()] == ["created"]
    page = path.read_bytes()
    pres = re.findall(rb"<pre>.*?</pre>", page, re.DOTALL)
    data, report = copied(cable, "cablegate")
    assert [re.sub(rb"<a [^>]*>", b"<a>", pre) for pre in re.findall(rb"<pre>.*?</pre>", data, re.DOTALL)] == [
        re.sub(rb"<a [^>]*>", b"<a>", pre) for pre in pres
    ]
    assert {event.path.partition(".")[0] for event in report.events} == {"source"}


def test_a_copy_of_mrkva(shared):
    path = shared / "samples" / "mrkva" / "05ALMATY1720_id31963_layout_A.txt"
    assert identify(path).format == "mrkva-text"
    cable = read(path)
    assert cable.record.reference_id == "05ALMATY1720"
    assert cable.record.subject.endswith("ACTIVISTS")
    assert copied(cable, "mrkva-text")[0] == path.read_bytes()
    tail = (shared / "samples" / "mrkva" / "page_tail.txt").read_bytes()
    whole = path.read_bytes() + tail
    assert read(whole, "mrkva-text").part("body").text.endswith("CAMP \n")
    assert copied(read(whole, "mrkva-text"), "mrkva-text")[0] == whole


def test_two_mirrors_of_one_cable_have_the_same_wording(shared):
    one = read(shared / "samples" / "mrkva" / "05ALMATY1720_id31963_layout_A.txt")
    other = read(shared / "samples" / "jcvignoli" / "05ALMATY1720_newer_template.txt")
    assert one.part("header") == other.part("header")
    assert (one.reference_id, one.created, one.origin, one.classification, one.subject) == (
        other.reference_id,
        other.created,
        other.origin,
        other.classification,
        other.subject,
    )
    assert set(one.tags) == set(other.tags)


def test_the_oddities_of_cablegate(shared):
    """Each real excerpt, put where it was found: in a page's pre."""
    text = (shared / "samples" / "cablegate" / "oddities_markup_snippets.txt").read_text(encoding="utf-8")
    found = [section.partition("\n")[2].rstrip("\n") for section in text.split("### ")[1:]]
    assert len(found) >= 5
    for excerpt in found:
        page = f"<html><title>Cable Viewer</title><h3>Viewing cable X, </h3><code><pre>{excerpt}</pre></code></html>"
        body = read(page.encode(), "cablegate").part("body").text
        assert "&#x000A;" not in body
        assert not re.search(r"<br|<a |<strong", body.rpartition("\n")[0])


def test_the_seed_goes_through_cablegate(seed_path):
    seed = read(seed_path)
    data, report = copied(seed, "cablegate")
    back = loads(dumps(read(data)))
    keeps = registry().get("cablegate").keeps
    assert keeps.covers(seed)
    assert diff(project(seed, keeps), project(back, keeps)) == ()
    assert sorted((event.kind, event.path) for event in report.events) == sorted(diff(seed, back))
    assert back.reference_id == seed.reference_id
    assert isinstance(back, Cable)
