"""What fuzzing begins with: the invented cables of the project in every format, and the fixtures of its tests."""

from __future__ import annotations

import gzip
import importlib.util
import io
import sys
from inspect import getfullargspec, isfunction
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import targets

import cableformat
from cableformat import Cable, CableError, Part, Record, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
_LEAST = 40
_MAKERS = ("page", "volume")  # functions of the tests that give a whole file

# Shown by no constant of the tests: they put it together in place.
_JCVIGNOLI = b"""<!DOCTYPE html>
<html><head><title>Cables</title><link rel='canonical' href='http://port.example/c'></head><body><table>
<tr><th>Identifier</th><th>Created</th><th>Classification</th><th>Origin</th></tr>
<tr><td>31PORTMERIDIAN117</td><td>2031-03-04 09:12:00</td><td>UNCLASSIFIED</td><td>Embassy Port Meridian</td></tr></table>
<div>Cable title:&nbsp; </div><p>HARBOR TALKS: DELAY</p><p>Tags:&nbsp; PREL EWWT </p>
<div><a>pdf</a>&nbsp; <a>how-to read a cable</a></div><pre>UNCLAS PORT MERIDIAN 000117 \n\n1. (U) Orleo agrees.</pre></body></html>
"""


def _cables() -> Iterator[Cable]:
    """Invented cables: the example, the golden ones, and short ones."""
    yield cableformat.read(ROOT / "examples" / "31PORTMERIDIAN117.txt")
    for path in sorted((ROOT / "tests" / "golden").glob("*.json")):
        yield loads(path.read_bytes())
    text = "C O N F I D E N T I A L PORT MERIDIAN 000117 \n \nSIPDIS \n \nTAGS: PREL \nSUBJECT: TALKS \n \n1. (C) Orleo agrees. \n"
    record = Record(reference_id="31PORTMERIDIAN117", created="2031-03-04 09:12:00", origin="Embassy Port Meridian")
    yield Cable(record, (Part("body", "body", text),))
    yield Cable.from_text(text)


def _written() -> Iterator[bytes]:
    for cable in _cables():
        yield dumps(cable)
        for known in cableformat.formats():
            if known.writer is None:
                continue
            for options in ({}, {"compression": "none"}, {"embed": False}):
                stream = io.BytesIO()
                try:
                    cableformat.write(cable, stream, known.name, options=options)
                except CableError:  # a cable that the format cannot hold, or an option that it has not
                    continue
                yield stream.getvalue()
                if known.name == "cables-csv" and not options:
                    yield gzip.compress(stream.getvalue(), mtime=0)


def _fixtures() -> Iterator[bytes]:
    """The texts and bytes that the tests' modules hold as constants, whole and put into the pages of their templates."""
    paths = [*ROOT.glob("plugins/*/tests/*.py"), *ROOT.glob("tests/test_*.py"), *ROOT.glob("tests/telegram/test_*.py")]
    for path in sorted(paths):
        name = f"fixtures_of_{path.parent.parent.name}_{path.stem}".replace("-", "_")
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except (ImportError, pytest.skip.Exception) as error:
            print(f"no fixtures of {path.name}: {error}", file=sys.stderr)  # noqa: T201 - a script
            continue
        values = list(vars(module).values())
        makers = [value for name in _MAKERS if isfunction(value := vars(module).get(name))]
        values += [maker() for maker in makers if not getfullargspec(maker).args or getfullargspec(maker).defaults]
        for value in values:
            data = value.encode("utf-8", "replace") if isinstance(value, str) else value
            if isinstance(data, bytes) and len(data) >= _LEAST:
                yield data


def _is_read(target: str, data: bytes) -> bool:
    try:
        return any(True for _ in islice(cableformat.read_all(data, target.removeprefix("read-")), 1))
    except CableError:
        return False


def seeds() -> Iterator[tuple[str, bytes]]:
    """Each target with each of its seeds: for a reader, what it can read."""
    found = sorted({*_written(), *_fixtures(), _JCVIGNOLI}, key=lambda data: (len(data), data))
    for target in targets.TARGETS:
        for data in found:
            if len(data) <= targets.longest(target) and (not target.startswith("read-") or _is_read(target, data)):
                yield target, data
