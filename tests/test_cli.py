"""The command, as a person or a script uses it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from cableformat import Cable, Event, dumps, read, write
from cableformat.cli import output
from cableformat.cli.app import run

CABLE = Cable.from_text("UNCLAS PORT MERIDIAN 000117\n\n1. (U) Talks went on.\n", created="2031-03-04 09:12:00")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_bytes(dumps(CABLE))
    (tmp_path / "two.jsonl").write_bytes(dumps(CABLE, compact=True) * 2)
    return tmp_path


def test_convert_to_a_file(folder, capsys):
    assert run(["convert", "a.json", "-o", "b.html"]) == 0
    assert read(folder / "b.html") == CABLE
    assert capsys.readouterr() == ("", "")


def test_what_is_lost_is_listed(folder, capsys):
    assert run(["convert", "a.json", "-o", "b.txt"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "record.created" in err
    assert all(len(line) <= 80 for line in err.splitlines())


def test_strict(folder, capsys):
    (folder / "b.txt").write_text("old")
    assert run(["convert", "a.json", "-o", "b.txt", "--strict"]) == 3
    assert "record.created (lost)" in " ".join(capsys.readouterr().err.split())
    assert (folder / "b.txt").read_text() == "old"
    assert run(["convert", "a.json", "-o", "b.html", "--strict"]) == 0


def test_how_much_may_be_lost(folder, capsys):
    for allowed, code in (("none", 3), ("layout", 3), ("any", 0)):
        assert run(["convert", "a.json", "-o", "b.txt", "--max-loss", allowed]) == code
        assert os.path.exists("b.txt") == (code == 0)
    assert run(["convert", "a.json", "-o", "b.txt", "--max-loss", "some"]) == 2
    assert "'some' is not one of 'none', 'layout', 'any'" in capsys.readouterr().err


def test_events_as_json(folder):
    assert run(["convert", "a.json", "-o", "b.txt", "--report", "events.json"]) == 0
    events = json.loads((folder / "events.json").read_text("utf-8"))
    assert [(event["file"], event["kind"], event["path"], event["layout"]) for event in events] == [
        ("b.txt", "lost", "record.created", False),
        ("b.txt", "added", "source", False),
    ]
    assert all(event["reason"] for event in events)
    assert run(["convert", "a.json", "-o", "b\u2028.txt", "--report", "odd.json"]) == 0  # JSON leaves U+2028 as it is
    text = (folder / "odd.json").read_bytes().decode()
    assert text == f"{json.dumps(json.loads(text), ensure_ascii=False, indent=2)}\n"
    assert run(["convert", "a.json", "-o", "c.txt", "--strict", "--report", "refused.json"]) == 3
    assert [{**event, "file": "b.txt"} for event in json.loads((folder / "refused.json").read_text())] == events
    assert run(["convert", "a.json", "-o", "d.html", "--report", "nothing.json"]) == 0
    assert json.loads((folder / "nothing.json").read_text()) == []
    assert run(["convert", "a.json", "-o", "out/", "--to", "text", "--report", "missing/events.json"]) == 5


def test_a_report_replaces_no_file_of_the_conversion(folder, capsys):
    before = (folder / "a.json").read_bytes()
    for report in ("a.json", "./b.txt", str(folder / "b.txt")):
        assert run(["convert", "a.json", "-o", "b.txt", "--report", report]) == 2
        assert "which it would replace" in " ".join(capsys.readouterr().err.split())
    assert (folder / "a.json").read_bytes() == before
    assert not (folder / "b.txt").exists()


def test_many_files_into_one_and_into_a_folder(folder):
    assert run(["convert", "a.json", "two.jsonl", "-o", "all.jsonl"]) == 0
    assert (folder / "all.jsonl").read_bytes() == dumps(CABLE, compact=True) * 3
    os.mkdir("sub")
    (folder / "sub" / "A.json").write_bytes(dumps(Cable()))
    assert run(["convert", "a.json", "sub/A.json", "two.jsonl", "-o", "out/", "--to", "json"]) == 0
    names = sorted(os.listdir("out"))
    assert names == ["A-2.json", "a.json", "two-31PORTMERIDIAN117-2.json", "two-31PORTMERIDIAN117.json"]
    assert read("out/A-2.json") == Cable()


def test_one_bad_file_does_not_stop_the_others(folder, capsys):
    (folder / "bad.json").write_text('{"cableformat": "9.0"}')
    assert run(["convert", "bad.json", "missing.json", "a.json", "-o", "out", "--to", "html"]) == 1
    assert os.listdir("out") == ["a.html"]
    assert "schema version 9.0" in " ".join(capsys.readouterr().err.split())


def test_options(folder, capsys):
    assert run(["convert", "a.json", "-o", "b.html", "-O", "embed=false"]) == 0
    assert b"vnd.cableformat" not in (folder / "b.html").read_bytes()
    assert run(["convert", "a.json", "-o", "c.html", "-O", "embed=perhaps"]) == 2
    assert run(["convert", "a.json", "-o", "c.html", "-O", "colour=red"]) == 2
    assert "It has: embed" in capsys.readouterr().err
    assert not os.path.exists("c.html")


def test_options_of_the_format_that_is_read(folder, capsys):
    cable = Cable.from_text("".join(f"{number}. (U) Talks went on.\n\n" for number in range(1, 40)))
    write(cable, folder / "a.pdf")
    for command in (["convert", "a.pdf", "-o", "b.json"], ["inspect", "a.pdf"]):
        assert run([*command, "-I", "max_pages=1"]) == 1
        assert "raise the limit: -I max_pages=2." in " ".join(capsys.readouterr().err.split())
        assert run([*command, "-I", "max_pages=2"]) == 0
        assert run([*command, "-I", "colour=red"]) == 2
        assert "It has:" in capsys.readouterr().err
    assert read(folder / "b.json") == cable


def test_standard_input_and_output(folder):
    done = subprocess.run(
        [sys.executable, "-m", "cableformat", "convert", "-", "-o", "-", "--to", "text"],
        input=dumps(CABLE),
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == CABLE.text


@pytest.mark.skipif(os.name == "nt", reason="played for Windows in test_platforms.py")
@pytest.mark.parametrize(
    "arguments",
    [["inspect", "a.json"], ["convert", "a.json", "-o", "-", "--to", "jsonl"], ["formats", "--json"], ["formats"]],
    ids=" ".join,
)
def test_a_reader_that_has_gone_is_no_error(folder, arguments):
    """Also of what click or rich would end with 1, which says bad input."""
    done = with_a_closed_pipe(arguments, "stdout")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="POSIX alone has EPIPE")
def test_where_nobody_reads_what_is_said_the_exit_code_and_the_report_tell(folder):
    assert with_a_closed_pipe(["convert", "a.json", "-o", "b.txt", "--strict"], "stderr").returncode == 3
    assert with_a_closed_pipe(["inspect", "missing"], "stderr").returncode == 5
    assert with_a_closed_pipe(["convert", "a.json", "-o", "b.txt", "--report", "r.json"], "stderr").returncode == 0
    assert json.loads((folder / "r.json").read_text())


def with_a_closed_pipe(arguments, stream):
    reader, writer = os.pipe()
    os.close(reader)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: writer}
    try:
        return subprocess.run([sys.executable, "-m", "cableformat", *arguments], **streams, text=True, check=False)
    finally:
        os.close(writer)


BAD = {
    "empty.txt": (b"", ["inspect", "empty.txt"], 1, "The input is empty"),
    "picture.png": (b"\x89PNG\r\n\x1a\n\0\0", ["inspect", "picture.png"], 1, "No installed format recognises it"),
    "truncated.json": (dumps(CABLE)[:60], ["convert", "truncated.json", "-o", "old.html"], 1, "Not valid JSON"),
    "newer.json": (b'{\n"cableformat": "2.0"}', ["convert", "newer.json", "-o", "old.html"], 1, "Upgrade cableformat"),
    "plain.html": (
        b"<html><p>Hello</p></html>",
        ["convert", "plain.html", "-o", "old.html"],
        1,
        "No telegram stands in it",
    ),
    "directory": (None, ["inspect", "."], 5, "Is a directory"),
    "missing": (None, ["convert", "missing.json", "-o", "old.html"], 5, "missing.json: No such file"),
    "no-folder": (None, ["convert", "a.json", "-o", "no/such/b.html"], 5, "No such file or directory"),
    "two-in-one": (None, ["convert", "two.jsonl", "-o", "old.html"], 2, "holds one cable, and there is more than one"),
    "unknown-format": (None, ["convert", "a.json", "-o", "old.html", "--to", "nonesuch"], 2, "There is no format"),
    "no-such-command": (None, ["nonesuch"], 2, "No such command"),
}


@pytest.mark.parametrize(("data", "arguments", "code", "words"), BAD.values(), ids=BAD.keys())
def test_bad_input_gets_a_paragraph_and_changes_nothing(folder, capsys, data, arguments, code, words):
    (folder / "old.html").write_text("old")
    if data is not None:
        (folder / arguments[1]).write_bytes(data)
    before = sorted(os.listdir(folder))
    assert run(arguments) == code
    out, err = capsys.readouterr()
    assert words in " ".join(err.split())
    assert "Traceback" not in out + err
    assert (folder / "old.html").read_text() == "old"
    assert sorted(os.listdir(folder)) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom the system refuses")
def test_an_unwritable_target(folder, capsys):
    (folder / "old.html").write_text("old")
    (folder / "old.html").chmod(0o444)
    assert run(["convert", "a.json", "-o", "old.html"]) == 5
    assert "read-only" in capsys.readouterr().err


def test_an_error_names_its_file(folder, capsys, monkeypatch):
    (folder / "empty").write_bytes(b"")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    (folder / "bare.txt").write_text(CABLE.text)
    assert run(["validate", "bare.txt", str(folder / "empty"), "-"]) == 2
    err = " ".join(capsys.readouterr().err.split())
    assert "bare.txt: The format text has no rules" in err
    assert "cableformat: empty, byte 0: The input is empty" in err
    assert "standard input: byte 0: The input is empty" in err


def test_any_value_of_columns_is_a_width(folder, capsys, monkeypatch):
    for columns in ("", "0", "many", "-1", "80"):
        monkeypatch.setenv("COLUMNS", columns)
        assert run(["identify", "missing"]) == 5
        assert capsys.readouterr().err == "cableformat: missing: No such file or directory.\n"


def test_standard_output_needs_a_format(folder, capsys):
    assert run(["convert", "a.json", "-o", "-"]) == 2
    assert "name it with --to" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode there")
def test_names_that_are_no_utf8(folder, capsysbinary):
    name = os.fsdecode(b"n\xe4me.json")
    (folder / name).write_bytes(dumps(CABLE))
    assert run(["identify", "--json", name]) == 0
    assert json.loads(capsysbinary.readouterr().out)[0]["file"] == name
    event = Event("lost", "record.created", "no place for it")
    output.write_events(folder / "r.json", [(name, [event])])
    assert json.loads((folder / "r.json").read_text("utf-8"))[0]["file"] == name
    assert run(["identify", os.fsdecode(b"m\xe4.json")]) == 5


def test_with_the_format_named_nothing_is_something(folder):
    (folder / "none").write_bytes(b"")
    assert run(["convert", "none", "--from", "jsonl", "-o", "b.jsonl"]) == 0
    assert (folder / "b.jsonl").read_bytes() == b""
    assert run(["convert", "none", "--from", "text", "-o", "b.json"]) == 0
    assert read("b.json").text == ""


def test_identify(folder, capsys):
    assert run(["identify", "a.json", "two.jsonl", "missing"]) == 5
    out = capsys.readouterr().out
    assert "EXACT" in out
    assert run(["identify", "--json", "a.json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["format"], found["confidence"]) == ("json", "EXACT")


def test_inspect_for_people_and_programs(example_path, capsysbinary):
    assert run(["inspect", str(example_path)]) == 0
    out = capsysbinary.readouterr().out.decode()
    assert "31PORTMERIDIAN117  (partial extract)" in out
    assert "2031-03-04T09:12:00Z  [record.created]" in out
    assert "[broken" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert run(["inspect", "--json", str(example_path)]) == 0
    facts = json.loads(capsysbinary.readouterr().out)
    assert facts["reference_id"] == "31PORTMERIDIAN117"
    assert facts["where"]["created"] == {"raw": "2031-03-04 09:12:00", "where": "record.created"}
    assert [p["number"] for p in facts["paragraphs"]] == [1, 2, 3, 4, 5, 6]
    assert run(["inspect", "--json", str(example_path), str(example_path)]) == 0
    assert len(json.loads(capsysbinary.readouterr().out)) == 2


def test_no_control_reaches_the_terminal(folder, capsys):
    (folder / "evil.txt").write_text("UNCLAS PORT MERIDIAN 000117\n\n1. (U) \x1b[31mred\x07 [bold]x[/bold] \u202e\n")
    assert run(["inspect", "evil.txt"]) == 0
    out = capsys.readouterr().out
    assert "\x1b[31m" not in out
    assert "\u202e" not in out
    assert "[bold]x[/bold]" in out


def test_formats_and_plugins(capsys):
    assert run(["formats"]) == 0
    out = capsys.readouterr().out
    assert "jcvignoli-text" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert run(["formats", "html"]) == 0
    assert "embed=true" in capsys.readouterr().out
    assert run(["formats", "nonesuch"]) == 2
    assert run(["plugins", "--json"]) == 0


def test_help_and_version(capsys):
    for arguments in (["--help"], ["convert", "--help"], ["inspect", "-h"], ["--version"]):
        assert run(arguments) == 0
    assert "Exit codes" in capsys.readouterr().out


def test_bytes_in_memory_have_a_name_for_none():
    assert read(io.BytesIO(dumps(CABLE))) == CABLE
