"""Words that the grammar of the structure knows, compiled from the vocabularies."""

from __future__ import annotations

import re

from cableformat.telegram.vocabulary import rows


def alternatives(vocabulary: str, column: str) -> str:
    """A pattern for the spellings of a vocabulary, longest first; a blank matches any run of blanks."""
    spellings = sorted((row[column] for row in rows(vocabulary)), key=len, reverse=True)
    return "|".join(re.escape(spelling).replace(r"\ ", "[ \\t]{1,3}") for spelling in spellings)


def spaced(words: str) -> str:
    """A pattern for words in capitals whose letters may stand apart, evenly or not: `C O N F I D E N T IA L`."""
    return r"[ \t]{0,2}".join(words)


CLASS_WORDS = "|".join(
    spaced(row["spelling"])
    for row in sorted(rows("classifications"), key=lambda row: -len(row["spelling"]))
    if row["line"] == "yes"
)
CAPTION_WORDS = alternatives("class_line_captions", "spelling")
