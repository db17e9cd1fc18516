"""The examples of the README and the documentation run."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/comparing.md",
        "docs/composing.md",
        "docs/corpora.md",
        "docs/index.md",
        "docs/text-is-truth.md",
        "docs/tutorial-archive.md",
        "docs/tutorial-convert.md",
    ],
)
def test_the_examples_run(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / name), module_relative=False)
    assert result.attempted
    assert result.failed == 0
