"""What tools do to a document's white space changes nothing."""

from __future__ import annotations

import io
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cableformat import Annotation, Cable, Part, Report, dumps, identify, read, write
from cableformat.testing import cables, realistic_cables

TEI = "{http://www.tei-c.org/ns/1.0}"


def document(cable):
    stream = io.BytesIO()
    write(cable, stream, "tei")
    return stream.getvalue()


def parse(data, **options):
    return etree.fromstring(data, etree.XMLParser(huge_tree=True, **options)).getroottree()


def pretty(data):
    return etree.tostring(
        parse(data, remove_blank_text=True), pretty_print=True, xml_declaration=True, encoding="UTF-8"
    )


def indented(data):
    tree = parse(data)
    etree.indent(tree, "\t")
    return etree.tostring(tree, encoding="UTF-8")


def indented_after_stripping(data):
    tree = parse(data, remove_blank_text=True)
    etree.indent(tree, "        ")
    return etree.tostring(tree, encoding="US-ASCII")


def canonical(data):
    return etree.tostring(parse(data), method="c14n2")


def canonical_and_stripped(data):
    return etree.canonicalize(data.decode(), strip_text=True).encode()


def crlf(data):
    return data.replace(b"\n", b"\r\n")


def utf_16(data):
    return etree.tostring(parse(data), encoding="UTF-16")


def hostile(data):
    """Every white space that means nothing is made another: at the ends of text nodes, and between words."""
    chance = random.Random(7)  # noqa: S311 - the same disorder every time

    def blanks():
        return chance.choice(["\n", "\t", "   ", "\n\n    ", " \r", " "])

    def worked(text):
        words = (text or "").strip(" \t\r\n")
        if not words:
            return blanks()
        return blanks() + re.sub("[ \t\r\n]+", lambda _: blanks(), words) + blanks()

    tree = parse(data)
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.text = worked(element.text)
            for child in element:
                child.tail = worked(child.tail)
    return etree.tostring(tree, encoding="UTF-8")


WORKED = [pretty, indented, indented_after_stripping, canonical, canonical_and_stripped, crlf, utf_16, hostile]
each = pytest.mark.parametrize("worked", WORKED, ids=lambda f: f.__name__)


def same(cable, data):
    report = Report()
    back = read(data, "tei", report=report)
    assert back == cable
    assert report.events == []


@each
@given(st.one_of(cables(), realistic_cables()))
def test_any_cable_survives(worked, cable):
    same(cable, worked(document(cable)))


@each
def test_the_seed_is_the_same_by_way_of_tei(worked, seed_path):
    cable = read(seed_path)
    assert dumps(read(document(cable))) == dumps(cable)
    assert dumps(read(worked(document(cable)), "tei")) == dumps(cable)


@each
def test_the_example_is_the_same_by_way_of_tei(worked, example):
    same(example, worked(document(example)))


@pytest.mark.parametrize("worked", [f for f in WORKED if f is not utf_16], ids=lambda f: f.__name__)
def test_a_worked_document_still_marks_itself(worked, example):
    detection = identify(worked(document(example)))
    assert (detection.format, detection.confidence.name) == ("tei", "EXACT")


def test_a_long_line_is_one_text_node():
    line = "word after word, " * 100_000
    same(Cable.from_text(line), document(Cable.from_text(line)))


def test_comments_and_instructions_are_no_text(example):
    data = document(example).replace(b"Summary: ", b"Sum<!-- mary -->mary: <?x y?>")
    assert read(data) == example


def test_a_pair_split_by_an_annotation_stays_a_pair():
    cable = Cable(parts=(Part("body", "body", "a\r\n\r\nb"),), annotations=(Annotation("body", 2, 4, "x"),))
    same(cable, document(cable))
