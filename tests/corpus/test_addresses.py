"""Sources at addresses: what is read there, and what is said of those that cannot be read."""

from __future__ import annotations

from typing import ClassVar

import pytest

from cableformat import CableError
from cableformat.cli.app import run
from cableformat.corpus import convert_many
from cableformat.corpus.sources import found

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install 'cableformat[corpus]'")


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    system.pipe(
        {"/corpus/x.txt": b"UNCLAS PORT MERIDIAN 000117\n", "/corpus/deep/y.txt": b"UNCLAS PORT MERIDIAN 118\n"}
    )
    yield system
    system.rm("/corpus", recursive=True)


class Site(fsspec.AbstractFileSystem):
    """Behaves as fsspec's web does: a page is also a folder of its links, a stream goes forwards only, files are counted."""

    protocol = "site"
    cachable = False
    pages: ClassVar = {"a.txt": b"UNCLAS PORT MERIDIAN 000117\n"}
    opened: ClassVar[list[str]] = []
    fault: Exception | None = None

    @classmethod
    def _strip_protocol(cls, path):
        return path.removeprefix("site://")

    def info(self, path, **_):
        if path.partition("?")[0] not in self.pages:
            raise FileNotFoundError(path)
        return {"name": path, "type": "file", "size": None}

    def isdir(self, path):
        return path in self.pages

    def find(self, path, **_):
        return [f"{path}/#top"]

    def _open(self, path, *_, **__):
        if self.fault is not None:
            raise self.fault
        self.opened.append(path)
        self.info(path)
        return OnlyForwards(self.pages[path.partition("?")[0]])


class OnlyForwards:
    def __init__(self, data):
        self.data = data

    def read(self, size=-1):
        size = len(self.data) if size < 0 else size
        given, self.data = self.data[:size], self.data[size:]
        return given

    def seek(self, *_):
        raise ValueError("Cannot seek streaming HTTP file")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.data = b""


@pytest.fixture
def site(monkeypatch):
    fsspec.register_implementation("site", Site, clobber=True)
    monkeypatch.setattr(Site, "opened", [])
    return Site


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("memory://corpus", ["memory:///corpus/deep/y.txt", "memory:///corpus/x.txt"]),
        ("memory://corpus/*.txt", ["memory:///corpus/x.txt"]),
        ("memory://corpus/x.txt", ["memory:///corpus/x.txt"]),
    ],
)
def test_a_folder_a_pattern_a_file(address, names, memory):
    assert [name for name, _ in found([address])] == names


@pytest.mark.parametrize("address", ["site://a.txt", "site://a.txt?page=1"])
def test_a_page_is_a_file_and_is_fetched_once(address, site, tmp_path):
    assert convert_many(address, tmp_path / "out.jsonl", to="jsonl", jobs=1).converted == 1
    assert site.opened == [address.removeprefix("site://")]


def test_one_of_many_that_is_gone_is_set_aside(memory, monkeypatch, tmp_path):
    whole = memory.open

    def opened(path, *rest):
        if path.endswith("y.txt"):
            raise FileNotFoundError(path)
        return whole(path, *rest)

    monkeypatch.setattr(memory, "open", opened)
    summary = convert_many("memory://corpus", tmp_path / "out.jsonl", to="jsonl", jobs=1)
    assert (summary.converted, summary.kinds) == (1, (("FileNotFoundError", 1),))


@pytest.mark.parametrize("address", ["memory://corpus/none.txt", "memory://corpus/*.none", "site://none.html"])
def test_what_is_missing_is_named_and_changes_nothing(address, memory, site, tmp_path, capsys):
    assert run(["corpus", "convert", address, "-o", str(tmp_path / "out.jsonl"), "--to", "jsonl"]) == 5
    assert capsys.readouterr().err.rstrip().endswith(": There is no such file or folder.")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (OSError("Connect call failed"), OSError, "Connect call failed"),
        (RuntimeError("No credentials"), CableError, "site://none.html: RuntimeError: No credentials."),
        (ImportError("It takes a package"), CableError, "site://none.html: It takes a package."),
    ],
)
def test_whatever_a_file_system_raises_is_an_error_that_names_the_address(
    fault, kind, words, site, monkeypatch, tmp_path
):
    monkeypatch.setattr(site, "fault", fault)
    with pytest.raises(kind, match=words) as raised:
        convert_many("site://none.html", tmp_path / "out.jsonl", to="jsonl")
    assert "site://none.html" in str(raised.value)
    assert not list(tmp_path.iterdir())


def test_an_address_of_a_kind_that_nobody_knows(tmp_path):
    with pytest.raises(CableError, match="nosuch://x: ValueError: Protocol not known: nosuch"):
        convert_many("nosuch://x", tmp_path / "out.jsonl", to="jsonl")
