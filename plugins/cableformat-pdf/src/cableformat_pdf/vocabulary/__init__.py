"""The vocabularies of this plugin, as CSV tables: one concept a file, a header row first, each row with its source."""

from __future__ import annotations

from cableformat.telegram import vocabulary


def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the vocabulary `NAME.csv`, as dictionaries by column.

    Raises:
        FileNotFoundError: There is no such vocabulary.

    Example:
        >>> next(row["field"] for row in rows("nara_attributes") if row["label"] == "Document Number")
        'reference_id'
    """
    return vocabulary.rows(name, __name__)
