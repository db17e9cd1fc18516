"""The names that writer and reader share: elements for blocks, for kinds of annotation, and the self-mark."""

from __future__ import annotations

import re
from functools import lru_cache

from cableformat import BlockKind
from cableformat.patterns import on_use

TEI = "http://www.tei-c.org/ns/1.0"
PROFILE = "cableformat-1"
"""The self-mark: `TEI/@subtype`. Its number is that of the encoding."""

PINNABLE = frozenset(BlockKind) - {BlockKind.BLANK, BlockKind.ARTEFACT, BlockKind.RESIDUE, BlockKind.VERBATIM}
"""The kinds of block that mark-up can state against the grammar."""

TELEGRAM = frozenset({"header", "body"})
"""The roles of the parts that hold the telegram, of whose structure a document states something."""

PIN = "structure."
"""The prefix of the kinds of annotation that pin a block."""

INLINE = {
    "name.person": "persName",
    "name.place": "placeName",
    "name.organisation": "orgName",
    **{
        f"tei.{element}": element
        for element in (
            "add",
            "country",
            "date",
            "del",
            "foreign",
            "gloss",
            "hi",
            "name",
            "num",
            "ref",
            "settlement",
            "supplied",
            "term",
            "time",
            "title",
            "unclear",
        )
    },
}
"""The element for a kind of annotation; any other kind is a `seg` of that type."""

KINDS = {element: kind for kind, element in INLINE.items()}

CHOICES = {
    "correction": ("sic", "corr"),
    "regularisation": ("orig", "reg"),
    "abbreviation": ("abbr", "expan"),
}
"""Kinds of annotation whose one attribute is the editor's reading beside the printed one."""

EMPTY = {"tei.pb": ("pb", frozenset({"n"})), "tei.gap": ("gap", frozenset({"n", "reason"}))}
"""Kinds of empty annotation that are an element of their own, and what it can say."""

NOTE = "note"
NOTE_PART = "part"
"""The kind of an annotation that is a note, and its attribute: the id of the part that holds the note's text."""

_POINTER = r"#[A-Za-z_][A-Za-z0-9_.-]*|https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._-]+)*/?"
_NAMED = frozenset({"cert", "key", "ref", "resp"})
ATTRIBUTES: dict[str, frozenset[str]] = {
    **dict.fromkeys(("persName", "placeName", "orgName", "name", "country", "settlement"), _NAMED),
    "date": frozenset({"when"}),
    "ref": frozenset({"target"}),
    "seg": frozenset(),
}
"""The attributes that an inline element takes from an annotation; others have none."""

VALUES = {
    "cert": on_use("high|medium|low|unknown"),
    "key": on_use(r"[!-~]+(?: [!-~]+)*"),
    "n": on_use(r"[!-~]+"),
    "reason": on_use(r"[a-z_]+"),
    "ref": on_use(_POINTER),
    "resp": on_use(_POINTER),
    "target": on_use(_POINTER),
    "when": on_use(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])"),
}
"""What an attribute may say to stand in the mark-up as it is: nothing that a processor would normalise."""

BROKEN_END = "broken_end"


@lru_cache(maxsize=256)
def mark_id(mark: str) -> str:
    """The `xml:id` of the category of a portion mark.

    Example:
        >>> mark_id("S/REL NATO")
        'mark-S.REL_NATO'
    """
    return "mark-" + re.sub("[^A-Za-z0-9._-]", "_", mark.replace("/", "."))
