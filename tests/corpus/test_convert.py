"""Whole corpora: what is converted, what is set aside, and what is left after a kill."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import random
import signal
import stat
import subprocess
import sys
import tarfile
import textwrap
import time
import zipfile
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from cableformat import Cable, CableError, dumps, read_all, write
from cableformat.conversion import clear_parts, write_whole
from cableformat.corpus import QuarantinedError, convert_many, work, workers
from cableformat.corpus import target as target_module
from cableformat.corpus.model import Batch, Failure, Item, Settings
from cableformat.corpus.sources import cables, found


def _cable(number, words="Minister Orleo agrees."):
    return Cable.compose(
        post="PORT MERIDIAN", serial=number, year=2031, classification="UNCLASSIFIED", declassification="N/A",
        tags=("PREL",), subject=f"HARBOR TALKS {number}", paragraphs=words, signed_by="HALLOWAY",
    )  # fmt: skip


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    """Some MB of jsonl: several pieces."""
    path = tmp_path_factory.mktemp("dump") / "dump.jsonl"
    made = [_cable(number, f"Minister Orleo agrees to {number}." + " Orleo agrees." * 250) for number in range(1, 40)]
    write((c for _ in range(25) for c in made), path)
    return path


@pytest.fixture(scope="module")
def threads():
    with ThreadPoolExecutor(2) as pool:
        yield pool


def _files(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _said(summary):
    return [json.loads(path.read_text()) for path in sorted(summary.quarantine.glob("*.json"))]


@pytest.mark.skipif(os.name == "nt", reason="pipes and dangling links are POSIX's")
def test_what_cannot_be_opened_in_a_folder_is_set_aside_until_it_can_be(tmp_path, threads):
    folder = tmp_path / "in"
    folder.mkdir()
    write(_cable(1), folder / "one.txt", "text")
    (folder / "link.txt").symlink_to(tmp_path / "two.txt")
    os.mkfifo(folder / "pipe.txt")
    summary = convert_many(folder, tmp_path / "out", to="json", executor=threads)
    assert (summary.converted, summary.quarantined) == (1, 2)
    assert {(Path(one["source"]).name, one["kind"], one["error"]) for one in _said(summary)} == {
        ("link.txt", "FileNotFoundError", "No such file or directory."),
        ("pipe.txt", "refused", "It is no regular file (but a pipe, a socket or a device)."),
    }
    status = _command("status", tmp_path / "out")
    assert (status.returncode, status.stdout) == (4, "Batches done: 1; cables: 1; in quarantine: 2.\nIt is finished.\n")
    (folder / "pipe.txt").unlink()
    write(_cable(2), tmp_path / "two.txt", "text")
    again = convert_many(folder, tmp_path / "out", to="json", executor=threads)
    assert (again.converted, again.quarantined, _said(again)) == (2, 0, [])
    assert _command("status", tmp_path / "out").returncode == 0


def test_names_that_are_no_text(tmp_path, threads):
    folder = tmp_path / "in"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"good\xff.txt")).write_text(_cable(1).text)
        (folder / os.fsdecode(b"bad\xff.txt")).touch()
    except OSError:
        pytest.skip("this file system has no such names")
    summary = convert_many(folder, tmp_path / "out", to="json", executor=threads)
    assert sorted(_files(tmp_path / "out")) == ["good_.json"]
    assert [os.path.basename(one["source"]) for one in _said(summary)] == ["bad\udcff.txt"]


def test_members_whose_names_are_no_text(tmp_path):
    text = _cable(1).text.encode()
    with tarfile.open(tmp_path / "in.tar", "w") as made:
        member = tarfile.TarInfo(os.fsdecode(b"n\xff.txt"))
        member.size = len(text)
        made.addfile(member, io.BytesIO(text))
    ((_, cable),) = cables([tmp_path / "in.tar"])
    assert cable.source.name == r"n\udcff.txt"


def test_members_of_a_zip_that_are_damaged_or_hidden_leave_the_others(tmp_path, threads):
    text = _cable(1).text.encode()
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for name in ("a.txt", "damaged.txt", "z.txt", "__MACOSX/._a.txt", ".git/b.txt"):
            archive.writestr(name, text + name.encode())
    data = (tmp_path / "in.zip").read_bytes()
    (tmp_path / "in.zip").write_bytes(data.replace(text + b"damaged.txt", text + b"DAMAGED.txt"))
    summary = convert_many(tmp_path / "in.zip", tmp_path / "out", to="text", executor=threads)
    assert sorted(_files(tmp_path / "out")) == ["a.txt", "z.txt"]
    assert [(one["source"].partition("!")[2], one["kind"]) for one in _said(summary)] == [("damaged.txt", "BadZipFile")]


def test_a_target_that_is_the_folder_at_hand(tmp_path, monkeypatch, threads):
    here = tmp_path / "pages" / "out"
    here.mkdir(parents=True)
    write(_cable(1), here.parent / "one.html", "cablegate")
    monkeypatch.chdir(here)
    assert convert_many("../one.html", ".", to="text", executor=threads).converted == 1
    assert sorted(_files(here)) == ["one.txt"]
    assert (here.parent / "out.corpus" / "journal").is_file()
    with pytest.raises(CableError, match="no place for the journal beside /"):
        convert_many("../one.html", "/", to="text", executor=threads)


@pytest.mark.parametrize("source", [".", "one.html", "*.html"])
def test_sources_that_all_lie_in_the_target_are_an_error_and_no_empty_run(source, tmp_path, monkeypatch, threads):
    write(_cable(1), tmp_path / "one.html", "cablegate")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CableError, match="one.html lies in the target"):
        convert_many(source, ".", to="text", executor=threads)
    assert sorted(_files(tmp_path)) == ["one.html"]
    assert not tmp_path.with_name(f"{tmp_path.name}.corpus").exists()


@pytest.mark.parametrize("to", ["jsonl", "parquet", "cables-csv"])
def test_many_pieces_make_one_file_with_all_cables_in_order(to, dump, tmp_path, threads):
    out = tmp_path / "out"
    summary = convert_many(dump, out, to=to, executor=threads, jobs=2)
    assert (summary.converted, summary.quarantined) == (975, 0)
    assert summary.sources > 2
    assert [c.reference_id for c in read_all(out, to)] == [c.reference_id for c in read_all(dump)]
    again = convert_many(dump, out, to=to, executor=threads)
    assert (again.converted, again.resumed) == (975, 975)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    write_whole(tmp_path / "a", b"new")
    (tmp_path / "a").chmod(0o640)
    write_whole(tmp_path / "a", b"newer")
    assert ((tmp_path / "a").read_bytes(), stat.S_IMODE((tmp_path / "a").stat().st_mode)) == (b"newer", 0o640)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    write_whole(tmp_path / "link", b"newest")
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "a").read_bytes()) == (True, b"newest")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for name in ("a", "b"):
        with pytest.raises(OSError, match="No space left"):
            write_whole(tmp_path / name, b"half")
    assert _files(tmp_path) == {"a": b"newest", "link": b"newest"}


@pytest.mark.parametrize("is_alone", [True, False], ids=["copies", "fresh"])
def test_a_pool_of_processes_makes_the_same(is_alone, dump, tmp_path, monkeypatch):
    if not is_alone:  # else what this process says of itself
        monkeypatch.setattr(workers, "_is_alone", lambda: False)
    convert_many(dump, tmp_path / "out.jsonl", to="jsonl", jobs=2)
    assert (tmp_path / "out.jsonl").read_bytes() == dump.read_bytes()


def test_the_dump_in_pieces_gives_what_converting_it_whole_gives(tmp_path, threads):
    cables = [
        _cable(number, f"Minister Orleo agrees to {number}." + " Orleo agrees." * 2500) for number in range(1, 60)
    ]
    write(cables, tmp_path / "dump.csv.gz")
    whole = tmp_path / "whole.jsonl"
    write(read_all(tmp_path / "dump.csv.gz"), whole)
    convert_many(tmp_path / "dump.csv.gz", tmp_path / "out.jsonl", to="jsonl", executor=threads)
    assert (tmp_path / "out.jsonl").read_bytes() == whole.read_bytes()  # with its hash and line numbers


def test_a_format_of_one_makes_a_folder_and_no_name_is_taken_twice(tmp_path, threads):
    for name in ("a", "b"):
        (tmp_path / "in" / name).mkdir(parents=True)
        write(_cable(7), tmp_path / "in" / name / "page.json")
    write([_cable(1), _cable(1), _cable(2)], tmp_path / "in" / "many.jsonl")
    convert_many(tmp_path / "in", tmp_path / "out", to="text", executor=threads)
    assert list(_files(tmp_path / "out")) == [
        "many-31PORTMERIDIAN1-2.txt", "many-31PORTMERIDIAN1.txt", "many-31PORTMERIDIAN2.txt", "page-2.txt", "page.txt",
    ]  # fmt: skip
    before = _files(tmp_path / "out")
    write(_cable(9), tmp_path / "in" / "a" / "PAGE.json")  # comes first, and wants the name of another
    summary = convert_many(tmp_path / "in", tmp_path / "out", to="text", executor=threads)
    after = _files(tmp_path / "out")
    assert summary.converted == 6
    assert len(after) >= len(before)
    assert sum(b"000009" in text for text in after.values()) == 1


def test_a_source_more_makes_the_file_anew(tmp_path, threads):
    write(_cable(1), tmp_path / "1.json")
    out = tmp_path / "out.jsonl"
    convert_many(tmp_path / "1.json", out, to="jsonl", executor=threads)
    write(_cable(2), tmp_path / "2.json")
    convert_many([tmp_path / "1.json", tmp_path / "2.json"], out, to="jsonl", executor=threads)
    assert [c.reference_id for c in read_all(out)] == ["31PORTMERIDIAN1", "31PORTMERIDIAN2"]


def test_one_bad_line_is_set_aside_and_the_others_are_kept(tmp_path, threads):
    write([_cable(number) for number in range(1, 5)], tmp_path / "in.jsonl")
    lines = (tmp_path / "in.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "in.jsonl").write_bytes(b"".join([lines[0], b'{"cableformat": "1.0", "parts": 3}\n', *lines[1:]]))
    summary = convert_many(tmp_path / "in.jsonl", tmp_path / "out.jsonl", to="jsonl", executor=threads)
    assert (summary.converted, summary.quarantined, summary.kinds) == (4, 1, (("FormatError", 1),))
    (said,) = _said(summary)
    assert said["where"] == "the piece from line 2"
    assert "line 2" in said["error"]
    assert (tmp_path / "out.jsonl").read_bytes() == b"".join(lines)
    assert convert_many(tmp_path / "in.jsonl", tmp_path / "out.jsonl", to="jsonl", executor=threads).quarantined == 1


def test_a_row_that_is_passed_over_is_set_aside_with_its_event(tmp_path, threads):
    write([_cable(1), _cable(2)], tmp_path / "in.csv")
    data = (tmp_path / "in.csv").read_bytes()
    (tmp_path / "in.csv").write_bytes(data + b"no row\n")
    summary = convert_many(tmp_path / "in.csv", tmp_path / "out.jsonl", to="jsonl", executor=threads)
    assert (summary.converted, summary.kinds) == (2, (("skipped", 1),))
    (said,) = _said(summary)
    assert [event["kind"] for event in said["events"]] == ["skipped"]


def test_it_stops_at_the_first_error_where_asked_to(tmp_path, threads):
    (tmp_path / "in.json").write_bytes(b'{\n"cableformat": "1.0", "parts": 3}')
    with pytest.raises(QuarantinedError, match=r"in\.json"):
        convert_many(tmp_path / "in.json", tmp_path / "o.jsonl", to="jsonl", executor=threads, on_error="raise")
    assert not (tmp_path / "o.jsonl").exists()


def test_no_room_on_the_disk_leaves_a_clean_state(dump, tmp_path, threads, monkeypatch):
    out = tmp_path / "out.jsonl"
    count = 0

    def full(path, data):
        nonlocal count
        count += 1
        if count == 3:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        real(path, data)

    real = target_module.write_whole
    monkeypatch.setattr(target_module, "write_whole", full)
    with pytest.raises(OSError, match="No space left"):
        convert_many(dump, out, to="jsonl", executor=threads)
    assert not out.exists()
    assert not list(tmp_path.rglob("*.part"))
    monkeypatch.undo()
    assert convert_many(dump, out, to="jsonl", executor=threads).resumed > 0
    assert out.read_bytes() == dump.read_bytes()


def test_a_disk_that_workers_find_full_is_no_fault_of_a_source(dump, tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"no folder")
    batch = Batch((Item("1.json", dumps(_cable(1))),))
    result = work.run(batch, Settings(None, "jsonl", folder=str(tmp_path / "file")))
    assert (result.cables, result.failures, result.outputs[0].left) == (1, (), None)
    left = work.run(batch, Settings(None, "jsonl", folder=str(tmp_path / "folder"))).outputs[0]
    assert (left.data, left.size) == (b"", len(result.outputs[0].data))
    assert Path(left.left).read_bytes() == result.outputs[0].data
    clear_parts(tmp_path / "folder")
    assert not list((tmp_path / "folder").iterdir())

    def full(part, path):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(target_module, "take_part", full)
    with pytest.raises(OSError, match="No space left"):
        convert_many(dump, tmp_path / "out.jsonl", to="jsonl", jobs=1)
    assert not (tmp_path / "out.jsonl").exists()
    monkeypatch.undo()
    convert_many(dump, tmp_path / "out.jsonl", to="jsonl", jobs=1)
    assert (tmp_path / "out.jsonl").read_bytes() == dump.read_bytes()
    assert not list(tmp_path.rglob("*.part"))


def test_a_torn_line_of_the_journal_is_cut_off(dump, tmp_path, threads):
    convert_many(dump, tmp_path / "out.jsonl", to="jsonl", executor=threads)
    journal = tmp_path / "out.jsonl.corpus" / "journal"
    journal.write_bytes(journal.read_bytes()[:-5])
    (tmp_path / "out.jsonl").unlink()
    convert_many(dump, tmp_path / "out.jsonl", to="jsonl", executor=threads)
    assert (tmp_path / "out.jsonl").read_bytes() == dump.read_bytes()


def test_two_runs_do_not_write_to_one_target(tmp_path, threads):
    write(_cable(1), tmp_path / "1.json")

    def second(_):
        with pytest.raises(CableError, match="Another run"):
            convert_many(tmp_path / "1.json", tmp_path / "out.jsonl", to="jsonl", executor=threads)

    convert_many(tmp_path / "1.json", tmp_path / "out.jsonl", to="jsonl", executor=threads, progress=second)


class _Lost(Executor):
    """An executor that loses everything."""

    def submit(self, *_, **__):
        future = Future()
        future.set_exception(RuntimeError("KilledWorker"))
        return future


def test_what_an_executor_loses_is_done_in_a_process_here(tmp_path):
    write(_cable(1), tmp_path / "1.json")
    summary = convert_many(tmp_path / "1.json", tmp_path / "out.jsonl", to="jsonl", executor=_Lost())
    assert (summary.converted, summary.quarantined) == (1, 0)


_FAULTY = """
import ctypes, time
from cableformat import Format, hookimpl

def read(source, options, report):
    if b"CRASH" in source.read():
        ctypes.string_at(0)
    while b"HANG" in source.read():
        time.sleep(1)
    from cableformat import Cable
    yield Cable.from_text(source.read().decode())

@hookimpl
def cableformat_formats():
    yield Format(name="faulty", title="x", suffixes=(".faulty",), magic=(b"FAULTY",), reader=read)
"""


def _command(*words, path=None, **given):
    env = {**os.environ, **({"PYTHONPATH": str(path)} if path else {})}
    return subprocess.run(
        [sys.executable, "-m", "cableformat", "corpus", *map(str, words)],
        env=env, capture_output=True, text=True, timeout=120, check=False, **given,
    )  # fmt: skip


def test_a_source_that_crashes_its_worker_and_one_that_hangs_are_found(tmp_path):
    site = tmp_path / "site"
    (site / "faulty-1.0.dist-info").mkdir(parents=True)
    (site / "faulty-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: faulty\nVersion: 1.0\n")
    (site / "faulty-1.0.dist-info" / "entry_points.txt").write_text("[cableformat.v1]\nfaulty = faulty\n")
    (site / "faulty.py").write_text(textwrap.dedent(_FAULTY))
    (tmp_path / "in").mkdir()
    for name, words in {"a": "fine", "b": "CRASH", "c": "fine", "d": "HANG", "e": "fine"}.items():
        (tmp_path / "in" / f"{name}.faulty").write_text(f"FAULTY {words}")
    done = _command(
        "convert",
        tmp_path / "in",
        "-o",
        tmp_path / "out",
        "--to",
        "text",
        "--jobs",
        2,
        "--limit-seconds",
        2,
        path=site,
    )
    assert done.returncode == 4, done.stderr
    assert "3 cables converted; 2 in quarantine" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(_files(tmp_path / "out")) == ["a.txt", "c.txt", "e.txt"]
    said = [json.loads(path.read_text()) for path in (tmp_path / "out.corpus" / "quarantine").glob("*.json")]
    assert {(os.path.basename(one["source"]), one["kind"]) for one in said} == {
        ("b.faulty", "crash"),
        ("d.faulty", "hang"),
    }
    assert _command("status", tmp_path / "out").returncode == 4


def _killed_at(seconds, source, out):
    with subprocess.Popen(
        [sys.executable, "-m", "cableformat", "corpus", "convert", source, "-o", out, "--to", "jsonl", "--jobs", "2"],
        stderr=subprocess.PIPE,
    ) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


def _kill_and_go_on(points, dump, tmp_path, threads):
    for number, seconds in enumerate(points):
        out = tmp_path / f"{number}.jsonl"
        _killed_at(seconds, dump, out)
        summary = convert_many(dump, out, to="jsonl", executor=threads)
        assert summary.converted == 975, seconds
        assert out.read_bytes() == dump.read_bytes(), seconds
        assert not list(tmp_path.rglob("*.part")), seconds


def test_a_run_that_is_killed_goes_on_and_ends_the_same(dump, tmp_path, threads):
    draw = random.Random(10)  # noqa: S311 - points in time
    _kill_and_go_on([draw.uniform(0.2, 2.5) for _ in range(5)], dump, tmp_path, threads)


def _killed_while_writing(path):
    code = (
        "import os, sys; from pathlib import Path; from cableformat.conversion import replacing\n"
        "with replacing(Path(sys.argv[1])) as stream: stream.write(b'half'); stream.flush(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert len(list(path.parent.glob(".*.part"))) == 1


_TEAM = """
import time
from cableformat.corpus.model import Settings
from cableformat.corpus.workers import Workers

if __name__ == "__main__":
    team = Workers(None, 2, 60, Settings(None, "jsonl"))
    team.start()
    print(*team._pool._processes, flush=True)
    time.sleep(60)
"""


def _is_there(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no copies are made")
def test_a_worker_that_hangs_keeps_no_other_when_the_coordinator_is_killed(tmp_path):
    """Copies hold the pipe by which an older one learns of the end."""
    script = tmp_path / "team.py"
    script.write_text(_TEAM)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as coordinator:
        first, last = map(int, coordinator.stdout.readline().split())
        try:
            os.kill(last, signal.SIGSTOP)
            coordinator.send_signal(signal.SIGKILL)
            end = time.monotonic() + 20
            while _is_there(first):
                assert time.monotonic() < end
                time.sleep(0.05)
            os.kill(last, signal.SIGCONT)
            while _is_there(last):
                assert time.monotonic() < end
                time.sleep(0.05)
        finally:
            for pid in (first, last):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how many threads there are")
def test_a_process_with_threads_is_not_copied():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(int).result()
        assert not workers._is_alone()
        team = workers.Workers(None, 1, 30, Settings(None, "jsonl"))
        team.start()
        assert team._pool is None


@pytest.mark.parametrize("where", ["out.jsonl", "out.jsonl.corpus/segments/0", "out.jsonl.corpus/quarantine/why.json"])
def test_what_a_kill_left_half_written_is_removed_wherever_it_stands(where, dump, tmp_path, threads):
    half = tmp_path / where
    half.parent.mkdir(parents=True, exist_ok=True)
    _killed_while_writing(half)
    convert_many(dump, tmp_path / "out.jsonl", to="jsonl", executor=threads)
    assert not list(tmp_path.rglob("*.part"))


def test_what_another_run_writes_beside_it_is_left_alone(dump, tmp_path, threads):
    other = tmp_path / ("o" * 60 + ".jsonl")
    _killed_while_writing(other)
    (tmp_path / ".mine.part").write_bytes(b"a file of somebody's")
    before = _files(tmp_path)
    convert_many(dump, tmp_path / ("o" * 60 + "2.jsonl"), to="jsonl", executor=threads)
    assert before.items() <= _files(tmp_path).items()


def test_segments_that_a_kill_left_after_the_file_was_finished_are_removed(dump, tmp_path, threads, monkeypatch):
    out = tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr(target_module.shutil, "rmtree", lambda *_, **__: None)
        convert_many(dump, out, to="jsonl", executor=threads)
    assert (tmp_path / "out.jsonl.corpus" / "segments").exists()
    assert convert_many(dump, out, to="jsonl", executor=threads).resumed == 975
    assert not (tmp_path / "out.jsonl.corpus" / "segments").exists()
    assert out.read_bytes() == dump.read_bytes()


@pytest.mark.slow
def test_a_run_that_is_killed_at_any_of_many_points_ends_the_same(dump, tmp_path, threads):
    draw = random.Random(20)  # noqa: S311 - points in time
    _kill_and_go_on([draw.uniform(0.1, 3.0) for _ in range(20)], dump, tmp_path, threads)


def test_a_dask_cluster_of_two_workers_makes_the_same(dump, tmp_path):
    distributed = pytest.importorskip("distributed", reason="distributed is not installed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        summary = convert_many(dump, tmp_path / "out.jsonl", to="jsonl", executor=client.get_executor(), jobs=2)
    assert (summary.converted, summary.quarantined) == (975, 0)
    assert (tmp_path / "out.jsonl").read_bytes() == dump.read_bytes()


def _names(source):
    return [one.kind if isinstance(one, Failure) else one[0].rpartition("!")[2] for one in found([source])]


def test_a_zip_gives_its_files_and_refuses_what_leads_out(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("pages/one.txt", "UNCLAS PORT MERIDIAN 000117\n")
        made.writestr("../two.txt", "x")
        made.writestr("/three.txt", "x")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    assert _names(tmp_path / "a.zip") == ["pages/one.txt", "refused", "refused", "refused"]


@pytest.mark.parametrize("suffix", [".tar", ".tar.gz", ".tgz", ".tar.zst"])
def test_a_tar_gives_its_files_and_refuses_links_and_devices(suffix, tmp_path):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz" if suffix in {".tar.gz", ".tgz"} else "w") as made:
        for name in ("pages/one.txt", "../two.txt"):
            info = tarfile.TarInfo(name)
            info.size = 3
            made.addfile(info, io.BytesIO(b"abc"))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo("other")
            info.type, info.linkname = kind, "/etc/passwd"
            made.addfile(info)
    data = held.getvalue()
    if suffix == ".tar.zst":
        data = pytest.importorskip("zstandard", reason="zstandard is not installed").compress(data)
    (tmp_path / f"a{suffix}").write_bytes(data)
    assert _names(tmp_path / f"a{suffix}") == ["pages/one.txt", *["refused"] * 4]
    one = next(iter(found([tmp_path / f"a{suffix}"])))
    assert one[1].read() == b"abc"


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_a_bomb_is_refused(kind, tmp_path):
    path = tmp_path / f"bomb.{kind}"
    zeros = b"\0" * (80 * 1024**2)
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("zeros.txt", zeros)
    else:
        with tarfile.open(path, "w:gz") as made:
            info = tarfile.TarInfo("zeros.txt")
            info.size = len(zeros)
            made.addfile(info, io.BytesIO(zeros))
    assert _names(path) == ["refused"]


def test_damaged_archives_are_set_aside(tmp_path, threads):
    for name in ("a.zip", "a.tar", "a.tar.gz"):
        (tmp_path / name).write_bytes(b"no archive at all")
    summary = convert_many(tmp_path / "*a.*", tmp_path / "out.jsonl", to="jsonl", executor=threads)
    assert summary.quarantined == 3


def test_patterns_and_folders_are_sources(tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("b.txt", "a.txt", "deep/c.txt", ".hidden"):
        (tmp_path / "in" / name).write_text("x")

    def short(source):
        return [os.path.basename(name) for name in _names(source)]

    assert short(tmp_path / "in") == ["a.txt", "b.txt", "c.txt"]
    assert short(f"{tmp_path}/in/**/*.txt") == ["a.txt", "b.txt", "c.txt"]
    with pytest.raises(FileNotFoundError):
        _names(tmp_path / "none.txt")


@pytest.mark.parametrize("source", ["none.txt", "none*.txt"])
def test_a_source_that_is_missing_changes_nothing(source, tmp_path, threads):
    with pytest.raises(FileNotFoundError):
        convert_many(tmp_path / source, tmp_path / "out.jsonl", to="jsonl", executor=threads)
    assert not list(tmp_path.iterdir())


def test_a_target_of_the_other_kind_is_left_alone(tmp_path, threads):
    write(_cable(1), tmp_path / "1.json")
    with pytest.raises(FileExistsError, match="file is due"):
        convert_many(tmp_path / "1.json", tmp_path, to="jsonl", executor=threads)
    with pytest.raises(FileExistsError, match="folder is due"):
        convert_many(tmp_path / "1.json", tmp_path / "1.json", to="text", executor=threads)


def test_a_pool_that_broke_once_is_not_broken_again_by_what_it_lost(tmp_path, monkeypatch):
    """What was in flight fails late; the pool that came after must live on."""
    pools = []
    real = workers._pool
    monkeypatch.setattr(workers, "_pool", lambda jobs: pools.append(jobs) or real(jobs))
    team = workers.Workers(None, 2, 30, Settings(None, "jsonl"))
    write(_cable(1), tmp_path / "1.json")
    batch = Batch((Item("1.json", (tmp_path / "1.json").read_bytes()),))
    try:
        flying = [team.submit(batch) for _ in range(3)]
        workers._kill(team._pool)
        late = []
        for future in flying:
            assert team.result(batch, future).cables == 1
            late.append(team.submit(batch))
        assert [team.result(batch, future).cables for future in late] == [1, 1, 1]
    finally:
        team.close()
    assert pools.count(2) <= 2
