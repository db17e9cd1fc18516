"""The built wheels, apart from the source tree: on the oldest Python that is promised and on the newest that is here.

`CABLEFORMAT_PYTHONS` names others, as a search path does: `/opt/python3.12/bin/python:/opt/python3.14/bin/python`.
Needs a package index.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cableformat import dumps

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
MODULES = ("cableformat", "cableformat_html", "cableformat_pdf", "cableformat_table", "cableformat_tei")
_LAWS = ("round trip", "honesty", "splitting")


def candidates():
    """Programs that may be a Python: this one, those of the search path, those of pyenv."""
    named = os.environ.get("CABLEFORMAT_PYTHONS")
    if named:
        return named.split(os.pathsep)
    minors = range(OLDEST[1], OLDEST[1] + 10)
    on_path = [shutil.which(f"python3.{minor}") for minor in minors]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return [sys.executable, *filter(None, on_path), *map(str, sorted(pyenv.glob("versions/*/bin/python3")))]


def pythons():
    """The Pythons that work, by version."""
    found = {}
    for program in candidates():
        code = "import sys, venv; print(*sys.version_info[:2], sys.version_info.releaselevel)"
        try:
            done = subprocess.run([program, "-c", code], capture_output=True, check=True, text=True, timeout=60)
        except (OSError, subprocess.SubprocessError):
            continue  # a shim of a version that is not chosen
        major, minor, level = done.stdout.split()
        if (int(major), int(minor)) >= OLDEST and level == "final":
            found.setdefault((int(major), int(minor)), program)
    return found


@pytest.fixture(scope="module", params=["oldest", "newest"])
def python(request, run, wheels, tmp_path_factory):
    """The Python of a fresh environment with the wheels."""
    found = pythons()
    if request.param == "oldest" and OLDEST not in found:
        pytest.skip(f"there is no Python {OLDEST[0]}.{OLDEST[1]} here; CABLEFORMAT_PYTHONS names one")
    version = OLDEST if request.param == "oldest" else max(found)
    if request.param == "newest" and version == OLDEST:
        pytest.skip("there is no Python newer than the oldest here; CABLEFORMAT_PYTHONS names one")
    folder = tmp_path_factory.mktemp(request.param)
    run(found[version], "-m", "venv", "venv", cwd=folder)
    made = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(made, "-m", "pip", "install", "--quiet", "--upgrade", "pip", cwd=folder)
    run(made, "-m", "pip", "install", "--quiet", *wheels, "hypothesis>=6.100", cwd=folder)
    said = run(made, "-c", "import sys; print(*sys.version_info[:2])", cwd=folder)
    assert tuple(map(int, said.split())) == version
    return made


def formats(run, python, folder):
    """What is said of the formats that are written."""
    known = json.loads(run(python, "-m", "cableformat", "formats", "--json", cwd=folder))
    return [one["name"] for one in known if one["writes"]]


def test_what_is_installed_fits_together(run, python, tmp_path):
    run(python, "-m", "pip", "check", cwd=tmp_path)
    assert "failed" not in run(python, "-m", "cableformat", "plugins", cwd=tmp_path)


def test_the_version_is_said_in_one_place(run, python, tmp_path):
    code = (
        "import importlib, importlib.metadata as m, sys\n"
        "for name in sys.argv[1:]:\n"
        "    module = importlib.import_module(name)\n"
        "    print(name, module.__version__, m.version(name.replace('_', '-')), module.__file__)\n"
    )
    lines = run(python, "-c", code, *MODULES, cwd=tmp_path).splitlines()
    assert [line.split()[0] for line in lines] == list(MODULES)
    for line in lines:
        name, own, of_wheel, home = line.split(maxsplit=3)
        assert own == of_wheel
        assert ROOT not in Path(home).parents
        source = next(path for path in ROOT.glob(f"**/src/{name}/__init__.py") if "mutants" not in path.parts)
        assert re.findall(r'^__version__ = "(.+)"$', source.read_text("utf-8"), re.MULTILINE) == [own]
    assert run(python, "-m", "cableformat", "--version", cwd=tmp_path).split() == ["cableformat", lines[0].split()[1]]


def test_a_telegram_goes_through_every_format(run, python, tmp_path, example_path, example):
    names = formats(run, python, tmp_path)
    assert {"cables-csv", "html", "jsonl", "parquet", "pdf", "tei", "text"} <= set(names)
    for name in names:
        run(python, "-m", "cableformat", "convert", example_path, "-o", f"{name}/", "--to", name, cwd=tmp_path)
        (made,) = (tmp_path / name).iterdir()
        run(python, "-m", "cableformat", "convert", made, "--from", name, "-o", f"{name}.json", cwd=tmp_path)
    for name in ("html", "jsonl", "parquet", "pdf", "tei"):
        assert (tmp_path / f"{name}.json").read_bytes() == dumps(example)


def test_every_format_conforms(run, python, tmp_path):
    chosen = [word for law in _LAWS for word in ("--law", law)]
    names = formats(run, python, tmp_path)
    run(python, "-m", "cableformat", "check", *names, *chosen, "--seconds", "1", "--jobs", "2", cwd=tmp_path)
