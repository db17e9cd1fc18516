"""Labels of mirrors, from `labels.csv`: whoever knows another spelling adds a row."""

from __future__ import annotations

import csv
from importlib.resources import files


def labels(mirror: str) -> dict[str, str]:
    """The labels of a mirror, in lower case, with the record's fields that they stand for.

    Args:
        mirror: The format's name.
    """
    text = (files("cableformat_html") / "labels.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["label"].casefold(): row["field"] for row in rows if row["mirror"] == mirror}
