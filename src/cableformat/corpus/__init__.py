"""Whole corpora: `convert_many` converts archives of any size, and can be stopped at any moment and go on."""

from __future__ import annotations

from cableformat.corpus.convert import QuarantinedError, Summary, convert_many

__all__ = ["QuarantinedError", "Summary", "convert_many"]
