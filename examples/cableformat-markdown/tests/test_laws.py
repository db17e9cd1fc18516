"""The laws of cableformat, and what this format promises on top of them."""

from __future__ import annotations

import io

import pytest
import yaml
from cableformat import Cable, Part, Record, Report, identify, read, write
from cableformat.testing import cables, check_format
from hypothesis import HealthCheck, example, given, settings

settings.register_profile(
    "here", max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.load_profile("here")


def document(cable):
    stream = io.BytesIO()
    assert write(cable, stream, "markdown").events == []
    return stream.getvalue()


def test_every_law_holds():
    verdict = check_format("markdown", profile="quick")
    assert verdict.passed, str(verdict)


@given(cables())
@example(Cable(parts=(Part("body", "body", "\ufeff```\n````text part=body role=body\r\n\r``` \\\r\\"),)))
@example(Cable(parts=(Part("body", "body", "one \xa0\n\t\n \n\n\\ \\"),)))
def test_line_ends_of_the_file_and_blanks_at_ends_of_lines_mean_nothing(cable):
    data = document(cable)
    crlf = data.replace(b"\n", b"\r\n")
    trimmed = b"\n".join(line.rstrip() for line in data.split(b"\n"))
    for changed in (crlf, data + b"\n\n", data.removesuffix(b"\n"), b"\xef\xbb\xbf" + data, trimmed):
        report = Report()
        assert read(changed, "markdown", report=report) == cable
        assert report.events == []
        assert identify(changed).format == "markdown"


@given(cables())
def test_front_matter_is_yaml_and_says_the_same_to_other_tools(cable):
    front = document(cable).decode().split("\n---\n")[0].removeprefix("---\n")
    said = yaml.safe_load(front)
    assert said.pop("cableformat-markdown") == 1
    extra = tuple(pair for item in said.pop("extra", ()) for pair in item.items())
    source, grammar = said.pop("source", None), said.pop("grammar", "us")
    assert set(said.pop("extensions", {})) == {name for name, _ in cable.extensions}
    assert Record(**said, extra=extra) == cable.record
    assert grammar == cable.grammar
    assert (source is None) == (cable.source is None)


@given(cables())
def test_nothing_in_the_file_is_hidden(cable):
    text = document(cable).decode()
    assert all(char in "\n\t" or char >= " " for char in text)
    assert not any(char in text for char in "\x7f\x85\u2028\u2029\ufeff\u202e\u200b\uffff")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_texts_stay_legible_whatever_ends_their_lines(ends):
    text = ends.join(["UNCLAS PORT MERIDIAN 000117", "", "1. (U) Talks went on.", ""])
    lines = document(Cable(parts=(Part("body", "body", text),))).decode().split("\n")
    at = lines.index("UNCLAS PORT MERIDIAN 000117")
    assert lines[at : at + 4] == ["UNCLAS PORT MERIDIAN 000117", "", "1. (U) Talks went on.", "```"]


def test_notes_of_somebody_are_not_taken_for_a_cable(tmp_path):
    path = tmp_path / "notes.md"
    path.write_bytes(b"---\ntitle: notes\n---\n\ncableformat-markdown: 1\n\nUNCLAS PORT MERIDIAN 000117\n")
    assert identify(path).format == "text"


def test_the_mark_may_stand_anywhere_in_the_front_matter():
    data = document(Cable(Record(created="2031", origin="PORT MERIDIAN")))
    moved = data.replace(b"cableformat-markdown: 1\n", b"", 1).replace(b'IAN"\n', b'IAN"\ncableformat-markdown: 1\n', 1)
    assert identify(moved).format == "markdown"
    assert read(moved) == read(data)
