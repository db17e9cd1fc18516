"""`corpus stats`, `corpus duplicates`, and what the commands print."""

from __future__ import annotations

import json

import attrs
import pytest

from cableformat import Cable, write
from cableformat.cli.app import run
from cableformat.cli.corpus_command import QUARANTINED
from cableformat.corpus import QuarantinedError, convert_many
from cableformat.corpus.duplicates import duplicates
from cableformat.corpus.stats import statistics


def _cable(number, words="Minister Orleo agrees to the terms.", **fields):
    return Cable.compose(**{
        "post": "PORT MERIDIAN", "serial": number, "year": 2031, "classification": "UNCLASSIFIED",
        "declassification": "N/A", "tags": ("PREL", "EWWT"), "subject": f"HARBOR TALKS {number}", "paragraphs": words,
        "signed_by": "HALLOWAY", **fields,
    })  # fmt: skip


@pytest.fixture
def corpus(tmp_path):
    write(
        [
            _cable(1),
            _cable(2, "The port stays closed."),
            _cable(3, "Nobody else said it.", tags=("PGOV",), classification="CONFIDENTIAL", declassification="OADR"),
        ],
        tmp_path / "a.jsonl",
    )
    return tmp_path / "a.jsonl"


def test_cables_are_counted(corpus):
    found = statistics([corpus])
    assert found.cables == 3
    assert found.classifications == {"UNCLASSIFIED": 2, "CONFIDENTIAL": 1}
    assert found.posts == {"PORT MERIDIAN": 3}
    assert found.tags == {"PREL": 2, "EWWT": 2, "PGOV": 1}


def test_stats_of_what_is_no_cable(tmp_path, capsys):
    (tmp_path / "a.json").write_bytes(b'{\n"cableformat": "1.0", "parts": 3}')
    assert run(["corpus", "stats", str(tmp_path)]) == 1
    assert "a.json" in capsys.readouterr().err


def test_the_counts_are_shown_as_bars_and_as_json(corpus, capsys):
    assert run(["corpus", "stats", str(corpus)]) == 0
    out = capsys.readouterr().out
    assert "3 cables" in out
    assert "████" in out
    assert "PORT MERIDIAN" in out
    assert run(["corpus", "stats", "--json", str(corpus)]) == 0


def test_copies_are_found_by_identifier_and_by_wording_and_the_fullest_comes_first(tmp_path):
    whole = _cable(1, "Minister Orleo agrees to the terms, and says so at length.")
    part = _cable(1, "Minister Orleo agrees.")
    same = _cable(2, "The port stays closed.")
    body = same.part("body")
    other = attrs.evolve(
        same,
        record=attrs.evolve(same.record, reference_id="31LOWHARBOR9"),
        parts=(attrs.evolve(body, text=body.text.replace("\n", "\r\n").replace("port stays", "port\r\nstays")),),
    )
    write([part, same], tmp_path / "a.jsonl")
    write([whole, other, _cable(4, "Nothing else says this.")], tmp_path / "b.jsonl")
    found = list(duplicates([tmp_path]))
    assert [(group.by, [(copy.name[-7:], copy.number) for copy in group.copies]) for group in found] == [
        ("identifier", [("b.jsonl", 1), ("a.jsonl", 1)]),
        ("wording", [("b.jsonl", 2), ("a.jsonl", 2)])
        if found[1].copies[0].name.endswith("b.jsonl")
        else ("wording", [("a.jsonl", 2), ("b.jsonl", 2)]),
    ]


def test_the_command_says_which_copy_holds_most(corpus, tmp_path, capsys):
    write(_cable(2, "The port stays closed."), tmp_path / "copy.json")
    assert run(["corpus", "duplicates", "--json", str(tmp_path)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["by"] == "identifier and wording"
    assert run(["corpus", "duplicates", str(tmp_path)]) == 0
    assert "Cables that are there more than once: 1." in capsys.readouterr().out


def test_a_source_that_fails_is_named_once(tmp_path, capsys):
    (tmp_path / "empty.txt").write_bytes(b"")
    assert run(["corpus", "stats", str(tmp_path / "empty.txt")]) == 1
    out, err = capsys.readouterr()
    assert out == "0 cables\n\n"
    assert err == "cableformat: empty.txt, byte 0: The input is empty.\n"


def test_status_says_how_far_it_is(corpus, tmp_path, capsys):
    assert (
        run(["corpus", "convert", str(corpus), "-o", str(tmp_path / "out.jsonl"), "--to", "jsonl", "--jobs", "1"]) == 0
    )
    assert capsys.readouterr().out == ""
    assert run(["corpus", "status", str(tmp_path / "out.jsonl")]) == 0
    assert capsys.readouterr().out == "Batches done: 1; cables: 3; in quarantine: 0.\nIt is finished.\n"
    assert run(["corpus", "status", str(tmp_path / "none")]) == 5
    assert "No corpus has been converted into it." in " ".join(capsys.readouterr().err.split())


def test_status_tells_a_folder_that_is_finished_from_one_that_is_not(corpus, tmp_path, capsys):
    convert = ["corpus", "convert", str(corpus), "-o", str(tmp_path / "out"), "--to", "tei", "--jobs", "1"]
    status = ["corpus", "status", str(tmp_path / "out")]
    for _ in range(2):  # a run that finds nothing to do leaves it finished
        assert run(convert) == 0
        assert run(status) == 0
        assert capsys.readouterr().out == "Batches done: 1; cables: 3; in quarantine: 0.\nIt is finished.\n"
    (tmp_path / "empty.txt").write_bytes(b"")
    convert.insert(2, str(tmp_path / "empty.txt"))
    with pytest.raises(QuarantinedError):
        convert_many([tmp_path / "empty.txt", corpus], tmp_path / "out", to="tei", on_error="raise", jobs=1)
    assert run(status) == QUARANTINED
    assert "It is not finished; run the command again to go on." in " ".join(capsys.readouterr().out.split())
    assert run(convert) == QUARANTINED
    assert run(status) == QUARANTINED
    assert capsys.readouterr().out.endswith("It is finished.\n")
