"""The program that runs pdfium, in a process of its own: it reads one file after another from its standard input.

It is run by its path and imports nothing of this package. A request is a line of JSON and the bytes of a file; the
answer is a row of frames: a letter, four bytes of length, and so many bytes.

    i  JSON: number of pages, extractor, whether the file says that cableformat wrote it
    a  the embedded copy of a cable
    p  the text of a page: of a file that cableformat wrote as pdfium gives it, else with its blank lines
    r  the rows of a page by their places on it, JSON: {number: text}
    s  the number of a page that is a picture without text
    e  JSON: why the file cannot be read
    d  done
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import struct
import sys
from collections import Counter
from itertools import pairwise
from typing import IO, Any

import pypdfium2 as pdfium
from pypdfium2 import raw

EXTRACTOR = f"pypdfium2 {pdfium.PYPDFIUM_INFO} (pdfium {pdfium.PDFIUM_INFO.build})"
_MEMORY = 2 * 1024**3  # bytes of address space for pdfium, beside several times the file
_HYPHEN = "\ufffe"  # what pdfium gives for a hyphen at the end of a line, with the line end
_HYPHENS = ("\ufffe", "\x02")
_MOST_BLANK_LINES = 4
_SELDOM = 5  # times as often as a superscript do lines stand at their usual distance

_WHY = {
    raw.FPDF_ERR_PASSWORD: ("It is encrypted, and opens with a password only.", "Save a copy without the password."),
    raw.FPDF_ERR_FORMAT: (
        "It is no PDF file, or damaged beyond repair.",
        "Fetch it again, or repair it with another tool.",
    ),
    raw.FPDF_ERR_SECURITY: ("It is encrypted in a way that pdfium does not know.", "Save a copy without encryption."),
}


def _send(kind: str, data: bytes = b"") -> None:
    out = sys.stdout.buffer
    out.write(kind.encode() + struct.pack(">I", len(data)) + data)


def _send_json(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
    _send(kind, json.dumps(value).encode())


class _RefusedError(Exception):
    """The file is beyond a limit, or cannot be read."""

    def __init__(self, message: str, hint: str = "", page: int | None = None) -> None:
        super().__init__(message)
        self.hint, self.page = hint, page


def _limit_memory(size: int) -> None:
    """Bound what pdfium may take for a file of a size; where the system cannot, the time limit remains."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _MEMORY + 8 * size
    limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS does not bound addresses
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _answer(task: dict[str, Any], data: bytes) -> None:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        message, hint = _WHY.get(getattr(error, "err_code", None) or raw.FPDF_ERR_FORMAT, _WHY[raw.FPDF_ERR_FORMAT])
        raise _RefusedError(message, hint) from None
    try:
        pages = len(document)
        if pages > task["max_pages"]:
            raise _RefusedError(
                f"It has {pages:,} pages, and the limit is {task['max_pages']:,}.",
                f"If it is one cable, raise the limit: -I max_pages={pages}.",
            )
        mark = document.get_metadata_value("Creator")
        _send_json("i", {"pages": pages, "extractor": EXTRACTOR, "creator": mark})
        task["is_own"] = mark.startswith(task["creator"])
        if task["is_own"]:
            _send_copy(document, task)
        falling: Counter[float] = Counter()
        for number in range(pages):
            _send_page(document, number, task, falling)
            sys.stdout.buffer.flush()
    finally:
        document.close()


def _send_copy(document: pdfium.PdfDocument, task: dict[str, Any]) -> None:
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        if attachment.get_name() != task["copy"]:
            continue
        size = ctypes.c_ulong()
        raw.FPDFAttachment_GetFile(attachment, None, 0, size)
        if size.value > task["max_copy"]:
            raise _RefusedError(
                f"The file {task['copy']} embedded in it has {size.value:,} bytes; the limit is {task['max_copy']:,}.",
                "It is no copy of a cable. Remove it, and what people see is read.",
            )
        _send("a", bytes(attachment.get_data()))
        return


def _send_page(document: pdfium.PdfDocument, number: int, task: dict[str, Any], falling: Counter[float]) -> None:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        raise _RefusedError("The page cannot be read; the file is damaged.", page=number + 1) from None
    text_page = page.get_textpage()
    try:
        if task["grid"]:
            _send_json("r", _rows(text_page, task["grid"]))
            return
        text = text_page.get_text_range() if task["is_own"] else _text(text_page, falling)
        if not text.strip() and any(page.get_objects(max_depth=2)):
            _send_json("s", number + 1)
        _send("p", text.encode("utf-8", "replace"))
    finally:
        text_page.close()
        page.close()


def _text(page: pdfium.PdfTextPage, falling: Counter[float]) -> str:
    """The text of a page in reading order, with the blank lines that pdfium leaves out, by the places of the lines.

    Args:
        page: The page.
        falling: How often lines have stood how far apart on this page and those before it.
    """
    text = page.get_text_range()
    lines: list[str] = []
    starts: list[int] = []
    at = 0
    for line in text.split("\r\n"):
        for i, piece in enumerate(line.split(_HYPHEN)):
            if i:
                lines[-1] += "-"
            lines.append(piece)
            starts.append(at)
            at += len(piece) + 1
        at += 1
    heights = _heights(page, starts if len(text) == page.count_chars() else _indices(page, starts))
    steps = [round(above - below, 1) for above, below in pairwise(heights)]
    falling.update(step for step in steps if step > 1)
    if not falling:
        return "\n".join(lines) + "\n" if text else ""
    most = max(falling.values())
    leading = min(step for step, count in falling.items() if count * _SELDOM >= most)
    pieces = [lines[0]]
    for line, step in zip(lines[1:], steps, strict=True):
        blank = min(max(round(step / leading) - 1, 0), _MOST_BLANK_LINES)
        pieces.append("\n" * (blank + 1) + line)
    return "".join(pieces) + "\n"


def _indices(page: pdfium.PdfTextPage, places: list[int]) -> list[int]:
    """The numbers of the characters on the page that stand at places of its text, which leaves some of them out."""
    return [raw.FPDFText_GetCharIndexFromTextIndex(page, place) for place in places]


def _heights(page: pdfium.PdfTextPage, indices: list[int]) -> list[float]:
    """The heights on the page at which characters stand, in points."""
    x, y = ctypes.c_double(), ctypes.c_double()
    handle, to_x, to_y, origin = page.raw, ctypes.byref(x), ctypes.byref(y), raw.FPDFText_GetCharOrigin
    return [y.value if origin(handle, index, to_x, to_y) else 0.0 for index in indices]


def _rows(page: pdfium.PdfTextPage, grid: dict[str, float]) -> dict[int, str]:
    """The characters of a page in a grid of columns and rows, by row; those above and below the grid are left out."""
    x, y = ctypes.c_double(), ctypes.c_double()
    found: dict[int, list[tuple[int, str]]] = {}
    for index in range(page.count_chars()):
        if raw.FPDFText_IsGenerated(page, index) == 1 or not raw.FPDFText_GetCharOrigin(page, index, x, y):
            continue
        char = chr(raw.FPDFText_GetUnicode(page, index))
        row = round((grid["y"] - y.value) / grid["height"])
        column = round((x.value - grid["x"]) / grid["width"])
        if 0 <= row < grid["rows"] and 0 <= column < grid["columns"]:
            found.setdefault(row, []).append((column, "-" if char in _HYPHENS else char))
    rows = {}
    for row, chars in found.items():
        line = [" "] * (max(column for column, _ in chars) + 1)
        for column, char in chars:
            line[column] = char
        rows[row] = "".join(line).rstrip(" ")
    return rows


def serve(stream: IO[bytes]) -> None:
    """Answer requests until there are no more."""
    while line := stream.readline():
        task = json.loads(line)
        data = stream.read(task["size"])
        _limit_memory(task["size"])
        try:
            _answer(task, data)
        except _RefusedError as error:
            _send_json("e", {"message": str(error), "hint": error.hint, "page": error.page})
        except pdfium.PdfiumError as error:
            _send_json("e", {"message": f"pdfium cannot read it: {error}", "hint": "It is damaged.", "page": None})
        except MemoryError:
            _send_json("e", {"message": "It takes more memory than a cable can need.", "hint": "", "page": None})
        _send("d")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    serve(io.BufferedReader(io.FileIO(0)))
