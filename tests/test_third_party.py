"""What strangers do with the built wheels: start a plugin from the template, install a plugin of somebody else.

All of it in an environment of its own, which knows nothing of this source tree. Needs a package index.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "cableformat-markdown"
DEV = Path(sys.executable).parent


@pytest.fixture(scope="session")
def stranger(run, wheels, tmp_path_factory):
    """The Python of a fresh environment with these wheels."""
    folder = tmp_path_factory.mktemp("stranger")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    packages = [*wheels, "hypothesis>=6.100", "pytest>=8.2", "pyyaml>=6"]
    run(python, "-m", "pip", "install", "--quiet", *packages, cwd=folder)
    return python


def test_the_kit_runs_apart_from_the_source_tree(run, stranger, tmp_path):
    check = "from cableformat.testing import check_format; v = check_format('jsonl'); assert v.passed, str(v)"
    run(stranger, "-c", check, cwd=tmp_path)


@pytest.mark.parametrize(
    ("name", "tests"),
    [
        ("harbor", "tests"),
        ("low-harbor-dispatches-of-2031", "tests/test_format.py"),
    ],  # the kit once; names of any length
)
def test_a_plugin_made_from_the_template_is_green(run, stranger, tmp_path, name, tests):
    made = tmp_path / f"cableformat-{name}"
    answers = ["--defaults", "--data", f"plugin_name={name}", "--data", "author=Ines Halloway"]
    run(sys.executable, "-m", "copier", "copy", "--quiet", *answers, ROOT / "plugins" / "template", made, cwd=tmp_path)
    assert not [path for path in made.rglob("*") if path.suffix == ".jinja" or "{{" in path.name]
    run(stranger, "-m", "pip", "install", "--quiet", made, cwd=tmp_path)
    try:
        said = run(stranger, "-m", "pytest", "-q", tests, cwd=made)
        assert " passed" in said
        assert " skipped" not in said
        known = json.loads(run(stranger, "-m", "cableformat", "formats", "--json", cwd=tmp_path))
        assert name in {one["name"] for one in known}
        run(DEV / "ruff", "check", ".", cwd=made)
        run(DEV / "ruff", "format", "--check", ".", cwd=made)
        run(DEV / "mypy", "--python-executable", stranger, cwd=made)
    finally:
        run(stranger, "-m", "pip", "uninstall", "--quiet", "--yes", f"cableformat-{name}", cwd=tmp_path)


@pytest.mark.parametrize(
    "answer", ["plugin_name=Harbor", "plugin_name=html", "format_name=json", "suffix=md", 'title="']
)
def test_the_template_refuses_answers_that_give_no_plugin(run, tmp_path, answer):
    data = {"plugin_name": "harbor", "author": "Ines Halloway", **dict([answer.split("=")])}
    answers = [word for key, value in data.items() for word in ("--data", f"{key}={value}")]
    with pytest.raises(AssertionError, match="(?i)validation error"):
        run(
            *(sys.executable, "-m", "copier", "copy", "--defaults", *answers, ROOT / "plugins" / "template", "made"),
            cwd=tmp_path,
        )
    assert not (tmp_path / "made" / "pyproject.toml").exists()


def test_the_example_plugin_installs_and_is_green(run, stranger, tmp_path, example_path):
    copy = tmp_path / EXAMPLE.name
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    run(stranger, "-m", "pip", "install", "--quiet", copy, cwd=tmp_path)
    try:
        said = run(stranger, "-m", "pytest", "-q", cwd=copy)
        assert " passed" in said
        assert " skipped" not in said
        run(stranger, "-m", "cableformat", "convert", example_path, "-o", "cable.md", cwd=tmp_path)
        found = run(stranger, "-m", "cableformat", "identify", "cable.md", cwd=tmp_path)
        assert "markdown" in found
    finally:
        run(stranger, "-m", "pip", "uninstall", "--quiet", "--yes", "cableformat-markdown", cwd=tmp_path)


def test_the_plugin_of_the_tutorial_conforms(run, stranger, tmp_path):
    spec = importlib.util.spec_from_file_location("pages", ROOT / "docs" / "pages.py")
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    made = tmp_path / "slip"
    for name, content in pages.files(ROOT / "docs" / "write-a-plugin.md").items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(content, encoding="utf-8")
    run(stranger, "-m", "pip", "install", "--quiet", made, cwd=tmp_path)
    try:
        assert "EXACT" in run(stranger, "-m", "cableformat", "identify", "cable.slip", cwd=made)
        said = run(stranger, "-m", "cableformat", "check", "slip", "--jobs", "2", cwd=tmp_path)
        assert "slip conforms" in said
    finally:
        run(stranger, "-m", "pip", "uninstall", "--quiet", "--yes", "cableformat-slip", cwd=tmp_path)
