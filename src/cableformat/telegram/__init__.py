"""Text to structure: a telegram as header lines, head, paragraphs, and the fields that stand in them."""

from __future__ import annotations

from cableformat.telegram.blocks import Artefact, ArtefactKind, Block, BlockKind, Context
from cableformat.telegram.paragraphs import Paragraph, Section
from cableformat.telegram.passages import Passage
from cableformat.telegram.values import Addressee, Mark, Reference, Value
from cableformat.telegram.view import Telegram, parse

__all__ = [
    "Addressee",
    "Artefact",
    "ArtefactKind",
    "Block",
    "BlockKind",
    "Context",
    "Mark",
    "Paragraph",
    "Passage",
    "Reference",
    "Section",
    "Telegram",
    "Value",
    "parse",
]
