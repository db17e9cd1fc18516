"""Reading PDF files: against pdfium's bare extraction of the same file, and over the number of pages."""

from __future__ import annotations

import io
import sys

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from cableformat import Cable, read, write

_LINE = "MINISTER ORLEO TOLD THE AMBASSADOR THAT HE WANTS TWO MORE WEEKS."
_PAGE = "\n".join([*[_LINE] * 4, ""] * 10)


def _foreign(pages):
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for _ in range(pages):
        canvas.setFont("Courier", 9)
        for row, line in enumerate(_PAGE.split("\n")):
            canvas.drawString(50, 760 - 11 * row, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _own(pages):
    stream = io.BytesIO()
    write(Cable.from_text(f"{_PAGE}\n" * pages), stream, "pdf")
    return stream.getvalue()


def _bare(data):
    document = pypdfium2.PdfDocument(data)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return texts


FILES = {"of others": _foreign, "of our own": _own}


@pytest.mark.parametrize("how", [_bare, read], ids=["pdfium alone", "cableformat"])
@pytest.mark.parametrize("kind", FILES)
def test_reading(benchmark, kind, how):
    data = FILES[kind](200)
    benchmark.group = f"pdf: a file {kind}, 200 pages"
    benchmark.extra_info.update(
        bytes=len(data), how="pdfium alone" if how is _bare else "cableformat", bare=how is _bare
    )
    how(data)  # the process is started once
    assert benchmark.pedantic(how, (data,), rounds=5, iterations=1)


@pytest.mark.parametrize("pages", [500, 1000])
def test_memory_of_the_process(benchmark, pages):
    """What pdfium's process takes at the peak; the cable itself grows with its text."""
    if sys.platform != "linux":
        pytest.skip("the peak of another process is read from /proc")
    from cableformat_pdf.pdfium import _PROCESS

    data = _foreign(pages)
    _PROCESS.stop()
    benchmark.group = "pdf: memory over pages"
    benchmark.extra_info["bytes"] = len(data)
    benchmark.pedantic(read, (data,), rounds=1, iterations=1)
    with open(f"/proc/{_PROCESS._process.pid}/status", encoding="ascii") as status:  # noqa: PTH123, SLF001 - as above
        peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    benchmark.extra_info["peak kB"] = int(peak)
    print(f"{pages} pages: file {len(data) // 1024} kB, peak of the process {peak} kB")
