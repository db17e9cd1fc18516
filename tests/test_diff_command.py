"""`cableformat diff`, as a person or a script uses it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from cableformat import Cable, dumps
from cableformat.cli.app import run

TEXT = """UNCLAS PORT MERIDIAN 000117

TAGS: PREL, EWWT
SUBJECT: HARBOR DREDGING

1. (U) Minister Orleo wants two more weeks.  He will not go
to the cabinet before March, he said.

2. (U) The port authority agrees.

HALLOWAY
"""
CABLE = Cable.from_text(TEXT, created="2031-03-04 09:12:00")


def write(name, *cables):
    with open(name, "wb") as stream:
        stream.writelines(dumps(cable, compact=True) for cable in cables)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    write("a.jsonl", CABLE)
    return tmp_path


def other(**changes):
    text = TEXT
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return Cable.from_text(text, created="2031-03-04 09:12:00")


def test_equal(folder, capsys):
    assert run(["diff", "a.jsonl", "a.jsonl"]) == 0
    assert capsys.readouterr() == ("No difference.\n", "")


def test_layout_is_counted_and_the_rest_is_shown(folder, capsys):
    write(
        "b.jsonl",
        Cable.from_text(TEXT.replace(".  He", ". He").replace("March,", "March"), created=CABLE.record.created),
    )
    assert run(["diff", "a.jsonl", "b.jsonl"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("The words of the telegram are the same.\n")
    assert "paragraphs[0]  punctuation: cabinet before March[-,-] he said." in out
    assert "1 double spaces: wants two more weeks.[-␣␣-]{+␣+}He will not go" in out
    assert out.endswith("layout 1, punctuation 1\n")
    assert "\x1b" not in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_other_words(folder, capsys):
    write("b.jsonl", other(authority="commission"))
    assert run(["diff", "a.jsonl", "b.jsonl"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("The words of the telegram differ.")
    assert "paragraphs[1]  wording: 2. (U) The port [-authority-]{+commission+} agrees." in out


def test_layout_can_be_passed_over_or_shown_whole(folder, capsys):
    write("b.jsonl", Cable.from_text(TEXT.replace("\n", "\r\n"), created=CABLE.record.created))
    assert run(["diff", "a.jsonl", "b.jsonl", "--no-layout"]) == 0
    assert capsys.readouterr().out == "No difference.\n"
    assert run(["diff", "a.jsonl", "b.jsonl"]) == 1
    assert capsys.readouterr().out.count("line ends") == 1
    assert run(["diff", "a.jsonl", "b.jsonl", "--layout"]) == 1
    assert capsys.readouterr().out.count("line ends") == 7


def test_colour_in_a_terminal_only_or_where_asked_for(folder, capsys):
    write("b.jsonl", other(authority="commission"))
    assert run(["diff", "a.jsonl", "b.jsonl", "--color"]) == 1
    assert "\x1b[31m[-authority-]" in capsys.readouterr().out


def test_json(folder, capsys):
    write("b.jsonl", other(authority="commission"))
    assert run(["diff", "a.jsonl", "b.jsonl", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["is_equal"], document["only_left"], document["only_right"]) == (False, [], [])
    (cable,) = document["cables"]
    assert cable["cable"] == "31PORTMERIDIAN117"
    assert cable["same_wording"] is False
    assert cable["counts"] == {"wording": 1}
    (difference,) = cable["differences"]
    start = TEXT.index("authority")
    assert difference["left"] == {
        "where": {"part": "body", "start": start, "end": start + len("authority")},
        "text": "authority",
    }
    assert (difference["path"], difference["aspect"]) == ("paragraphs[1]", "text")


def test_several_cables_are_matched_by_identifier(folder, capsys):
    second = Cable.from_text("UNCLAS SAINT ORRIN 000042\n\n1. (U) Talks.\n", created="2031-01-01")
    third = Cable.from_text("UNCLAS LOW HARBOR 000007\n\n1. (U) Talks.\n", created="2031-01-01")
    write("two.jsonl", CABLE, second)
    write("three.jsonl", second, CABLE)
    assert run(["diff", "two.jsonl", "three.jsonl"]) == 0
    write("three.jsonl", third, CABLE)
    capsys.readouterr()
    assert run(["diff", "two.jsonl", "three.jsonl"]) == 1
    out = capsys.readouterr().out
    assert "31PORTMERIDIAN117\nNo difference.\n" in out
    assert "Only in A: 31SAINTORRIN42\nOnly in B: 31LOWHARBOR7\n" in out


def test_standard_input(folder):
    done = subprocess.run(
        [sys.executable, "-m", "cableformat", "diff", "-", "a.jsonl"],
        input=dumps(CABLE),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["a.jsonl", "missing.json"], 5, "missing.json: No such file"),
        (["folder", "a.jsonl"], 5, "folder"),
        (["a.jsonl", "bad.json"], 2, "schema version 9.0"),
        (["a.jsonl", "empty"], 2, "empty"),
        (["a.jsonl", "empty", "--from", "jsonl"], 2, "empty: The input holds no cable."),
        (["a.jsonl", "a.jsonl", "--from", "nonesuch"], 2, "nonesuch"),
        (["-", "-"], 2, "one side only"),
        (["a.jsonl"], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_compared(folder, capsys, arguments, code, said):
    (folder / "bad.json").write_text('{"cableformat": "9.0"}')
    (folder / "empty").touch()
    (folder / "folder").mkdir()
    assert run(["diff", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in " ".join(err.split())
    assert "Traceback" not in err


def test_controls_do_not_reach_the_terminal(folder, capsys):
    write("b.jsonl", other(authority="\x1b[31mauthority\x07"))
    assert run(["diff", "a.jsonl", "b.jsonl"]) == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x07" not in out
