"""What differs between systems, played on this one (docs/platforms.md)."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
import types

import pytest

from cableformat import Cable, Part, Record, convert, write
from cableformat.cli import app
from cableformat.corpus import convert_many, workers
from cableformat.errors import CableError
from cableformat.file_names import FreeNames, safe_stem
from cableformat.testing import guard


@pytest.mark.parametrize("stem", ["con", "NUL", "Aux", "com1", "LPT9", "com²", "nul.txt", "PRN.a.b"])
def test_no_file_is_named_as_a_device_of_windows(stem):
    assert safe_stem(stem) == f"_{stem}"
    assert FreeNames(".json").free(stem) == f"_{stem}.json"


@pytest.mark.parametrize("stem", ["conakry", "com", "31CON", "lpt10x", "annul"])
def test_other_names_stay(stem):
    assert safe_stem(stem) == stem


@pytest.mark.parametrize(("one", "other"), [("Aé", "aE\u0301"), ("Å", "\u212b"), ("ß", "SS"), ("İx", "i\u0307X")])
def test_names_that_are_one_file_somewhere_are_given_once(one, other):
    names = FreeNames(".json", f"{one}.json")
    assert f"{other}.json" in names
    assert "b.json" not in names
    names.take("b.json")
    assert names.free("B") == "B-2.json"


def test_no_name_leaves_its_folder_or_is_too_long():
    for text in ("../../etc/passwd", "C:\\temp\\a", "a:b", "\0", ".", "..", "", "\u202e", "x" * 1000):
        name = FreeNames(".tei.xml").free(text)
        assert not set(name) & set('/\\:*?"<>|\0')
        assert not name.startswith(".")
        assert len(name.encode()) < 255


def test_a_folder_of_cables_that_are_named_as_devices(tmp_path):
    cables = [Cable(Record(name), (Part("body", "body", "1. Talks."),)) for name in ("NUL", "nul", "con.x")]
    write(cables, tmp_path / "a.jsonl")
    done = convert_many(tmp_path / "a.jsonl", tmp_path / "out", to="json", jobs=1)
    assert done.converted == 3
    found = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [name for name in found if "nul" in name.lower()] == ["a-NUL.json", "a-nul-2.json"]


@pytest.fixture
def windows_locks(monkeypatch):
    """A system without `fcntl` and with `msvcrt`."""
    held = set()

    def locking(number, mode, length):
        at = os.fstat(number).st_ino
        assert (mode, length) == (2, 1)
        if at in held:
            raise OSError(errno.EDEADLOCK, "Resource deadlock avoided")
        held.add(at)

    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(locking=locking, LK_NBLCK=2))
    return held


def test_two_runs_do_not_write_to_one_target_on_windows(tmp_path, windows_locks):
    write(Cable(), tmp_path / "1.json")

    def second(_):
        with pytest.raises(CableError, match="Another run"):
            convert_many(tmp_path / "1.json", tmp_path / "out.jsonl", to="jsonl", jobs=1)

    convert_many(tmp_path / "1.json", tmp_path / "out.jsonl", to="jsonl", jobs=1, progress=second)
    assert len(windows_locks) == 1


def test_a_new_run_does_not_clear_away_what_another_one_holds(tmp_path):
    write(Cable(), tmp_path / "1.json")
    work = tmp_path / "out.jsonl.corpus"

    def second(_):
        ends = time.monotonic() + 60
        while list(work.rglob("*.part")) and time.monotonic() < ends:
            time.sleep(0.01)  # the first run writes its segment through to the disk meanwhile
        before = sorted(work.rglob("*"))
        with pytest.raises(CableError, match="Another run"):
            convert_many(tmp_path / "1.json", tmp_path / "out.jsonl", to="jsonl", jobs=1, resume=False)
        assert sorted(work.rglob("*")) == before

    convert_many(tmp_path / "1.json", tmp_path / "out.jsonl", to="jsonl", jobs=1, progress=second)
    (work / "quarantine").mkdir()
    (work / "quarantine" / "left.json").write_text("{}", encoding="utf-8")
    convert_many(tmp_path / "1.json", tmp_path / "out.jsonl", to="jsonl", jobs=1, resume=False)
    assert not (work / "quarantine" / "left.json").exists()


def test_a_file_that_is_open_elsewhere_stays_as_it_was(tmp_path, monkeypatch, example_path):
    target = tmp_path / "a.json"
    target.write_bytes(b"before")

    def refused(self, to):
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(to))

    monkeypatch.setattr("pathlib.Path.replace", refused)
    with pytest.raises(PermissionError):
        convert(example_path, target)
    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_windows_waits_for_no_more_processes_than_it_can(monkeypatch):
    asked = []
    monkeypatch.setattr(workers, "ProcessPoolExecutor", lambda jobs, **_: asked.append(jobs))
    workers._pool(200)
    monkeypatch.setattr(workers.os, "name", "nt")
    workers._pool(200)
    workers._pool(8)
    assert asked == [200, 61, 8]


def test_a_reader_that_has_gone_is_known_on_every_system(monkeypatch):
    gone = OSError(errno.EINVAL, "Invalid argument")
    assert app._is_closed_pipe(BrokenPipeError())
    assert not app._is_closed_pipe(gone)
    monkeypatch.setattr(app.os, "name", "nt")
    assert app._is_closed_pipe(gone)
    assert not app._is_closed_pipe(OSError(errno.EINVAL, "Invalid argument", "a?.json"))
    assert not app._is_closed_pipe(OSError(errno.EACCES, "Permission denied"))


@pytest.mark.parametrize("code_page", ["cp1252", "cp437", "ascii"])
def test_a_code_page_without_the_letters_is_no_error(tmp_path, code_page):
    write(Cable.from_text("SUBJECT: TALKS IN \u0141\u00d3D\u0179 \u2603\n\n1. Talks\x07.\n"), tmp_path / "a.json")
    done = subprocess.run(
        [sys.executable, "-m", "cableformat", "inspect", str(tmp_path / "a.json")],
        env={**os.environ, "PYTHONIOENCODING": code_page},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert rb"\u2603" in done.stdout


def test_without_signals_a_step_of_python_is_ended_all_the_same(monkeypatch):
    monkeypatch.delattr(guard.signal, "setitimer")
    with pytest.raises(guard.HangError), guard.time_limit(0.05):
        sum(1 for _ in iter(int, 1))  # which never ends
