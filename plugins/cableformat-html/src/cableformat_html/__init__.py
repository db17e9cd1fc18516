"""HTML pages and text copies of cable mirrors, as formats of cableformat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat import MODEL, Format, fields, hookimpl
from cableformat_html import mirror_text, options

if TYPE_CHECKING:
    from collections.abc import Iterable

__version__ = "0.1.0"


@hookimpl
def cableformat_formats() -> Iterable[Format]:
    """The formats of this plugin."""
    yield Format(
        name="html",
        title="A page to read, with the whole cable inside",
        media_types=("text/html",),
        suffixes=(".html", ".htm"),
        marker=(
            (
                rb"(?s)\A(?:\xef\xbb\xbf)?\s*+<!DOCTYPE html[^>]*+>.{0,2000}?"
                rb'<meta name="generator" content="cableformat-html \d+">'
            ),
        ),
        reader="cableformat_html.page:read",
        writer="cableformat_html.page:write",
        keeps=MODEL,
        visible=fields("record", "parts", "grammar"),
        options=options.PageOptions,
        needs="cableformat-html",
    )
    yield Format(
        name="jcvignoli-text",
        title="Text copied from a page of the jcvignoli mirror",
        media_types=("text/plain",),
        suffixes=(".txt",),
        refines="text",
        sniff=mirror_text.sniff,
        reader="cableformat_html.jcvignoli_text:read",
        writer="cableformat_html.jcvignoli_text:write",
        keeps=fields(
            "record.reference_id",
            "record.created",
            "record.classification",
            "record.origin",
            "record.subject",
            "record.tags",
            "parts[header]",
            "parts[body]",
            domain=mirror_text.fits,
        ),
        replays=True,
        needs="cableformat-html",
    )
