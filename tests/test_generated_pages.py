"""The pages that the code itself says are not stale, and name every hook, format and law."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from cableformat import formats
from cableformat.plugins import Hooks
from cableformat.testing import LAWS
from cableformat.vocabulary import KINDS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
BUNDLED = [known.name for known in formats() if known.needs.startswith("cableformat")]


def _generated():
    spec = importlib.util.spec_from_file_location("generated", DOCS / "generated.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name", ["formats.md", "glossary.md", "glossary-posts.md", "glossary-tags.md", "laws.md", "../README.md"]
)
def test_a_generated_page_is_not_stale(name):
    packages = {path.name for path in (ROOT / "plugins").glob("cableformat-*")}
    if missing := packages - {known.needs for known in formats()}:
        pytest.skip(f"not installed, and in the documentation: {', '.join(sorted(missing))}")
    page = (DOCS / name).resolve()
    assert page.read_text("utf-8") == _generated().pages()[page], "run: make matrix"


def test_every_kind_of_term_is_in_the_glossary():
    chapters = set(_generated()._CHAPTERS) | {"tag", "post", "route"}
    assert chapters == set(KINDS)


def test_every_law_has_its_reason():
    reasons = (DOCS / "laws.md").read_text("utf-8").partition("<!-- end of laws -->")[2]
    assert [law.name for law in LAWS if f"**{law.name}**" not in reasons] == []


def test_every_bundled_format_has_a_section():
    page = (DOCS / "formats.md").read_text("utf-8")
    assert BUNDLED
    assert [name for name in BUNDLED if f"## `{name}`\n" not in page] == []


def test_every_hook_is_named():
    pages = "".join(path.read_text("utf-8") for path in DOCS.glob("*.md"))
    hooks = [name for name in vars(Hooks) if name.startswith("cableformat_")]
    assert hooks
    assert [name for name in hooks if f"def {name}" not in pages] == []
