"""`cableformat validate`, and what stands behind it, with the core's own formats."""

from __future__ import annotations

import io
import json
import sys

import attrs
import pytest

import cableformat
from cableformat import Cable, Format, PluginError, UnknownFormatError, dumps, validate
from cableformat.cli.app import run
from cableformat.registry import Input, Problem, Registry


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.json").write_bytes(dumps(Cable.from_text("1. (U) Talks.")))
    (tmp_path / "bad.json").write_bytes(b'{"cableformat": "1.0", "parts": 3}')
    return tmp_path


def test_a_file_is_valid_or_its_faults_are_named(folder, capsys):
    assert run(["validate", "good.json"]) == 0
    assert capsys.readouterr() == ("good.json: valid\n", "")
    assert run(["validate", "bad.json", "good.json"]) == 1
    assert capsys.readouterr().out == "bad.json:1: parts: Expected array, got int.\ngood.json: valid\n"


def test_faults_as_json(folder, capsys):
    assert run(["validate", "--json", "bad.json", "good.json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert [(one["file"], one["valid"], len(one["problems"])) for one in said] == [
        ("bad.json", False, 1),
        ("good.json", True, 0),
    ]
    assert said[0]["problems"][0]["where"] == "parts"


def test_a_file_that_is_not_there_does_not_stop_the_others(folder, capsys):
    assert run(["validate", "nowhere.json", "good.json"]) != 0
    out, err = capsys.readouterr()
    assert out == "good.json: valid\n"
    assert "nowhere.json" in err


def test_standard_input(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((folder / "good.json").read_bytes())))
    assert run(["validate", "-"]) == 0
    assert capsys.readouterr().out == "-: valid\n"


def test_a_format_without_rules_is_named():
    with pytest.raises(UnknownFormatError, match="The format text has no rules to validate a file against"):
        validate(b"UNCLAS PORT MERIDIAN 000117", "text")


def one_with(monkeypatch, **functions):
    known = Format(name="odd", title="Odd", **functions)
    monkeypatch.setattr("cableformat.conversion.plugins.registry", lambda: Registry((known,)))
    return known


def fails(*_):
    raise ZeroDivisionError("oh")


def leaves(*_):
    raise SystemExit(3)


def finds(_):
    yield Problem("Too long.", line=3, column=4, where="body", rule="At most 9.")


@pytest.mark.parametrize(("function", "said"), [(fails, "ZeroDivisionError: oh"), (leaves, "SystemExit: 3")])
def test_whatever_a_validator_does_names_its_format(monkeypatch, function, said):
    one_with(monkeypatch, validator=function)
    with pytest.raises(PluginError, match=f"The validator of odd failed: {said}"):
        validate(b"x", "odd")


@pytest.mark.parametrize(("function", "said"), [(fails, "ZeroDivisionError: oh"), (leaves, "SystemExit: 3")])
def test_whatever_a_writer_does_names_its_format(monkeypatch, function, said):
    one_with(monkeypatch, writer=function)
    with pytest.raises(PluginError, match=f"The writer of odd failed: {said}"):
        cableformat.write(Cable(), io.BytesIO(), "odd")


def test_a_format_goes_one_way_only(monkeypatch):
    one_with(monkeypatch, writer=fails)
    with pytest.raises(UnknownFormatError, match="odd can be written but not read"):
        cableformat.read(b"x", "odd")
    one_with(monkeypatch, reader=fails)
    with pytest.raises(UnknownFormatError, match="odd can be read but not written"):
        cableformat.write(Cable(), io.BytesIO(), "odd")
    one_with(monkeypatch, reader=lambda *_: iter(["x"]))
    with pytest.raises(PluginError, match="The reader of odd gave a str where a Cable was due"):
        cableformat.read(b"x", "odd")


def test_a_problem_is_a_line_that_editors_understand(folder, capsys, monkeypatch):
    one_with(monkeypatch, validator=finds, reader=fails)
    assert run(["validate", "good.json", "--from", "odd"]) == 1
    assert capsys.readouterr().out == "good.json:3:4: body: Too long. Rule: At most 9.\n"
    assert validate(Input.from_bytes(b"x"), "odd")[0] == attrs.evolve(next(finds(None)))


def test_a_target_that_is_no_file_is_written_to_as_it_is(folder):
    cableformat.write(Cable.from_text("x"), "/dev/null" if sys.platform != "win32" else "NUL", "json")
    with pytest.raises(IsADirectoryError):
        cableformat.write(Cable(), folder, "json")
