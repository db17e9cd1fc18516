"""The limits that the page on security names are those of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from cableformat import registry, strictjson
from cableformat.corpus import archives

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "security.md").read_text("utf-8")


def test_the_limits_of_the_law_of_totality():
    laws = pytest.importorskip("cableformat.testing.laws")
    conformance = (Path(__file__).resolve().parents[1] / "docs" / "conformance.md").read_text("utf-8")
    for page in (PAGE, conformance):
        assert f"{laws.SECONDS:g} s + {laws.SECONDS_PER_MB:g} s/MiB" in page
        assert f"{laws.BYTES // 2**20} MiB + {laws.BYTES_PER_BYTE} bytes per byte" in page


def test_the_limits_of_the_core():
    assert f"nested at most {strictjson.MAX_DEPTH} deep" in PAGE
    assert f"larger than {registry._SPOOL_SIZE // 2**20} MiB" in PAGE


def test_the_limits_of_pages():
    layout = pytest.importorskip("cableformat_html.layout")
    assert f"open at most {layout._DEEPEST} deep" in PAGE
    packed = pytest.importorskip("cableformat_html.page_bytes")
    assert f"unpacks to at most {packed._LEAST_UNPACKED // 2**20} MiB or five times its size" in PAGE
    assert packed._MOST_GROWTH == 5


def test_the_limits_of_xml():
    parsing = pytest.importorskip("cableformat_tei.parsing")
    assert f"{parsing.MAX_DEPTH} levels" in PAGE


def test_the_limits_of_pdf():
    pdfium = pytest.importorskip("cableformat_pdf.pdfium")
    process = pytest.importorskip("cableformat_pdf.pdfium_process")
    assert f"{pdfium._PAGE_SECONDS:g} s a page" in PAGE
    assert f"at most {pdfium._SMALL // 2**20} MiB + {pdfium._PER_BYTE} bytes of text per byte" in PAGE
    assert f"at most {process._MEMORY // 2**30} GiB of memory" in PAGE


def test_the_limits_of_tables():
    rows = pytest.importorskip("cableformat_table.rows")
    limits = pytest.importorskip("cableformat_table.limits")
    assert f"one row at most {rows._LONGEST // 2**20} MiB" in PAGE
    assert PAGE.count(f"{limits.RATIO_FROM // 2**20} MiB or {limits.MOST_RATIO} times") == 3
    assert (limits.RATIO_FROM, limits.MOST_RATIO) == (archives.RATIO_FROM, archives.MOST_RATIO)
    assert f"at most {archives.MOST_BYTES // 2**30} GiB" in PAGE
    parquet = pytest.importorskip("cableformat_table.parquet")
    assert f"take about {parquet._BATCH_BYTES // 2**20} MiB" in PAGE
