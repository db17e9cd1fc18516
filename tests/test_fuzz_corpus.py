"""What fuzzing found worth keeping is read again: no fault that was mended comes back."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import cableformat

FUZZ = Path(__file__).parent / "fuzz"
CORPUS = FUZZ / "corpus"

_spec = importlib.util.spec_from_file_location("targets", FUZZ / "targets.py")
targets = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(targets)


FOLDERS = sorted(path.name for path in CORPUS.iterdir())
OURS = {"cableformat", "cableformat-html", "cableformat-pdf", "cableformat-table", "cableformat-tei"}


@pytest.mark.parametrize("name", FOLDERS)
def test_no_input_of_the_corpus_is_a_fault(name, monkeypatch):
    if name not in targets.TARGETS:
        pytest.skip("the plugin with this format is not installed")
    monkeypatch.setenv("CABLEFORMAT_STRICT", "1")
    files = sorted((CORPUS / name).iterdir())
    assert files
    options = {"thorough": True} if name.startswith(("read-", "pdf-")) else {}
    for path in files:
        try:
            targets.TARGETS[name](path.read_bytes(), **options)
        except Exception as error:
            raise AssertionError(f"{path.relative_to(FUZZ)} is a fault again") from error


def test_the_corpus_is_small_and_has_a_folder_for_each_target():
    others = {f"read-{known.name}" for known in cableformat.formats() if known.needs not in OURS}
    assert set(targets.TARGETS) - others <= set(FOLDERS)
    assert sum(path.stat().st_size for path in CORPUS.rglob("*")) < 512 * 1024


def test_the_targets_tell_a_fault():
    def breaks(*_, **__):
        raise ZeroDivisionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cableformat.codec.strictjson.parse", breaks)
        with pytest.raises(ZeroDivisionError):
            targets.TARGETS["codec"](b"{}")
        with pytest.raises(cableformat.PluginError):
            targets.TARGETS["read-json"](b"{}")
