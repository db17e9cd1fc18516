"""The scores over the real excerpts of ../shared/cases: never lower than they are."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "benchmarks" / "scores.py"
# What is read otherwise. Two identifiers have a serial that the malformed text does not hold; the references of a
# cable from AIT Taipei are expected as TAIPEI, and identifiers as AITTAIPEI.
MISSES = {"canonical_id": 2, "references_full": 1}


def script():
    spec = importlib.util.spec_from_file_location("scores", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_scores(shared):
    found = script().scores(shared / "cases")
    assert {score.field: len(score.misses) for score in found if score.misses} == MISSES
    assert len(found) == 11


@pytest.mark.parametrize("folder", ["nowhere"])
def test_without_the_excerpts_there_is_no_table(folder, tmp_path, capsys):
    assert script().main([str(tmp_path / folder)]) == 0
    assert capsys.readouterr().out.startswith("Skipped")
