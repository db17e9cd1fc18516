"""What is fuzzed: functions of any bytes that return, or raise a fault.

`TARGETS` has one for each installed reader (`read-NAME`), and `grammar`, `codec`, `identify` and `pdf-pages`. They
need no fuzzer: `tests/test_fuzz_corpus.py` calls them on the inputs that fuzzing found worth keeping.
"""

from __future__ import annotations

import contextlib
import io
import json
import struct
import zlib
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any
from unittest import mock

import cableformat
from cableformat import Cable, FormatError, Report, dumps, loads
from cableformat.testing import laws

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cableformat import Input

_MOST_CABLES = 20  # of one input; the thousandth of a dump says no more
_ONE_IN = 16
_LONGEST = 4096  # bytes of an input that a fuzzer still changes fast; some files are longer by nature
_LONGER = {"read-parquet": 16384, "read-html": 12288, "read-pdf": 8192, "read-frus": 8192}
_SHORTER = {"grammar": 2048, "read-text": 1024, "read-pdf-text": 1024}


def _is_chosen(data: bytes) -> bool:
    """Whether an input is one of the few whose telegrams are read field by field: always the same ones."""
    return zlib.crc32(data) % _ONE_IN == 0


def _hold_invariants(cable: Cable, *, thorough: bool) -> None:
    if loads(dumps(cable, compact=True)) != cable:
        raise AssertionError("loads(dumps(cable)) is another cable")
    if thorough:
        laws.codec(cable)
        laws.tiling(cable)
        for part in cable.parts:
            for block in cable.telegram.blocks:
                if block.where.part == part.id and not 0 <= block.where.start < block.where.end <= len(part.text):
                    raise AssertionError(f"{block.where} does not lie in a text of {len(part.text)} characters")
        cable.discrepancies()


def read(name: str, data: bytes, *, thorough: bool = False) -> None:
    """A reader, by the public API: cables that hold together, or a `FormatError` that says where."""
    report = Report()
    try:
        for cable in islice(cableformat.read_all(data, name, report=report), _MOST_CABLES):
            _hold_invariants(cable, thorough=thorough or _is_chosen(data))
    except FormatError as error:
        _check_words(error)
    for event in report.events:
        str(event)


def _check_words(error: FormatError) -> None:
    if not error.message or not error.position or not str(error).isprintable():
        raise AssertionError(f"an error for people that is none: {str(error)!r}") from error


def grammar(data: bytes) -> None:
    """The grammar: blocks tile any text, and every field and short cut can be asked for."""
    text = data.decode("utf-8", "replace")
    record = cableformat.Record()
    if text.startswith("%"):  # what the record says comes into it, too
        first, _, text = text[1:].partition("\n")
        names = ("reference_id", "created", "classification", "origin", "subject", "tags", "partial")
        record = cableformat.Record(**dict(zip(names, first.split("|"), strict=False)))
    cable = Cable(record, (cableformat.Part("body", "body", text),))
    laws.tiling(cable)
    for section in cable.telegram.sections:
        if not 0 <= section.where.start <= section.where.end <= len(text):
            raise AssertionError(f"the section {section} does not lie in the text")
    for name in dir(Cable):
        if not name.startswith("_"):
            getattr(cable, name)
    cable.discrepancies()
    for value in islice(cable.telegram.tags, 3):
        cableformat.explain(value.value)


def codec(data: bytes) -> None:
    """Canonical JSON: a cable that dumps and loads to its equal, or a `FormatError`."""
    try:
        cable = loads(data)
    except FormatError as error:
        _check_words(error)
        return
    laws.codec(cable)


def identify(data: bytes) -> None:
    """Detection: a format, or an error of ours; no sniff fails."""
    try:
        found = cableformat.identify(data)
    except FormatError as error:
        _check_words(error)
        return
    if not found.evidence:
        raise AssertionError("a format without evidence")


def _no_limit(size: int) -> None:
    """In the place of a bound on memory: this process goes on."""


class _InProcess:
    """Runs the program that runs pdfium in this process, where the fuzzer sees it, instead of in one of its own.

    A crash of pdfium itself ends the fuzzer, and is one for pdfium's authors: users are shielded by the other process.
    """

    def frames(self, task: dict[str, Any], source: Input) -> Iterator[tuple[str, bytes]]:
        from cableformat_pdf import pdfium_process

        stream = io.BytesIO()
        said = contextlib.redirect_stdout(io.TextIOWrapper(stream))
        with said, mock.patch.object(pdfium_process, "_limit_memory", _no_limit):
            pdfium_process.serve(io.BytesIO(json.dumps(task).encode() + b"\n" + source.read()))
        stream.seek(0)
        while head := stream.read(5):
            yield chr(head[0]), stream.read(struct.unpack(">I", head[1:])[0])


def read_pdf_here(data: bytes, *, thorough: bool = False) -> None:
    """The reader of PDF, with pdfium in this process."""
    from cableformat_pdf import pdfium

    with mock.patch.object(pdfium, "_PROCESS", _InProcess()):
        read("pdf", data, thorough=thorough)


def pdf_pages(data: bytes, *, thorough: bool = False) -> None:
    """What the reader of PDF makes of what pdfium may give: pages, rows in a grid and a copy, as the bytes say.

    The first byte says whether the file is our own and whether a copy is in it; the rest is split at form feeds into
    pages, of which the first is the copy.
    """
    from cableformat_pdf import pdf
    from cableformat_pdf.pdfium import Pages

    flags = data[0] if data else 0
    pieces = data[1:].split(b"\x0c")
    copy, pieces = (pieces[0], pieces[1:]) if flags & 2 else (None, pieces)
    texts = tuple(piece.decode("utf-8", "replace") for piece in pieces)
    rows = tuple({i: line for i, line in enumerate(text.split("\n")) if line} for text in texts)
    pictures = tuple(i for i, text in enumerate(texts, 1) if not text.strip())

    def given(
        source: Input,
        max_pages: int,
        grid: dict[str, float] | None = None,
        on_copy: Callable[[bytes], None] = lambda _: None,
    ) -> Pages:
        if copy is not None:
            on_copy(copy)
        return Pages("made up", bool(flags & 1), texts, rows if grid else (), pictures)

    with mock.patch.object(pdf, "read_pages", given):
        read("pdf", data, thorough=thorough)


def _targets() -> dict[str, Callable[[bytes], None]]:
    readable = [known.name for known in cableformat.formats() if known.reader is not None]
    found: dict[str, Callable[[bytes], None]] = {"grammar": grammar, "codec": codec, "identify": identify}
    found |= {f"read-{name}": partial(read, name) for name in readable}
    if "pdf" in readable:
        found |= {"read-pdf": read_pdf_here, "pdf-pages": pdf_pages}
    return found


TARGETS = _targets()
"""The targets by name."""


def longest(target: str) -> int:
    """How many bytes an input of a target has at most."""
    return {**_LONGER, **_SHORTER}.get(target, _LONGEST)
