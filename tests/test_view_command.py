"""`cableformat view`."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import attrs
import pytest

from cableformat import Cable, Record, dumps, plugins, read
from cableformat.cli.app import run
from cableformat.registry import Registry

CABLE = Cable.from_text("UNCLAS PORT MERIDIAN 000117\n\n1. (U) Talks went on.\n", created="2031-03-04 09:12:00")
OTHER = attrs.evolve(CABLE, record=Record(reference_id="31LOWHARBOR4", subject="</a><script>alert(1)</script>\u202e"))


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """A folder with a cable, and the addresses that a browser is asked to open."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "a.json").write_bytes(dumps(CABLE))
    addresses = []
    monkeypatch.setattr(webbrowser, "open", lambda address: addresses.append(address) or True)
    return addresses


def test_a_cable_is_shown(opened, capsys):
    assert run(["view", "a.json"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert opened == [path.resolve().as_uri()]
    assert path.name == "31PORTMERIDIAN117.html"
    assert read(path) == CABLE


def test_several_get_an_index(opened, capsys):
    Path("two.jsonl").write_bytes(dumps(CABLE, compact=True) + dumps(OTHER, compact=True))
    assert run(["view", "a.json", "two.jsonl", "-o", "pages", "--no-open"]) == 0
    assert opened == []
    assert capsys.readouterr().out.strip() == str(Path("pages/index.html"))
    names = {path.name for path in Path("pages").iterdir()}
    assert names == {"index.html", "31PORTMERIDIAN117.html", "31PORTMERIDIAN117-2.html", "31LOWHARBOR4.html"}
    index = Path("pages/index.html").read_text("utf-8")
    assert all(f'href="./{name}"' in index for name in names - {"index.html"})
    assert "<script" not in index
    assert "\u202e" not in index


def test_no_more_than_the_limit(opened, capsys):
    Path("two.jsonl").write_bytes(dumps(CABLE, compact=True) + dumps(OTHER, compact=True))
    assert run(["view", "two.jsonl", "-o", "pages", "--limit", "1"]) == 0
    assert "up to --limit, which is 1;" in capsys.readouterr().err
    assert len(list(Path("pages").iterdir())) == 1


def test_bad_input_is_said_and_the_rest_is_shown(opened, capsys):
    Path("bad.json").write_text('{"cableformat": "1.0", ')
    assert run(["view", "bad.json", "a.json", "-o", "pages"]) == 1
    assert "bad.json" in capsys.readouterr().err
    assert len(opened) == 1


def test_bad_input_alone_writes_nothing(opened, capsys):
    assert run(["view", "none.json", "-o", "pages"]) == 5
    assert run(["view", "a.json", "-o", "pages", "-O", "links=javascript:{id}"]) == 2
    assert "links" in capsys.readouterr().err
    assert not Path("pages").exists()
    assert opened == []


def test_without_a_browser_the_path_is_there(opened, monkeypatch, capsys):
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    assert run(["view", "a.json"]) == 0
    out, err = capsys.readouterr()
    assert Path(out.strip()).is_file()
    assert "no browser" in err


def test_without_the_plugin_it_says_what_to_install(opened, monkeypatch, capsys):
    kept = [known for known in plugins.registry().formats if known.needs == "cableformat"]
    monkeypatch.setattr(plugins, "registry", lambda: Registry(kept))
    assert run(["view", "a.json"]) == 2
    assert "pip install 'cableformat[html]'" in " ".join(capsys.readouterr().err.split())
