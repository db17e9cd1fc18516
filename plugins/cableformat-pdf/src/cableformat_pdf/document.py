"""The document: pages of rows with marks at head and foot, bookmarks, and the whole cable as an embedded file.

reportlab writes it (BSD licence, kept since 2000): it draws text where it is told, makes outlines, and gives the same
bytes for the same input. Page contents are not compressed, so that they do not depend on a version of zlib.
"""

from __future__ import annotations

import io
import os
import re
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from cableformat import OptionError, dumps
from cableformat_pdf.layout import HEIGHT, LEFT, MARGIN, ROWS, TOP, WIDTH, pages_of, shown, title_of
from cableformat_pdf.pdfium import COPY, CREATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cableformat import Cable
    from cableformat_pdf.layout import Page, Row

_FONT, _BOLD, _SIZE = "Courier", "Courier-Bold", 10
_PAGE = (612, 792)  # points: US Letter, as the Department prints
_HEAD, _TITLE, _FOOT, _NUMBER = 756.0, 738.0, 48.0, 30.0
_BOOKMARK = 60
_LAST_SECOND = 253_402_300_799  # of the year 9999


def _centred(text: str) -> float:
    return (_PAGE[0] - len(text) * WIDTH) / 2


def document(cable: Cable, rows: Sequence[Row], *, embed: bool) -> bytes:
    """The bytes of the document.

    Args:
        cable: The cable.
        rows: Its rows.
        embed: Whether it carries the whole cable.

    Raises:
        OptionError: `SOURCE_DATE_EPOCH` is no number of seconds that gives a year of four digits.
    """
    _check_epoch()
    stream = io.BytesIO()
    language = cable.record.language
    canvas = Canvas(
        stream,
        pagesize=_PAGE,
        pageCompression=0,
        invariant=1,
        pdfVersion=(2, 0) if embed else (1, 7),
        lang=language if language and language.isascii() and language.isalpha() else "en",
    )
    _describe(canvas, cable)
    bookmarks = _bookmarks(cable, rows)
    at = 0
    for number, page in enumerate(pages_of(cable, rows)):
        while at < len(bookmarks) and bookmarks[at][0] < (number + 1) * ROWS:
            row, level, title = bookmarks[at]
            y = TOP - (row - number * ROWS) * HEIGHT
            canvas.bookmarkHorizontal(f"b{at}", 0, y + HEIGHT)
            canvas.addOutlineEntry(title, f"b{at}", level=level)
            at += 1
        _draw(canvas, page)
        canvas.showPage()
    if bookmarks:
        canvas.showOutline()
    if embed:
        _attach(canvas, dumps(cable, compact=True))
    canvas.save()
    return stream.getvalue()


def _draw(canvas: Any, page: Page) -> None:  # noqa: ANN401 - reportlab is untyped
    """Draw a page, in the order in which it is read."""
    _put(canvas, _BOLD, _centred(page.mark), _HEAD, page.mark)
    _put(canvas, _FONT, LEFT, _TITLE, page.title)
    for number, row in enumerate(page.rows):
        y = TOP - number * HEIGHT
        _put(canvas, _FONT, LEFT - MARGIN * WIDTH, y, row.sign)
        _put(canvas, _BOLD if row.is_heading else _FONT, LEFT, y, row.text)
    _put(canvas, _BOLD, _centred(page.mark), _FOOT, page.mark)
    _put(canvas, _FONT, _centred(page.number), _NUMBER, page.number)


def _put(canvas: Any, font: str, x: float, y: float, text: str) -> None:  # noqa: ANN401 - as above
    if text:
        canvas.setFont(font, _SIZE)
        canvas.drawString(x, y, text)


def _describe(canvas: Any, cable: Cable) -> None:  # noqa: ANN401 - reportlab is untyped
    """Title, author, subject and date of the document."""
    canvas.setTitle(title_of(cable) or "A cable")
    canvas.setAuthor(shown(" ".join((cable.origin or "").split())))
    canvas.setSubject(shown(" ".join((cable.subject or "").split())))
    canvas.setKeywords(", ".join(cable.tags))
    canvas.setCreator(f"{CREATOR} 1")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if cable.created is not None:  # without a date reportlab takes SOURCE_DATE_EPOCH, or 2000
        # reportlab has no public way to date a document
        canvas._doc._timeStamp.YMDhms = tuple(cable.created.timetuple()[:6])  # noqa: SLF001


def _check_epoch() -> None:
    """Refuse what reportlab would stumble over (reproducible-builds.org: a malformed value ends the work)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch and not (re.fullmatch("[0-9]{1,12}", epoch) and int(epoch) <= _LAST_SECOND):
        raise OptionError(
            f"SOURCE_DATE_EPOCH is {epoch[:40]!r}; it must be the seconds since 1970, from 0 to {_LAST_SECOND}."
        )


def _attach(canvas: Any, data: bytes) -> None:  # noqa: ANN401 - as above
    """Embed the cable as an associated file, the source of the document (ISO 32000-2 14.13)."""
    doc = canvas._doc  # noqa: SLF001 - as above, for embedded files
    stream = pdfdoc.PDFStream(content=data, filters=[])
    stream.dictionary["Type"] = pdfdoc.PDFName("EmbeddedFile")
    stream.dictionary["Subtype"] = pdfdoc.PDFName("application/vnd.cableformat+json")
    stream.dictionary["Params"] = pdfdoc.PDFDictionary({"Size": len(data)})
    held = doc.Reference(stream)
    specification = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(COPY),
            "UF": pdfdoc.PDFString(COPY),
            "EF": pdfdoc.PDFDictionary({"F": held, "UF": held}),
            "AFRelationship": pdfdoc.PDFName("Source"),
            "Desc": pdfdoc.PDFString("The whole cable, for cableformat"),
        }
    )
    file = doc.Reference(specification)
    catalog = doc.Catalog
    names = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([pdfdoc.PDFString(COPY), file])})
    catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": names})
    catalog.AF = pdfdoc.PDFArray([file])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]


def _bookmarks(cable: Cable, rows: Sequence[Row]) -> list[tuple[int, int, str]]:
    """Row, level and title of each bookmark: parts, their sections, and the paragraphs in these."""
    wanted: dict[str, list[tuple[int, int, str]]] = {part.id: [] for part in cable.parts}
    sections = cable.telegram.sections
    if len(sections) > 1:
        for section in sections:
            wanted[section.where.part].append((section.where.start, 1, f"Section {section.number} of {section.total}"))
    for paragraph in cable.paragraphs:
        words = " ".join(shown(" ".join(paragraph.text[: 2 * _BOOKMARK].split()))[:_BOOKMARK].split())
        if words:
            wanted[paragraph.where.part].append((paragraph.where.start, 2 if len(sections) > 1 else 1, words))
    return list(_placed(cable, rows, wanted))


def _placed(
    cable: Cable, rows: Sequence[Row], wanted: dict[str, list[tuple[int, int, str]]]
) -> Iterator[tuple[int, int, str]]:
    parts = iter(cable.parts)
    marks: list[tuple[int, int, str]] = []
    level = 0
    for number, row in enumerate(rows):
        if row.is_heading and not row.is_end:
            part = next(parts)
            marks = sorted(wanted[part.id], reverse=True)
            level = 0
            yield number, 0, row.text[:_BOOKMARK]
        following = rows[number + 1].start if number + 1 < len(rows) else None
        while marks and row.start is not None and (following is None or marks[-1][0] < following):
            _, wished, title = marks.pop()
            level = min(wished, level + 1)  # a level may not be left out
            yield number, level, title
