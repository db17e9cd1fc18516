"""A cable of 8 kB in every format that is written: identified, read, and written."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from cableformat import Cable, Input, formats, identify, read_all, write

sys.path.insert(0, str(Path(__file__).parent))
from telegrams import HEADER, KB, telegram

WRITTEN = sorted(known.name for known in formats() if known.writer)


@pytest.fixture(scope="module")
def cable():
    made = Cable.from_text(telegram(8 * KB), header=HEADER, reference_id="31PORTMERIDIAN117")
    assert made.paragraphs  # the telegram is read once and kept
    return made


def written(cable, name):
    stream = io.BytesIO()
    write(cable, stream, name)
    return stream.getvalue()


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("what", ["identify", "read", "write"])
def test_format(benchmark, cable, what, name):
    data = written(cable, name)
    benchmark.group = f"{what} a cable of 8 kB"
    benchmark.extra_info.update(bytes=len(data), how=name)
    run = {
        "identify": lambda: identify(Input.from_bytes(data, f"a.{name}")),
        "read": lambda: list(read_all(data, name)),
        "write": lambda: written(cable, name),
    }[what]
    assert benchmark.pedantic(run, rounds=20, warmup_rounds=2)
