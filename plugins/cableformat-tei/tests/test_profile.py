"""Whatever is written is valid, in the profile and in TEI; whatever is not is named."""

from __future__ import annotations

import io

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cableformat import Annotation, BlockKind, Cable, read, validate, write
from cableformat.cli.app import cableformat as command
from cableformat.cli.app import run
from cableformat.testing import cables, realistic_cables
from cableformat_tei import profile
from cableformat_tei.names import ATTRIBUTES, CHOICES, EMPTY, INLINE, VALUES


def document(cable):
    stream = io.BytesIO()
    write(cable, stream, "tei")
    return stream.getvalue()


@st.composite
def annotated(draw):
    """A cable with annotations of the kinds that have elements of their own, some with attributes that fit."""
    cable = draw(st.one_of(cables(), realistic_cables()))
    if not cable.parts:
        return cable
    notes = []
    for _ in range(draw(st.integers(0, 4))):
        part = draw(st.sampled_from(cable.parts))
        ends = st.integers(0, len(part.text))
        start, end = sorted((draw(ends), draw(ends)))
        kind = draw(st.sampled_from([*INLINE, *CHOICES, *EMPTY, "note", "structure.paragraph"]))
        name = draw(st.sampled_from([*VALUES, *(better for _, better in CHOICES.values()), "part"]))
        said = st.sampled_from(["high", "#a", "https://x.example/a", "Ines", "2031-03-04", "cut", part.id])
        notes.append(Annotation(part.id, start, end, kind, ((name, draw(said)),)))
    return attrs.evolve(cable, annotations=(*cable.annotations, *notes))


@given(annotated())
def test_whatever_is_written_is_valid_in_the_profile_and_comes_back(cable):
    data = document(cable)
    assert validate(data, "tei") == ()
    assert read(data, "tei") == cable


@given(annotated())
def test_whatever_is_written_is_valid_tei(shared, cable):
    schema = pruned(shared)
    tree = etree.fromstring(document(cable), etree.XMLParser(huge_tree=True))
    assert schema.validate(tree), schema.error_log


_schemas = {}


def pruned(shared):
    if "pruned" not in _schemas:
        _schemas["pruned"] = etree.RelaxNG(etree.parse(shared / "schema" / "tei_cable_pruned.rng"))
    return _schemas["pruned"]


def everything():
    """A cable that uses whatever the writer can put down."""
    text = (
        "R 040912Z MAR 31\nFM AMEMBASSY PORT MERIDIAN\nTO SECSTATE WASHDC PRIORITY 2210\nINFO AMEMBASSY SAINT ORRIN\n\n"
        "C O N F I D E N T I A L PORT MERIDIAN 000117\n\nSIPDIS\n\nE.O. 12958: DECL: 03/04/2041\nTAGS: PREL, EWWT\n"
        "SUBJECT: HARBOR TALKS\n\nREF: A. 31 STATE 4410\n\nClassified By: CDA Ines Halloway for reason 1.4 (d).\n\n"
        "The Talks\n---------\n\n1. (C) Minister Orleo  agrees.\x07\r\n\tHe said so.\n\x0c\n"
        "PORT MERI 00000117  002 OF 002\n\n2. (S/NF) He does not.\n\nHALLOWAY\nNNNN\n"
    )
    cable = Cable.from_text(text, reference_id="31PORTMERIDIAN117")
    name = text.index("Orleo")
    return attrs.evolve(
        cable,
        record=attrs.evolve(cable.record, publisher="An archive", rights="None.", extra=(("a", "b\n"),)),
        parts=(*cable.parts, attrs.evolve(cable.parts[0], id="n1", role="note", text="A note.")),
        annotations=(
            Annotation("body", name, name + 5, "name.person", (("key", "orleo"),)),
            Annotation("body", name, name + 5, "correction", (("corr", "Orlea\n"),)),
            Annotation("body", name + 2, name + 12, "doubt", (("by", "an\teditor"),)),
            Annotation("body", name, name, "note", (("part", "n1"),)),
            Annotation("body", name, name, "tei.pb", (("n", "3"),)),
        ),
        extensions={"x": '{"a":1}'},
    )


def test_everything_is_valid_and_comes_back():
    data = document(everything())
    assert validate(data) == ()
    assert read(data) == everything()
    for element in (b"<opener>", b"<closer>", b"<head>", b"<trailer>", b"<fw ", b"<persName ", b"<choice ", b"<ptr "):
        assert element in data
    assert b"<standOff>" in data


def test_everything_is_valid_in_all_of_tei(shared):
    schema = etree.RelaxNG(etree.parse(shared / "schema" / "tei_all.rng"))
    for cable in (everything(), Cable()):
        assert schema.validate(etree.fromstring(document(cable))), schema.error_log


def test_the_example_of_the_encoding_is_valid_tei(shared):
    assert pruned(shared).validate(etree.parse(shared / "schema" / "example.tei.xml"))


def test_the_profile_knows_every_kind_of_block():
    assert set(BlockKind) == profile._types("ab")


def test_the_profile_knows_every_element_and_attribute():
    assert set(INLINE.values()) <= profile._content("p").elements.keys()
    assert {name for names in ATTRIBUTES.values() for name in names} <= VALUES.keys()


BROKEN = {
    "an unknown element": ('<p n="2"', '<para n="2"', None, "mismatched tag"),
    "a kind of block": ('type="authority"', 'type="author"', "ab", "attributes"),
    "a statement": ('<note type="created"', '<note type="creatd"', "note", "creatd"),
    "a number of blanks": ('unit="tab" quantity="6"', 'unit="tab" quantity="999"', "space", "999"),
    "a pointer": ('ana="#mark-SBU"', 'ana="#mark-S"', "p", "points to #mark-S"),
    "a hash": ('subtype="text">', 'subtype="text">z', "idno", "idno"),
    "loose text": ("</p>\n<lb/>", "</p>loose\n<lb/>", "div", "outside any block"),
    "an element between blocks": ("</p>\n<lb/>", "</p><q/>\n<lb/>", "div", "q has no place in div"),
    "two parts of a name": ('n="header" type', 'n="body" type', "milestone", "named 'body'"),
    "no mark": ('subtype="cableformat-1"', 'subtype="other"', "TEI", "profile"),
    "an entity": ("<TEI ", '<!DOCTYPE TEI [<!ENTITY a "b">]><TEI ', None, "document type"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_wrong_is_said_with_line_element_and_rule(case, example):
    old, new, element, words = BROKEN[case]
    good = document(example).decode()
    body = good.index("<text>")
    at = body if old.startswith("</p>") else 0
    bad = good[:at] + good[at:].replace(old, new, 1)
    assert bad != good
    problems = validate(bad.encode(), "tei")
    found = [problem for problem in problems if words in problem.message]
    assert found, problems
    if element is not None and found[0].where is not None:
        assert found[0].where == element
        assert found[0].rule
    place = next(i for i in range(len(bad)) if good[i] != bad[i])
    # A closing tag that does not fit, and the second of two names, are noticed where they stand.
    assert 0 <= found[0].line - (bad.count("\n", 0, place) + 1) <= 6


def test_the_command_says_what_is_wrong(tmp_path, example):
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_bytes(document(example))
    bad.write_bytes(document(example).replace(b'type="authority"', b'type="author"'))
    result = CliRunner().invoke(command, ["validate", str(good)], standalone_mode=False)
    assert (result.return_value, "good.xml: valid" in result.stdout) == (0, True)
    result = CliRunner().invoke(command, ["validate", str(good), str(bad)], standalone_mode=False)
    assert result.return_value == 1
    assert re_line(result.stdout, "bad.xml") == 82


def re_line(output, name):
    line = next(line for line in output.splitlines() if name in line)
    return int(line.partition(f"{name}:")[2].partition(":")[0])


def test_the_command_names_a_format_without_rules(example_path, capsys):
    assert run(["validate", str(example_path)]) == 2
    assert "has no rules" in capsys.readouterr().err
