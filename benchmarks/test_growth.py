"""Time over size: what each hostile telegram costs to tile, and to read every field of, at n and at 2n."""

from __future__ import annotations

import pytest

from cableformat import Cable
from cableformat.cli.description import describe

MB = 1024 * 1024
_WRAPPED = (
    "1. (C) Minister Orleo told the Ambassador on March 3 that he wants\n"
    "two more weeks. The port authority agrees with the plan, but not\n"
    "with its price, and asks for a loan of two thirds of the cost.\n\n"
)
_HEAD = "C O N F I D E N T I A L PORT MERIDIAN 000117\n\nSUBJECT: HARBOR TALKS\n\n"

TELEGRAMS = {
    "wrapped paragraphs": lambda size: _HEAD + _WRAPPED * (size // len(_WRAPPED)),
    "one line": lambda size: _HEAD + "words and more " * (size // 15),
    "blank lines": lambda size: "\n" * (size // 16),
    "lines `1. `": lambda size: "1. \n" * (size // 16),
}


@pytest.mark.parametrize("size", [8 * MB, 16 * MB], ids=["8 MB", "16 MB"])
@pytest.mark.parametrize("telegram", TELEGRAMS)
def test_tiling(benchmark, telegram, size):
    text = TELEGRAMS[telegram](size)
    benchmark.group = f"tile: {telegram}"
    benchmark.extra_info["bytes"] = len(text)
    blocks = benchmark.pedantic(lambda: Cable.from_text(text).telegram.blocks, rounds=3, iterations=1)
    assert blocks


@pytest.mark.parametrize("size", [4 * MB, 8 * MB], ids=["4 MB", "8 MB"])
@pytest.mark.parametrize("telegram", TELEGRAMS)
def test_every_field(benchmark, telegram, size):
    text = TELEGRAMS[telegram](size)
    benchmark.group = f"every field: {telegram}"
    benchmark.extra_info["bytes"] = len(text)
    assert benchmark.pedantic(lambda: describe(Cable.from_text(text)), rounds=1, iterations=1)
