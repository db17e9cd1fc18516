"""What the command shows where standard error is a terminal, and not in a pipe."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "31PORTMERIDIAN117.txt"

pty = pytest.importorskip("pty", reason="terminals as POSIX has them")


def on_a_terminal(*arguments):
    """The exit code, standard output, and what the terminal got by standard error."""
    ours, theirs = pty.openpty()
    shown = []
    with subprocess.Popen(
        [sys.executable, "-m", "cableformat", *arguments],
        stdout=subprocess.PIPE,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
    ) as process:
        os.close(theirs)
        try:
            while data := os.read(ours, 65536):
                shown.append(data)
        except OSError:  # Linux says so when the other end is closed
            pass
        out = process.stdout.read()
    os.close(ours)
    return process.returncode, out.decode(), b"".join(shown).decode("utf-8", "replace")


def test_a_corpus_shows_how_far_it_is(tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(3):
        shutil.copy(EXAMPLE, tmp_path / "in" / f"{number}.txt")
    code, _, shown = on_a_terminal(
        *("corpus", "convert", str(tmp_path / "in"), "--to", "jsonl", "-o", str(tmp_path / "all.jsonl"), "--jobs", "1")
    )
    assert code == 0, shown
    assert "3 cables" in shown
    assert "0 in quarantine" in shown
    assert len((tmp_path / "all.jsonl").read_bytes().splitlines()) == 3


def test_a_packed_corpus_has_no_known_length_and_is_converted_all_the_same(tmp_path):
    import gzip

    packed = tmp_path / "pages.jsonl.gz"
    packed.write_bytes(gzip.compress(b"no cables"))
    code, _, shown = on_a_terminal("corpus", "convert", str(packed), "--to", "jsonl", "-o", str(tmp_path / "all.jsonl"))
    assert code != 0
    assert "quarantine" in shown


def test_the_kit_says_what_it_is_at():
    code, out, shown = on_a_terminal("check", "json", "--law", "codec", "--seconds", "1", "--json")
    assert code == 0, shown
    assert "Trying the laws on json" in shown
    assert json.loads(out)
