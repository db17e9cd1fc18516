"""The laws of the design as functions, and strategies that feed them (`pip install cableformat[testing]`)."""

from __future__ import annotations

from cableformat.testing.laws import LawError
from cableformat.testing.strategies import (
    cables,
    hostile_bytes,
    realistic_cables,
    records,
    telegram_texts,
    texts,
)

__all__ = ["LawError", "cables", "hostile_bytes", "realistic_cables", "records", "telegram_texts", "texts"]
