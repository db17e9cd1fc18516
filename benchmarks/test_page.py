"""The page to read, against the canonical JSON of the same cable."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from cableformat import Cable, write

sys.path.insert(0, str(Path(__file__).parent))
from telegrams import KB, telegram


@pytest.fixture(params=[10, 100, 1000], ids=["10 kB", "100 kB", "1 MB"])
def text(request, benchmark):
    benchmark.extra_info["bytes"] = request.param * KB
    return telegram(request.param * KB)


@pytest.mark.parametrize("to", ["json", "html"])
def test_write(benchmark, text, to):
    cable = Cable.from_text(text, reference_id="31PORTMERIDIAN117")
    assert cable.paragraphs  # the telegram is read once and kept: this measures the page, not the grammar
    benchmark.group = "a page to read, the telegram known"
    benchmark.extra_info.update(how=f"write {to}", bare=to == "json")

    def written():
        out = io.BytesIO()
        write(cable, out, to)
        return out.getvalue()

    benchmark.extra_info["written"] = len(benchmark(written))
