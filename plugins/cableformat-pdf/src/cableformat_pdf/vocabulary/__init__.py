"""The vocabularies of this plugin, as CSV tables: one concept a file, a header row first, each row with its source."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the vocabulary `NAME.csv`, as dictionaries by column.

    Raises:
        FileNotFoundError: There is no such vocabulary.

    Example:
        >>> next(row["field"] for row in rows("nara_attributes") if row["label"] == "Document Number")
        'reference_id'
    """
    text = resources.files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text), strict=True))
