"""Imports point one way (the contract is in pyproject.toml)."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_the_layers_hold():
    pytest.importorskip("importlinter")
    from importlinter.api import read_configuration, use_cases

    root = Path(__file__).resolve().parents[1]
    assert read_configuration(str(root / "pyproject.toml"))["contracts_options"]
    assert use_cases.lint_imports(config_filename=str(root / "pyproject.toml")) == use_cases.SUCCESS
