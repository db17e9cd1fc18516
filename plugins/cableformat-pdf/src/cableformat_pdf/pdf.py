"""`pdf`: real files. Read by pdfium in a process of its own; written as pages to read, with the whole cable inside.

What people see is the truth: where a page was edited after writing, reading takes what stands on the pages, drops
the embedded copy, and reports the difference. Files of others are read by the dialects of their text.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple, Self

from cableformat import Cable, FormatError, Input, ModelError, Part, Record, Report, loads
from cableformat_pdf import foia, nara, pdf_text, recognition
from cableformat_pdf.layout import GRID, MARGIN, ROWS, cable_of, pages_of, rows_of, seen, words
from cableformat_pdf.pdfium import COPY, read_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from cableformat import Sink
    from cableformat_pdf.options import PdfOptions
    from cableformat_pdf.pdfium import Pages


def read(source: Input, options: PdfOptions, report: Report) -> Iterator[Cable]:
    """The cable of a file.

    Raises:
        FormatError: The file is encrypted, damaged, beyond a limit, or has no text.
    """
    with ThreadPoolExecutor(1) as pool:  # its thread begins with the first copy; pdfium works on meanwhile
        copies: list[Future[_Copy]] = []
        pages = read_pages(source, options.max_pages, on_copy=lambda data: copies.append(pool.submit(_Copy.of, data)))
        copy = copies[0].result() if copies else None
    if pages.is_own:
        yield _own(pages, copy, source, options, report)
        return
    if pages.texts and not any(text.strip() for text in pages.texts):
        raise FormatError(
            "None of its pages has text" + (": they are pictures." if pages.pictures else "."),
            source=source.name,
            path="page 1",
            hint="Have a tool for character recognition (OCR) add the text." if pages.pictures else None,
        )
    for number in pages.pictures:
        report.skipped(f"page {number}", "it is a picture without text; character recognition (OCR) could read it")
    text = "".join(f"{page}{pdf_text.PAGE_END}" for page in pages.texts)
    record, parts = _dialect(text)
    yield Cable(record, parts, source=source.source("pdf", extractor=pages.extractor))


def _dialect(text: str) -> tuple[Record, tuple[Part, ...]]:
    """The record and the parts of a text, by the dialect that recognises it."""
    head = Input.from_bytes(text[:65536].encode())
    if recognition.sniff_nara(head):
        return nara.split(text)
    if recognition.sniff_foia(head):
        return foia.split(text)
    return Record(), pdf_text.parts_of(text)


class _Copy(NamedTuple):
    """An embedded copy, and the words on each page that would show it."""

    cable: Cable
    shown: list[str]

    @classmethod
    def of(cls, data: bytes) -> Self:
        """The copy of some bytes.

        Raises:
            FormatError: They are no cable.
        """
        cable = loads(data)
        return cls(cable, [page.words for page in pages_of(cable, rows_of(cable))])


def _own(pages: Pages, copy: _Copy | None, source: Input, options: PdfOptions, report: Report) -> Cable:
    """The cable of a file that this format wrote, also after somebody has edited it."""
    if copy is not None and copy.shown == [words(text) for text in pages.texts]:
        return copy.cable
    found = read_pages(source, options.max_pages, GRID).rows
    rows = [page.get(row, "") for page in found for row in range(ROWS)]
    try:
        record, parts, grammar = cable_of((row[:1].strip(), row[MARGIN:]) for row in _without_end(rows))
        cable = Cable(record, parts, source=source.source("pdf", extractor=pages.extractor), grammar=grammar)
    except ModelError as error:
        raise FormatError(
            f"The pages were edited into what is no cable. {error}", source=source.name, path="the visible text"
        ) from None
    if copy is not None:
        report.differences(
            copy.cable, cable, f"what people see was edited after the file was written; {COPY} inside it was dropped"
        )
    return cable


def _without_end(rows: list[str]) -> list[str]:
    """The rows without those after the last, on the last page."""
    last = max((number for number, row in enumerate(rows) if row.strip()), default=-1)
    return rows[: last + 1]


def write(cables: Iterable[Cable], sink: Sink, options: PdfOptions, report: Report) -> None:
    """Write a cable as pages; without the embedded copy, report what only the copy could carry."""
    from cableformat_pdf.document import document  # noqa: PLC0415 - reportlab only for writing

    for cable in cables:
        # Without the copy nothing may say more than the pages do, the title and the bookmarks included.
        shown = cable if options.embed else seen(cable)
        data = document(shown, rows_of(shown), embed=options.embed)
        sink.write(data)
        if not options.embed:
            (back,) = read(Input.from_bytes(data, sink.name), options, Report())
            report.differences(cable, back, "people do not see it on the pages, and embed is off")
