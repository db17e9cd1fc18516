"""The vocabularies: what the field knows of its words, as CSV tables that need no reading of code to mend.

One concept a file, a header row first, sorted, each row with the source of its knowledge.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources


@cache
def rows(name: str, package: str = __name__) -> tuple[dict[str, str], ...]:
    """The rows of the vocabulary `NAME.csv`, as dictionaries by column.

    Args:
        name: The file's name without its suffix.
        package: Where it lies; a plugin gives its own for a table of its own.

    Raises:
        FileNotFoundError: There is no such vocabulary.

    Example:
        >>> next(row["meaning"] for row in rows("precedences") if row["prosign"] == "O")
        'delivered and acted on at once, at any hour at a post when NIACT stands before it'
    """
    text = resources.files(package).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    header, *found = csv.reader(io.StringIO(text), strict=True)
    return tuple(dict(zip(header, row, strict=True)) for row in found)
