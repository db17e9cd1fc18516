"""Which format is this? Evidence, order, ties."""

from __future__ import annotations

import subprocess
import sys

import attrs
import pytest

from cableformat import (
    AmbiguousFormatError,
    Claim,
    Confidence,
    Format,
    Input,
    UnknownFormatError,
    UnrecognisedError,
    identify,
)
from cableformat.detection import candidates, format_for_target
from cableformat.detection import identify as identify_among
from cableformat.plugins import registry
from cableformat.registry import Registry


def made(name, confidence=None, **given):
    sniff = None if confidence is None else lambda source: Claim(confidence, f"looks like {name}")  # noqa: ARG005
    return Format(name=name, title=name, sniff=sniff, reader=lambda *_: iter(()), **given)


SOME = Input.from_bytes(b"some bytes", "page.foo")


def test_what_several_sniffs_look_at_is_made_once():
    made = []

    def upper(source):
        made.append(source)
        return source.head.upper()

    source = Input.from_bytes(b"magic")
    assert [source.derived(upper), source.derived(upper)] == [b"MAGIC", b"MAGIC"]
    assert made == [source]
    assert Input.from_bytes(b"other").derived(upper) == b"OTHER"


def test_the_surest_wins():
    formats = Registry((made("a", Confidence.HINT), made("b", Confidence.CONTAINER), made("c", suffixes=(".foo",))))
    assert identify_among(SOME, formats).format == "b"
    assert [d.format for d in candidates(SOME, formats)] == ["b", "a", "c"]


def test_a_tie_names_both(monkeypatch):
    formats = Registry((made("b", Confidence.DIALECT), made("a", Confidence.DIALECT)))
    with pytest.raises(AmbiguousFormatError) as caught:
        identify_among(SOME, formats)
    assert "a (looks like a); b (looks like b)" in str(caught.value)
    assert "--from" in str(caught.value)
    monkeypatch.setenv("CABLEFORMAT_PREFER", "x, b")
    assert identify_among(SOME, formats).format == "b"


def test_the_most_refined_of_a_chain_wins():
    chain = (
        made("page", Confidence.DIALECT),
        made("mirror", Confidence.DIALECT, refines="page"),
        made("late-mirror", Confidence.DIALECT, refines="mirror"),
    )
    assert identify_among(SOME, Registry(chain)).format == "late-mirror"


def test_a_ring_of_refinements_does_no_harm():
    ring = (made("a", Confidence.HINT, refines="b"), made("b", Confidence.HINT, refines="a"))
    with pytest.raises(UnrecognisedError):
        identify_among(Input.from_bytes(b""), Registry(ring))


def test_a_sniff_is_never_exact_and_runs_only_where_the_magic_fits():
    assert identify_among(SOME, Registry((made("a", Confidence.EXACT),))).confidence == Confidence.DIALECT
    with_magic = made("a", Confidence.DIALECT, magic=(b"MAGIC",))
    with pytest.raises(UnrecognisedError):
        identify_among(SOME, Registry((with_magic,)))
    assert identify_among(Input.from_bytes(b"MAGIC and more"), Registry((with_magic,))).confidence == Confidence.EXACT


def test_a_sniff_that_breaks_stops_nobody(caplog, monkeypatch):
    def broken(source):
        raise KeyError(source)

    formats = Registry((attrs.evolve(made("a"), sniff=broken), made("b", Confidence.HINT)))
    assert identify_among(SOME, formats).format == "b"
    assert "The sniff of the format a failed: KeyError" in caplog.text
    monkeypatch.setenv("CABLEFORMAT_STRICT", "1")
    with pytest.raises(Exception, match="sniff of the format a"):
        identify_among(SOME, formats)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'{\n  "cableformat": "1.0"\n}', "json"),
        (b'\xef\xbb\xbf{\r\n\t"cableformat" : "1.0"', "json"),
        (b'{"cableformat": "1.0"}\n', "jsonl"),
        (b"FM AMEMBASSY PORT MERIDIAN\n", "text"),
        (b"UNCLAS PORT MERIDIAN 000117\n", "text"),
    ],
)
def test_content_tells(data, name):
    assert identify(data).format == name
    assert identify(Input.from_bytes(data, "misleading.csv")).format == name


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", None),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.png"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt"),
        (b"Dear all,", None),
    ],
)
def test_what_is_no_cable_is_not_recognised(data, name):
    with pytest.raises(UnrecognisedError):
        identify(Input.from_bytes(data, name))


def test_the_seed_is_known_without_heavy_imports(seed_path):
    program = (
        "import sys, cableformat; d = cableformat.identify(sys.argv[1]); print(d.format, d.confidence.name);"
        "print(*[m for m in ('lxml', 'pyarrow', 'pypdfium2', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(seed_path)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["jcvignoli-text DIALECT", ""]


@pytest.mark.parametrize(
    ("name", "format_name"), [("a.json", "json"), ("A.JSONL", "jsonl"), ("a.txt", "text"), ("a.html", "html")]
)
def test_the_suffix_tells_the_target(name, format_name):
    assert format_for_target(name, registry()).name == format_name


@pytest.mark.parametrize("name", ["a", "a.xyz"])
def test_a_suffix_nobody_writes(name):
    with pytest.raises(UnknownFormatError, match="--to"):
        format_for_target(name, registry())
