"""The laws of the design as functions, and strategies that feed them (`pip install cableformat[testing]`)."""

from __future__ import annotations

from cableformat.testing.injections import Injection, injections, possible_injections
from cableformat.testing.laws import LawError
from cableformat.testing.recovery import recovery
from cableformat.testing.specs import specs
from cableformat.testing.strategies import (
    cables,
    hostile_bytes,
    realistic_cables,
    records,
    telegram_texts,
    texts,
)

__all__ = [
    "Injection",
    "LawError",
    "cables",
    "hostile_bytes",
    "injections",
    "possible_injections",
    "realistic_cables",
    "records",
    "recovery",
    "specs",
    "telegram_texts",
    "texts",
]
