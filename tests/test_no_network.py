"""No format opens a socket, to read or to write; and nothing is written but the target."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cableformat
from cableformat import formats

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "examples" / "31PORTMERIDIAN117.txt"
RUNS_PDFIUM = "pdfium_process.py"

EVERY_FORMAT = """
import sys, tempfile
from pathlib import Path
import cableformat
from cableformat.errors import CableError

cable = cableformat.read(sys.argv[1])
example = Path(sys.argv[1]).read_bytes()
done = []
with tempfile.TemporaryDirectory() as folder:
    for known in cableformat.formats():
        path = Path(folder) / known.name
        path.write_bytes(example)
        try:
            if known.writer:
                cableformat.write([cable], path, known.name)
            if known.reader:
                list(cableformat.read_all(path, format=known.name))
        except CableError as error:
            print("said:", known.name, error)
        done.append(known.name)
print("done:", *done)
"""

EVERY_CONVERSION = """
import sys
from pathlib import Path
import cableformat

folder = Path(sys.argv[2])
for known in cableformat.formats():
    if known.writer and known.reader:
        there = folder / f"cable.{known.name}"
        cableformat.convert(sys.argv[1], there, to_format=known.name)
        cableformat.convert(there, folder / f"back-from-{known.name}.json", from_format=known.name)
"""


class Watched:
    """A machine of its own for a program: home, temporary folder, place to work; and a log of what the program does."""

    def __init__(self, top):
        self.top = top
        self.log = top / "log"
        for name in ("home", "tmp", "work", "source", "out"):
            (top / name).mkdir()
        self.source = shutil.copy(EXAMPLE, top / "source")
        self.out = top / "out"

    def run(self, *arguments):
        environment = {
            **os.environ,
            "CABLEFORMAT_WATCH": str(self.log),
            "PYTHONPATH": os.pathsep.join([str(HERE / "watch"), os.environ.get("PYTHONPATH", "")]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(self.top / "home"),
            "TMPDIR": str(self.top / "tmp"),
        }
        for name in (
            "XDG_CACHE_HOME",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "COVERAGE_PROCESS_START",
            "COVERAGE_PROCESS_CONFIG",
        ):
            environment.pop(name, None)
        return subprocess.run(
            [sys.executable, *arguments],
            env=environment,
            cwd=self.top / "work",
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )

    @property
    def seen(self):
        """What the programs did, and which of them."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    @property
    def sockets(self):
        return [line for line in self.seen if line["event"].startswith("socket.")]

    @property
    def programs(self):
        return {" ".join(line["program"]) for line in self.seen if line["event"] == "begins"}

    def written(self):
        """The paths that were written, renamed or removed, but for those of the temporary folder."""
        skipped = ("begins", "subprocess.Popen")
        paths = {Path(self.top / "work", line["what"]) for line in self.seen if line["event"] not in skipped}
        return {path for path in paths if self.top / "tmp" not in path.parents and str(path) != os.devnull}


@pytest.fixture
def watched(tmp_path):
    return Watched(tmp_path)


def test_no_format_reaches_for_the_network(watched):
    ran = watched.run("-c", EVERY_FORMAT, str(EXAMPLE))
    assert ran.returncode == 0, ran.stderr
    assert watched.sockets == []
    done = ran.stdout.splitlines()[-1].removeprefix("done: ").split()
    assert sorted(done) == sorted(known.name for known in formats())
    if "pdf" in done:
        assert any(RUNS_PDFIUM in program for program in watched.programs), "the process of pdfium was not watched"


@pytest.mark.parametrize("start", ["", "import subprocess; subprocess.run([sys.executable, '-P', '-c', program])"])
def test_the_watch_sees_a_socket_here_and_in_a_process_that_is_started(watched, start):
    program = "import socket; socket.create_connection(('127.0.0.1', 9))"
    ran = watched.run("-c", f"import sys\nprogram = {program!r}\n{start or 'exec(program)'}")
    assert ran.returncode == 0 if start else ran.returncode != 0
    assert watched.sockets


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into a library as Linux has it")
def test_pdfium_is_a_library_that_knows_no_network():
    """Its own code is not Python, which the watch does not see: but the names that it calls of others stand in it."""
    raw = pytest.importorskip("pypdfium2_raw")
    (library,) = Path(raw.__file__).parent.glob("libpdfium.so*")
    data = library.read_bytes()

    def calls(name):
        return b"\0" + name + b"\0" in data

    assert calls(b"memcpy"), "the names are not where they are looked for"
    names = (b"socket", b"connect", b"sendto", b"sendmsg", b"getaddrinfo", b"gethostbyname", b"dlopen", b"system")
    assert [name for name in names if calls(name)] == []


def test_the_system_sees_no_socket_of_pdfium_either(watched):
    """The same by the system calls, pdfium's own included, where there is strace and it may be used."""
    pytest.importorskip("cableformat_pdf")
    strace = shutil.which("strace")
    if strace is None or subprocess.run([strace, "-qq", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no strace, or it may not be used here")
    cableformat.write(cableformat.read(EXAMPLE), watched.top / "cable.pdf")
    calls = watched.top / "calls"
    read = "import cableformat, sys; print(cableformat.read(sys.argv[1]).reference_id)"
    traced = [strace, "-f", "-qq", "-s", "200", "-e", "trace=%network,execve", "-o", str(calls)]
    ran = subprocess.run(
        [*traced, sys.executable, "-c", read, str(watched.top / "cable.pdf")],
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    assert ran.stdout == "31PORTMERIDIAN117\n"
    said = calls.read_text("utf-8")
    assert RUNS_PDFIUM in said
    assert [line for line in said.splitlines() if "AF_INET" in line] == []


def test_a_conversion_writes_its_target_and_nothing_else(watched):
    ran = watched.run("-c", EVERY_CONVERSION, watched.source, str(watched.out))
    assert ran.returncode == 0, ran.stderr
    targets = {path.name for path in watched.out.iterdir()}
    both = [known.name for known in formats() if known.writer and known.reader]
    assert targets == {f"cable.{name}" for name in both} | {f"back-from-{name}.json" for name in both}
    assert {path.parent for path in watched.written()} == {watched.out}
    # What is not a target stood beside one for a moment, under a name of its own.
    others = {path.name for path in watched.written()} - targets
    assert all(name.startswith(".") and name.endswith(".part") for name in others)
    assert_nothing_else(watched)


@pytest.mark.parametrize(("to", "target"), [("jsonl", "all.jsonl"), ("parquet", "all.parquet"), ("json", "cables")])
def test_a_corpus_writes_its_target_its_journal_and_nothing_else(watched, to, target):
    pytest.importorskip("cableformat_table" if to == "parquet" else "cableformat")
    for number in range(3):
        shutil.copy(EXAMPLE, watched.top / "source" / f"{number}.txt")
    (watched.top / "source" / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    ran = watched.run(
        *("-m", "cableformat", "corpus", "convert", str(watched.top / "source")),
        *("--to", to, "-o", str(watched.out / target), "--jobs", "2"),
    )
    assert watched.out.joinpath(target).exists(), ran.stderr
    allowed = (watched.out / target, watched.out / f"{target}.corpus")
    strangers = {
        path
        for path in watched.written()
        if not any(path == one or one in path.parents for one in allowed)
        and not (path.parent == watched.out and path.name.startswith(f".{target}."))
    }
    assert strangers == set()
    assert {path.name for path in watched.out.iterdir()} <= {target, f"{target}.corpus"}
    assert_nothing_else(watched, sources=5)


def test_the_watch_sees_what_is_written_elsewhere(watched):
    ran = watched.run("-c", "import os; open(os.path.expanduser('~/x'), 'w').close(); os.mkdir('here')")
    assert ran.returncode == 0, ran.stderr
    assert watched.written() == {watched.top / "home" / "x", watched.top / "work" / "here"}


def assert_nothing_else(watched, sources=1):
    """Home, temporary folder and place of work are as they were, and so are the sources."""
    for name in ("home", "tmp", "work"):
        assert list((watched.top / name).rglob("*")) == []
    assert len(list((watched.top / "source").iterdir())) == sources
    assert Path(watched.source).read_bytes() == EXAMPLE.read_bytes()
    assert cableformat.__file__ is not None
