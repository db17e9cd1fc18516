"""Volumes of Foreign Relations: one cable a document, notes as parts, numbers pinned, memory flat."""

from __future__ import annotations

import io
import itertools
import tracemalloc

import pytest

from cableformat import CardinalityError, FormatError, Input, Report, identify, read, read_all, validate, write

NAMESPACES = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"'
OPENING = f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI {NAMESPACES} xml:id="frus2030v1">
  <teiHeader><fileDesc>
    <titleStmt><title type="complete">The Harbor Question</title></titleStmt>
    <publicationStmt><publisher>An Office</publisher></publicationStmt><sourceDesc><p/></sourceDesc>
  </fileDesc></teiHeader>
  <text><body><div type="chapter"><head>Talks</head>
"""
DOCUMENT = """
    <div type="document" subtype="historical-document" n="{n}" xml:id="d{n}" frus:doc-dateTime-min="2031-03-04T09:12:00Z">
      <head>{n}. Telegram From the Embassy in Port Meridian to the Department of
         State<note n="1" xml:id="d{n}fn1" type="source">Source: A box. <gloss target="#t">Secret</gloss>.</note></head>
      <opener><dateline><placeName>Port Meridian</placeName>, <date when="2031-03-04T09:12:00">March 4, 2031, 0912Z</date>.</dateline></opener>
      <p>117. Subject: Dredging. Ref: State 4410.</p>
      <p>1. Minister <persName corresp="#p_O">Orleo</persName>’s aide agrees.<note n="2">See <ref target="#x">below</ref>.</note>
        He will si<pb n="12" facs="0012"/>gn.</p>
      <list type="ordered"><item>The dues rise.</item><item>The basin <p>is deepened.</p></item></list>
      <list><item>a mole</item><item>a light</item></list>
      <list><label>(4)</label><item>Pilots stay.</item><label>5.</label><item>Tugs go.</item></list>
      <list><item>6. The Embassy waits.</item></list>
      <closer><signed><persName>Halloway</persName></signed></closer>
      <frus:attachment xml:id="d{n}a1"><head>Attachment</head><p>A chart.</p></frus:attachment>
    </div>
"""
CLOSING = "</div></body></text></TEI>\n"


def volume(count=2):
    documents = "".join(DOCUMENT.replace("{n}", str(n)) for n in range(1, count + 1))
    return f"{OPENING}{documents}{CLOSING}".encode()


@pytest.fixture(scope="module")
def cable():
    return next(read_all(volume()))


def test_a_volume_is_recognised():
    detection = identify(volume())
    assert (detection.format, detection.confidence.name) == ("frus", "DIALECT")


def test_each_document_is_a_cable():
    report = Report()
    cables = list(read_all(volume(3), report=report))
    assert [c.source.position for c in cables] == ["d1", "d2", "d3"]
    assert [(event.kind, event.path, event.cable) for event in report.events] == [
        ("altered", "parts", i) for i in range(3)
    ]
    with pytest.raises(CardinalityError):
        read(volume(3))


def test_the_text_is_laid_out(cable):
    assert cable.part("head").text == "1. Telegram From the Embassy in Port Meridian to the Department of State"
    assert cable.part("body").text == (
        "Port Meridian, March 4, 2031, 0912Z.\n\n117. Subject: Dredging. Ref: State 4410.\n\n"
        "1. Minister Orleo’s aide agrees. He will sign.\n\nThe dues rise.\nThe basin\n\nis deepened.\n\na mole\na light\n\n"
        "(4) Pilots stay.\n5. Tugs go.\n\n6. The Embassy waits.\n\nHalloway\n\nAttachment\n\nA chart."
    )


def test_the_record_is_what_volume_and_document_say(cable):
    record = cable.record
    assert (record.created, record.origin) == ("2031-03-04T09:12:00", "Embassy in Port Meridian")
    assert (record.publisher, record.subject) == ("An Office", cable.part("head").text)
    assert dict(record.extra) == {
        "volume": "frus2030v1",
        "volume title": "The Harbor Question",
        "document": "d1",
        "document number": "1",
        "document type": "historical-document",
        "telegram number": "117",
    }


def test_notes_are_parts_and_annotated(cable):
    assert [(p.id, p.text) for p in cable.parts if p.role == "note"] == [
        ("note-1", "Source: A box. Secret."),
        ("note-2", "See below."),
    ]
    found = {(n.kind, n.part, cable.text_at(n.where)) for n in cable.annotations}
    assert {("tei.gloss", "note-1", "Secret"), ("name.person", "body", "Orleo"), ("tei.pb", "body", "")} <= found
    assert ("number.telegram", "body", "117") in found


def test_the_numbers_of_items_are_pinned(cable):
    stated = {}
    for note in cable.annotations:
        if note.kind == "structure.paragraph":
            stated[cable.text_at(note.where).split("\n")[0]] = dict(note.attributes).get("number")
    assert stated["The dues rise."] == "1"
    assert stated["The basin"] == "2"
    assert stated["(4) Pilots stay."] == "4"
    assert "a mole" not in stated
    seen = {paragraph.text: paragraph.number for paragraph in cable.paragraphs}
    assert stated.get("6. The Embassy waits.", seen.get("6. The Embassy waits.")) in {"6", 6}


def test_a_document_becomes_tei_of_our_own_and_comes_back(cable):
    stream = io.BytesIO()
    write(cable, stream, "tei")
    assert validate(stream.getvalue()) == ()
    assert read(stream.getvalue()) == cable


def test_a_number_that_is_a_paragraphs_is_not_the_telegrams():
    plain = volume(1).replace(b"<p>117. Subject", b"<p>1. Subject").replace(b"<p>1. Minister", b"<p>2. Minister")
    assert "telegram number" not in dict(read(plain).record.extra)
    memorandum = volume(1).replace(b"Telegram", b"Memorandum")
    assert "telegram number" not in dict(read(memorandum).record.extra)


def test_a_volume_without_documents_is_refused():
    with pytest.raises(FormatError, match="holds no document"):
        list(read_all(f"{OPENING}{CLOSING}".encode(), "frus"))


def test_what_stands_before_a_fault_is_read():
    data = volume(2000)
    broken = data[: len(data) * 3 // 4] + b"</wrong>"
    count = 0

    def read_on():
        nonlocal count
        for _ in read_all(broken, "frus"):
            count += 1

    with pytest.raises(FormatError, match=r"line \d+, column \d+: Not well-formed") as error:
        read_on()
    assert count > 1000
    assert error.value.line > 1000


class Endless(io.RawIOBase):
    """A volume that is made while it is read."""

    def __init__(self, count):
        self._pieces = itertools.chain(
            [OPENING], (DOCUMENT.replace("{n}", str(n)) for n in range(1, count + 1)), [CLOSING]
        )
        self._rest = b""

    def readable(self):
        return True

    def readinto(self, buffer):
        while len(self._rest) < len(buffer):
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._rest += piece.encode()
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def peak(count):
    source = Input(lambda: io.BufferedReader(Endless(count)))
    source.__dict__["sha256"] = "0" * 64
    tracemalloc.start()
    read_count = sum(1 for _ in read_all(source, "frus"))
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read_count == count
    return size


def test_memory_does_not_grow_with_the_volume():
    assert peak(1500) < peak(500) * 1.2 + 200_000


def test_the_sample_is_read(shared):
    (path,) = (shared / "samples" / "frus").glob("*.xml")
    cable = read(path)
    assert cable.source.format == "frus"
    assert cable.record.created == "1971-05-16T12:30:00"
    assert dict(cable.record.extra)["telegram number"] == "1406"
    assert [paragraph.number for paragraph in cable.paragraphs if paragraph.number] == [1, 2, 3, 4]
    assert sum(part.role == "note" for part in cable.parts) == 3
