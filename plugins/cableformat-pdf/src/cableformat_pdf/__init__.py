"""PDF files, and text taken out of them, as formats of cableformat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat import MODEL, Format, fields, hookimpl
from cableformat_pdf import options, recognition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cableformat import Cable

__version__ = "0.1.0"


def _fits_nara(cable: Cable) -> bool:
    from cableformat_pdf.nara import fits  # noqa: PLC0415 - its vocabulary is read only where it is needed

    return fits(cable)


def _fits_pages(cable: Cable) -> bool:
    from cableformat_pdf.layout import fits  # noqa: PLC0415 - only where it is needed

    return fits(cable)


@hookimpl
def cableformat_formats() -> Iterable[Format]:
    """The formats of this plugin."""
    yield Format(
        name="pdf",
        title="PDF: pages to read, with the whole cable inside; also those of archives",
        media_types=("application/pdf",),
        suffixes=(".pdf",),
        magic=(b"%PDF-",),
        reader="cableformat_pdf.pdf:read",
        writer="cableformat_pdf.pdf:write",
        keeps=MODEL,
        visible=fields("record", "parts", "grammar", domain=_fits_pages),
        options=options.PdfOptions,
        needs="cableformat-pdf",
    )
    yield Format(
        name="pdf-text",
        title="What pdftotext prints, pages and all",
        media_types=("text/plain",),
        suffixes=(".txt",),
        refines="text",
        sniff=recognition.sniff_pages,
        reader="cableformat_pdf.pdf_text:read",
        writer="cableformat_pdf.pdf_text:write",
        keeps=fields("parts[body]", domain=recognition.is_body_alone),
        replays=True,
        needs="cableformat-pdf",
    )
    yield Format(
        name="nara",
        title="Text of the National Archives' files of 1973-79, with Message Attributes",
        media_types=("text/plain",),
        suffixes=(".txt",),
        refines="pdf-text",
        sniff=recognition.sniff_nara,
        reader="cableformat_pdf.nara:read",
        writer="cableformat_pdf.nara:write",
        keeps=fields(
            "record.reference_id",
            "record.created",
            "record.released",
            "record.classification",
            "record.origin",
            "record.subject",
            "record.tags",
            "record.references",
            "record.partial",
            "extra",
            "parts[body]",
            domain=_fits_nara,
        ),
        replays=True,
        needs="cableformat-pdf",
    )
    yield Format(
        name="foia",
        title="Text of the State Department's releases, also of messages in SMART",
        media_types=("text/plain",),
        suffixes=(".txt",),
        refines="pdf-text",
        sniff=recognition.sniff_foia,
        reader="cableformat_pdf.foia:read",
        needs="cableformat-pdf",
    )
