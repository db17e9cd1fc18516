"""HTML pages and text copies of cable mirrors, as formats of cableformat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cableformat import MODEL, Format, fields, hookimpl
from cableformat_html import domains, mirror_text, options, recognise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cableformat.registry import Sniff

__version__ = "0.1.0"

_READ_ONLY: tuple[tuple[str, str, Sniff, str, Literal["one", "many"]], ...] = (
    (
        "jcvignoli",
        "A page of the jcvignoli mirror",
        recognise.jcvignoli,
        "cableformat_html.laid_out:read_jcvignoli",
        "one",
    ),
    ("mrkva", "A page of the mrkva mirror", recognise.mrkva, "cableformat_html.laid_out:read_mrkva", "one"),
    ("plusd", "A page of PlusD", recognise.plusd, "cableformat_html.plusd:read", "one"),
    (
        "country-mirror",
        "A WordPress page that republishes cablegate's",
        recognise.country_mirror,
        "cableformat_html.country_mirror:read",
        "many",
    ),
)


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
                rb"\A(?:\xef\xbb\xbf)?\s*+<!DOCTYPE html[^>]*+>"
                rb'(?:[^<]*+<(?!meta name="generator" content="cableformat-html \d)){0,60}+[^<]*+'
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
    yield from _pages()
    yield from _texts()


def _pages() -> Iterable[Format]:
    """Pages of mirrors, and of anybody."""
    yield Format(
        name="webpage",
        title="Any page that holds telegrams",
        media_types=("text/html",),
        suffixes=(".html", ".htm", ".html.gz"),
        sniff=recognise.webpage,
        reader="cableformat_html.webpage:read",
        cardinality="many",
        needs="cableformat-html",
    )
    for name, title, sniff, reader, cardinality in _READ_ONLY:
        yield Format(
            name=name,
            title=title,
            media_types=("text/html",),
            suffixes=(".html", ".htm", ".html.gz"),
            refines="webpage",
            sniff=sniff,
            reader=reader,
            cardinality=cardinality,
            needs="cableformat-html",
        )
    yield Format(
        name="cablegate",
        title="A page of the cablegate mirror",
        media_types=("text/html",),
        suffixes=(".html", ".htm", ".html.gz"),
        refines="webpage",
        sniff=recognise.cablegate,
        reader="cableformat_html.cablegate:read",
        writer="cableformat_html.cablegate_writer:write",
        keeps=fields(
            "record.reference_id",
            "record.created",
            "record.released",
            "record.classification",
            "record.origin",
            "record.subject",
            "parts[header]",
            "parts[body]",
            domain=domains.fits_cablegate,
        ),
        needs="cableformat-html",
    )


def _texts() -> Iterable[Format]:
    """Text copied from pages of mirrors."""
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
    yield Format(
        name="mrkva-text",
        title="Text copied from a page of the mrkva mirror",
        media_types=("text/plain",),
        suffixes=(".txt",),
        refines="text",
        sniff=recognise.mrkva_text,
        reader="cableformat_html.mrkva_text:read",
        writer="cableformat_html.mrkva_text:write",
        keeps=fields(
            "record.reference_id",
            "record.created",
            "record.classification",
            "record.origin",
            "record.subject",
            "record.tags",
            "parts[header]",
            "parts[body]",
            domain=mirror_text.fits_mrkva,
        ),
        replays=True,
        needs="cableformat-html",
    )
    yield Format(
        name="dump-text",
        title="A text dump with five lines at the top",
        media_types=("text/plain",),
        suffixes=(".txt",),
        refines="text",
        sniff=recognise.dump_text,
        reader="cableformat_html.dump_text:read",
        writer="cableformat_html.dump_text:write",
        keeps=fields(
            "record.reference_id",
            "record.created",
            "record.classification",
            "record.origin",
            "record.subject",
            "parts[header]",
            "parts[body]",
            domain=mirror_text.fits_dump,
        ),
        replays=True,
        needs="cableformat-html",
    )
