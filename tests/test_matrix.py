"""The fidelity matrix, and the documentation's copy of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import attrs
import pytest

from cableformat import MODEL, Format, dumps, formats, loads
from cableformat.cli.app import run
from cableformat.plugins import registry
from cableformat.registry import Registry
from cableformat.testing import LawError
from cableformat.testing.matrix import FIELDS, corpus, fidelity_matrix, markdown

PAGE = Path(__file__).resolve().parents[1] / "docs" / "fidelity.md"


def test_the_copy_in_the_documentation_is_not_stale():
    copy = re.search(r"<!-- matrix -->\n(.*)<!-- end of matrix -->", PAGE.read_text("utf-8"), re.DOTALL)[1]
    documented = set(re.findall(r"^## From `(.+)`$", copy, re.MULTILINE))
    there = tuple(known for known in formats() if known.name in documented)
    missing = documented - {known.name for known in there}
    if missing:
        pytest.skip(f"not installed, and in the documentation's matrix: {', '.join(sorted(missing))}")
    bundled = [
        known.name for known in formats() if known.reader and known.writer and known.needs.startswith("cableformat")
    ]
    assert documented == set(bundled), "run: make matrix"
    assert copy == markdown(fidelity_matrix(Registry(there))), "run: make matrix"


def test_the_corpus_says_everything():
    for name in FIELDS:
        said = [getattr(cable.record, name[7:]) if name.startswith("record.") else None for cable in corpus()]
        assert not name.startswith("record.") or any(said)
    assert all(
        any(getattr(holder(cable), name) for cable in corpus())
        for name, holder in [
            ("extra", lambda cable: cable.record),
            *((name, lambda cable: cable) for name in ("parts", "annotations", "extensions", "source")),
        ]
    )


def test_what_the_matrix_says():
    fates = {(row.reader, row.writer): dict(zip(FIELDS, row.fates, strict=True)) for row in fidelity_matrix(registry())}
    assert set(fates["json", "jsonl"].values()) == {"kept"}
    assert fates["json", "text"]["record.url"] == "reported"
    assert fates["json", "text"]["parts"] == "at times"
    assert fates["text", "json"]["record.url"] == "absent"
    assert fates["text", "json"]["parts"] == "kept"


def test_a_silent_loss_gets_no_row():
    def read(source, options, report):
        yield attrs.evolve(loads(source.read()[2:]), annotations=())

    def write(cables, sink, options, report):
        for cable in cables:
            sink.write(b"S\n" + dumps(cable))

    silent = Format(name="silent", title="Silent", magic=(b"S\n",), reader=read, writer=write, keeps=MODEL)
    with pytest.raises(LawError, match=r"json to silent changes annotations\[0\] in silence"):
        fidelity_matrix(Registry((registry().get("json"), silent)))


def test_the_command(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["formats", "text", "--matrix"]) == 0
    out = capsys.readouterr().out
    assert "From text " in out
    assert "From json " not in out
    assert max(len(line.rstrip()) for line in out.splitlines()) <= 80
    assert run(["formats", "--matrix", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"from": "json", "to": "jsonl", "fields": dict.fromkeys(FIELDS, "kept")} in rows
