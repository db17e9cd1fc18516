"""What all benchmarks have in common."""

from __future__ import annotations

import gc

import pytest


@pytest.fixture(autouse=True)
def _alone():
    """Python looks for garbage among all objects: those of what measures are set aside, so that only ours count."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
