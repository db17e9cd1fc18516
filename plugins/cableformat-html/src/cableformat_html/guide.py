"""What the words on a page mean: the terms that occur in one cable, each with an anchor to link to."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import attrs

from cableformat import vocabulary
from cableformat.telegram.vocabulary import rows
from cableformat_html.visible_text import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_LETTER = re.compile(r"[^a-z0-9]+")
GROUPS = {
    "line": "The lines of a telegram",
    "classification": "How secret it is",
    "mark": "Portion marks",
    "caption": "Captions",
    "tag": "TAGS",
    "reason": "Reasons for classification",
    "downgrading": "Downgrading",
    "precedence": "Precedence",
    "route": "Routing indicators",
    "post": "Posts and offices",
    "signal": "Operating signals",
    "artefact": "Signs of the copy",
    "redaction": "Redactions",
}
"""The kinds of terms in the order of the guide, and their headings."""


@attrs.frozen
class Entry:
    """A term of the guide.

    Attributes:
        kind: One of `GROUPS`.
        term: The word.
        meaning: What it means.
        source: Where this is known from.
    """

    kind: str
    term: str
    meaning: str
    source: str

    @property
    def id(self) -> str:
        """Its anchor."""
        return f"{self.kind}-{_NO_LETTER.sub('-', self.term.lower()).strip('-')}"

    @property
    def name(self) -> str:
        """The word, for people."""
        return self.term.replace("_", " ") if self.kind in {"line", "artefact", "redaction"} else self.term


@functools.cache
def _own() -> dict[tuple[str, str], Entry]:
    """What the tables of terms do not have: lines, artefacts, redactions."""
    return {(row["kind"], row["term"]): Entry(**row) for row in rows("guide", "cableformat_html")}


@functools.lru_cache(maxsize=8192)
def entry(kind: str, word: str) -> Entry | None:
    """The entry for a word, or None where nobody knows it."""
    if (kind, word) in _own():
        return _own()[kind, word]
    if kind not in vocabulary.KINDS:
        return None
    found = vocabulary.explain(word, kind)
    return Entry(kind, found.term, found.meaning, found.source) if found else None


@functools.lru_cache(maxsize=8192)
def opening(found: Entry) -> str:
    """The tag that opens a link to an entry, with its meaning for the pointer."""
    return f'<a class="term" href="#{found.id}" title="{escape(found.meaning)}">'


@attrs.define
class Guide:
    """The terms that occur in a cable, in the order in which they were met."""

    found: dict[Entry, None] = attrs.field(factory=dict)

    def meet(self, kind: str, word: str) -> Entry | None:
        """The entry for a word that occurs; None where nobody knows it."""
        met = entry(kind, word)
        if met is not None:
            self.found.setdefault(met)
        return met

    def groups(self) -> Iterator[tuple[str, list[Entry]]]:
        """The headings of the guide with their entries."""
        for kind, heading in GROUPS.items():
            entries = [item for item in self.found if item.kind == kind]
            if entries:
                yield heading, entries
