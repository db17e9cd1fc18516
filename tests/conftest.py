"""What strangers have: programs run outside the source tree, and built wheels."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))


def _run(*command, cwd):
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "CABLEFORMAT_", "PYTEST_"))}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=600,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="session")
def run():
    """Runs a program; gives what it prints, and shows all of it where it fails."""
    return _run


@pytest.fixture(scope="session")
def wheels(tmp_path_factory):
    """The wheels of the core and of each bundled plugin, built from copies, so that nothing is left in the tree."""
    folder = tmp_path_factory.mktemp("wheels")
    for project in (ROOT, *BUNDLED):
        copy = folder / "source" / project.name
        shutil.copytree(
            project,
            copy,
            ignore=shutil.ignore_patterns(".*", "__pycache__", "shared", "plugins", "demo", "mutants", "tests"),
        )
        _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", copy, cwd=folder)
    found = sorted((folder / "dist").glob("*.whl"))
    assert len(found) == 1 + len(BUNDLED)
    return found
