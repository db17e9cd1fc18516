"""What reading a telegram costs: tiling against a bare scan of lines, every short cut, and each field of one cable."""

from __future__ import annotations

import re

import pytest

from cableformat import Cable

MB = 1024 * 1024
_PARAGRAPH = (
    "{n}. (C) Minister Orleo told the Ambassador on March 3 that he wants\n"
    "two more weeks. The port authority agrees with the plan, but not\n"
    "with its price, and asks for a loan of two thirds of the cost.\n"
    "The harbor master said that the dredging would go on until June.\n\n"
)
_HEADER = (
    "VZCZCXRO7916\nOO RUEHAG\nDE RUEHPM #0117/01 0630912\nZNY CCCCC ZZH\nO 040912Z MAR 31\n"
    "FM AMEMBASSY PORT MERIDIAN\nTO RUEHC/SECSTATE WASHDC IMMEDIATE 6479\nINFO RUEHSO/AMEMBASSY SAINT ORRIN PRIORITY\n"
)
_HEAD = (
    "C O N F I D E N T I A L PORT MERIDIAN 000117\n\nSIPDIS\n\nSTATE FOR EUR/CE\n\nE.O. 12958: DECL: 03/04/2041\n"
    "TAGS: PREL, EWWT, PGOV\nSUBJECT: HARBOR DREDGING TALKS: MINISTER ORLEO SEEKS\nDELAY\n\n"
    "REF: A. 30 STATE 4410\n     B. STATE 98\n\nClassified By: CDA Ines Halloway for reasons 1.4 (b) and (d).\n\n"
)
_BARE = re.compile(r"[^\r\n]*+(?:\r\n?|\n|\Z)")
SHORT_CUTS = (
    *("reference_id", "mrn", "created", "origin", "classification", "captions", "is_partial", "subject", "tags"),
    *("summary", "signed_by", "classified_by", "reasons", "declassify_on", "references", "sender", "recipients"),
    *("info_recipients", "paragraphs"),
)
FIELDS = (*SHORT_CUTS, "passages", "sections", "artefacts", "declassification")


def telegram(size):
    count = size // len(_PARAGRAPH)
    return _HEAD + "".join(_PARAGRAPH.format(n=n % 999 + 1) for n in range(count)) + "HALLOWAY\n"


@pytest.mark.parametrize("size", [4 * MB, 8 * MB, 16 * MB], ids=["4 MB", "8 MB", "16 MB"])
@pytest.mark.parametrize("way", ["bare scan of lines", "tiling", "every short cut"])
def test_wrapped_telegram(benchmark, way, size):
    text = telegram(size)
    benchmark.group = "a wrapped telegram"
    benchmark.extra_info.update(bytes=len(text), how=way, bare=way == "bare scan of lines")

    def bare():
        return sum(1 for _ in _BARE.finditer(text))

    def tiling():
        return len(Cable.from_text(text).telegram.blocks)

    def short_cuts():
        cable = Cable.from_text(text, header=_HEADER)
        return sum(1 for name in SHORT_CUTS if getattr(cable, name) is not None)

    run = {"bare scan of lines": bare, "tiling": tiling, "every short cut": short_cuts}[way]
    assert benchmark.pedantic(run, rounds=3, iterations=1)


@pytest.mark.parametrize("field", FIELDS)
def test_field_of_a_cable_of_8_kb(benchmark, field):
    text = telegram(8000)
    benchmark.group = "one field of a cable of 8 kB, tiled"
    benchmark.name = f"test_{field}["

    def tiled():
        telegram_ = Cable.from_text(text, header=_HEADER).telegram
        assert telegram_.blocks
        return (telegram_,), {}

    benchmark.pedantic(lambda t: getattr(t, field), setup=tiled, rounds=200)


@pytest.mark.parametrize("size", [MB, 2 * MB], ids=["1 MB", "2 MB"])
@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("blanks behind `Classified By:`", " "),
        ("addresses", "INFO RUEHSO/AMEMBASSY SAINT ORRIN\n"),
        ("paragraphs without a gap", "1. (C) x\nand on\n"),
        ("rows of a dump", "1\t2031-03-04\t31PORTMERIDIAN7\tx\t\\\n"),
        ("paragraphs in one line", "1. (C) x. 2. (C) y. "),
    ],
)
def test_growth(benchmark, name, unit, size):
    text = "Classified By: " + unit * (size // len(unit))
    benchmark.group = f"every short cut: {name}"
    benchmark.extra_info["bytes"] = len(text)

    def run():
        cable = Cable.from_text(text, header=text)
        return [getattr(cable, field) for field in SHORT_CUTS]

    benchmark.pedantic(run, rounds=3, iterations=1)
