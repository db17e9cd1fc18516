"""The formats of the core: canonical JSON, JSON Lines, and the bare telegram."""

from __future__ import annotations

from cableformat.builtin import telegram_text
from cableformat.fidelity import MODEL, fields
from cableformat.registry import Format

_BYTE_ORDER_MARK = rb"(?:\xef\xbb\xbf)?"

BUILTIN_FORMATS = (
    Format(
        name="json",
        title="Canonical JSON, one cable",
        media_types=("application/vnd.cableformat+json", "application/json"),
        suffixes=(".json",),
        # A self-mark: the first member of an indented document is the version of its schema.
        marker=(rb"\A" + _BYTE_ORDER_MARK + rb'[ \t\r\n]*+\{[ \t]*+\r?\n\s*+"cableformat"\s*+:',),
        reader="cableformat.builtin.canonical_json:read",
        writer="cableformat.builtin.canonical_json:write",
        validator="cableformat.builtin.canonical_json:validate",
        keeps=MODEL,
    ),
    Format(
        name="jsonl",
        title="JSON Lines, one cable a line",
        media_types=("application/jsonl", "application/x-ndjson"),
        suffixes=(".jsonl", ".ndjson"),
        marker=(rb"\A" + _BYTE_ORDER_MARK + rb'[ \t\r\n]*+\{[ \t]*+"cableformat"[ \t]*+:',),
        reader="cableformat.builtin.json_lines:read",
        writer="cableformat.builtin.json_lines:write",
        validator="cableformat.builtin.json_lines:validate",
        splitter="cableformat.builtin.json_lines:split",
        joiner="cableformat.builtin.json_lines:join",
        cardinality="many",
        keeps=MODEL,
    ),
    Format(
        name="text",
        title="The bare telegram",
        media_types=("text/plain",),
        suffixes=(".txt", ".cable"),
        sniff=telegram_text.sniff,
        reader=telegram_text.read,
        writer=telegram_text.write,
        keeps=fields("parts[body]", domain=telegram_text.is_body_alone),
        replays=True,
    ),
)
