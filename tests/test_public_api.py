"""The public API is what `docs/api/` says, and what breaks it is named."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "docs" / "public_api.py"
pytest.importorskip("griffe")

_spec = importlib.util.spec_from_file_location("public_api", SCRIPT)
public_api = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(public_api)


def test_nothing_of_the_public_api_is_broken_or_unsaid():
    found, is_same = public_api.changes()
    words = "\n".join(found)
    assert not found, f"This breaks code that uses cableformat:\n{words}\nIf it is meant: make api BREAKS=1"
    assert is_same, "The public API has grown: make api, and commit docs/api/"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("__init__", "class Claim:", "class Claims:", "Claim: Public object was removed"),
        ("__init__", "    def text_at(self, where: Span)", "    def text_in(self, where: Span)", "Cable.text_at"),
        ("__init__", "def loads(data: str | bytes, *, line", "def loads(text: str | bytes, *, line", "loads"),
        ("__init__", "compact: bool = False", "compact: bool", "dumps"),
        ("__init__", "    EXACT = 4\n", "", "Confidence.EXACT"),
        ("__init__", "    raw: str\n", "", "Artefact.raw"),
        (
            "__init__",
            "class CardinalityError(CableError, ValueError)",
            "class CardinalityError(CableError)",
            "Cardinality",
        ),
        ("corpus", "class Summary:", "class Sum:", "corpus.Summary"),
        ("testing", "def check_format(", "def check_a_format(", "testing.check_format"),
    ],
)
def test_a_breakage_is_named(tmp_path, file, old, new, said):
    shutil.copytree(public_api.FOLDER, tmp_path / "api")
    path = tmp_path / "api" / "cableformat" / f"{file}.pyi"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = public_api.breakages(public_api.FOLDER, tmp_path / "api")
    assert any(said in line for line in found), found


def test_what_is_added_breaks_nothing(tmp_path):
    shutil.copytree(public_api.FOLDER, tmp_path / "api")
    path = tmp_path / "api" / "cableformat" / "corpus.pyi"
    path.write_text(path.read_text("utf-8") + "\ndef more(a: int = 1) -> None: ...\n", "utf-8")
    assert public_api.breakages(public_api.FOLDER, tmp_path / "api") == []
    assert public_api.changes(tmp_path / "api") == (["cableformat.corpus.more: Public object was removed"], False)
