"""Labels of mirrors, from `labels.csv`: whoever knows another spelling adds a row."""

from __future__ import annotations

from cableformat.telegram.vocabulary import rows


def labels(mirror: str) -> dict[str, str]:
    """The labels of a mirror, in lower case, with the record's fields that they stand for.

    Args:
        mirror: The format's name.
    """
    return {
        row["label"].casefold(): row["field"] for row in rows("labels", "cableformat_html") if row["mirror"] == mirror
    }
