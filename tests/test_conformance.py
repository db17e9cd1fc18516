"""The kit as a plugin's author meets it: the command, the pytest plugin, the types known to Hypothesis."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cableformat import Cable, Part, Record, Source
from cableformat.cli.app import run
from cableformat.errors import OptionError, UnknownFormatError
from cableformat.testing import LAWS, Outcome, Verdict, check_format

PLUGIN = """
import os, signal, time
from cableformat import Format, MODEL, dumps, hookimpl, loads

def read(source, options, report):
    yield loads(source.read()[5:])

def write(cables, sink, options, report):
    for cable in cables:
        sink.write(b"GOOD\\n" + dumps(cable))

def dies(source, options, report):
    os.kill(os.getpid(), signal.SIGKILL)
    yield

@hookimpl
def cableformat_formats():
    yield Format(name="good", title="Good", magic=(b"GOOD\\n",), reader=read, writer=write, keeps=MODEL)
    yield Format(name="dies", title="Dies", magic=(b"GOOD\\n",), reader=dies, writer=write, keeps=MODEL)
    yield Format(name="onlyread", title="Only read", magic=(b"GOOD\\n",), reader=read, keeps=MODEL)
"""


@pytest.fixture
def stranger(tmp_path, monkeypatch):
    """A folder that makes a plugin importable and known to every process."""
    (tmp_path / "stranger.py").write_text(PLUGIN)
    info = tmp_path / "stranger-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[cableformat.v1]\nstranger = stranger\n")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path}


def command(environment, *arguments):
    return subprocess.run(
        [sys.executable, "-m", *arguments], env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_the_command_passes_what_conforms(stranger):
    done = command(stranger, "cableformat", "check", "good", "--law", "round-trip", "--law", "codec", "--json")
    assert done.returncode == 0, done.stderr
    (verdict,) = json.loads(done.stdout)
    assert (verdict["format"], verdict["passed"]) == ("good", True)
    assert [outcome["law"] for outcome in verdict["outcomes"]] == ["round trip", "codec"]
    assert all(outcome["examples"] > 100 for outcome in verdict["outcomes"])


def test_the_command_names_what_ends_its_process_and_goes_on(stranger):
    done = command(stranger, "cableformat", "check", "dies", "--law", "totality", "--law", "replay")
    assert done.returncode == 1
    assert "dies does not conform" in done.stdout
    assert "dies ends the process by signal 9" in done.stdout
    assert "does not apply" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_command_takes_samples_and_expected_failures(stranger, tmp_path):
    sample = tmp_path / "sample"
    sample.write_bytes(b'GOOD\n{\n  "cableformat": "1.0",\n  "grammar": "us"\n}\n')
    for law, extra, code in [
        ("codec", [], 0),
        ("codec", ["--sample", str(sample)], 0),
        ("codec", ["--sample", str(sample), "--expect", "codec=never held"], 1),
        ("codec", ["--sample", str(tmp_path / "missing")], 5),
    ]:
        done = command(stranger, "cableformat", "check", "onlyread", "--law", law, *extra)
        assert done.returncode == code, (extra, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonesuch"], "There is no format 'nonesuch'"),
        (["json", "--law", "gravity"], "There is no law 'gravity'"),
        (["json", "--profile", "endless"], "There is no profile 'endless'"),
        (["json", "--expect", "codec"], "'codec' is not LAW=REASON"),
    ],
)
def test_wrong_use(arguments, words, capsys):
    assert run(["check", *arguments]) == 2
    assert words in " ".join(capsys.readouterr().err.split())


def test_the_pytest_plugin_adds_a_test_a_law(stranger, tmp_path):
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\ncableformat_expected_failures =\n    codec: never held\n    other round trip: not about this one\n"
    )
    done = command(
        stranger,
        "pytest",
        *("-p", "no:cacheprovider", "-rA", "--rootdir", str(tmp_path), "-c", str(tmp_path / "pytest.ini")),
        *("-k", "codec or round or replay", "--cableformat-conformance", "good", str(tmp_path)),
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed, 1 passed, 1 skipped" in done.stdout
    assert "was expected to fail: never held" in done.stdout


def test_the_pytest_plugin_says_what_is_wrong_with_its_options(stranger, tmp_path):
    done = command(stranger, "pytest", "-p", "no:cacheprovider", "--cableformat-conformance", "nonesuch", str(tmp_path))
    assert done.returncode == 4
    assert "There is no format 'nonesuch'" in done.stderr


@settings(max_examples=10)
@given(st.from_type(Cable), st.from_type(Record), st.from_type(Source), st.from_type(Part))
def test_hypothesis_knows_the_types_of_the_model(cable, record, source, part):
    assert Cable(record, (part,), source=source).parts == (part,)
    assert isinstance(cable, Cable)


def test_names_that_there_are_not():
    with pytest.raises(UnknownFormatError, match="nonesuch"):
        check_format("nonesuch")
    with pytest.raises(OptionError, match="no law 'gravity'"):
        check_format("json", laws=["gravity"])
    with pytest.raises(OptionError, match="no law 'gravity'"):
        check_format("json", expected_failures={"gravity": "it pulls"})


def test_a_verdict_is_a_table_law_by_law():
    verdict = Verdict(
        "page",
        "quick",
        (Outcome("codec", "holds", examples=104), Outcome("tiling", "broken", "how", "Cable()", 3, 0.5)),
    )
    assert str(verdict).splitlines() == [
        "page: does not conform (profile quick)",
        "codec           holds              104 examples    0.0 s",
        "tiling          broken               3 examples    0.5 s",
        "    how",
        "    for Cable()",
    ]
    assert verdict.broken == verdict.outcomes[1:]


def test_every_law_has_a_name_and_says_what_it_says():
    assert len({law.name for law in LAWS}) == len(LAWS) == 15
    assert all(law.title.endswith(".") for law in LAWS)
