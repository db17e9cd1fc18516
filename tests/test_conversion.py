"""Reading and writing files: whole or not at all."""

from __future__ import annotations

import errno
import io
import os

import pytest

from cableformat import (
    Cable,
    CardinalityError,
    Format,
    FormatError,
    Input,
    LossError,
    OptionError,
    Part,
    PluginError,
    Report,
    UnknownFormatError,
    convert,
    dumps,
    formats,
    identify,
    loads,
    read,
    read_all,
    write,
)
from cableformat.conversion import read_with
from cableformat.registry import Registry

CABLE = Cable.from_text("UNCLAS PORT MERIDIAN 000117\n", created="2031-03-04 09:12:00")


def test_all_kinds_of_input(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(dumps(CABLE))
    for source in (path, str(path), path.read_bytes(), io.BytesIO(path.read_bytes()), Input.of(path)):
        assert read(source) == CABLE
    with path.open("rb") as stream:
        assert read(stream) == CABLE


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="needs /dev/fd, as POSIX systems have it")
def test_a_pipe_is_read_once_and_opened_often():
    reading, writing = os.pipe()
    os.write(writing, dumps(CABLE))
    os.close(writing)
    assert read(f"/dev/fd/{reading}") == CABLE
    os.close(reading)


def test_one_cable_means_one():
    two = dumps(CABLE, compact=True) * 2
    with pytest.raises(CardinalityError, match="more than one cable"):
        read(two)
    assert list(read_all(two)) == [CABLE, CABLE]
    with pytest.raises(CardinalityError, match="no cable"):
        read(b"", "jsonl")
    assert list(read_all(b"", "jsonl")) == []
    assert read(b"", "text").parts == (Part("body", "body", ""),)


def test_writing_reports_what_is_lost(tmp_path):
    report = write(CABLE, tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "UNCLAS PORT MERIDIAN 000117\n"
    assert [(event.kind, event.path) for event in report.events] == [
        ("lost", "record.created"),
        ("added", "source"),
    ]


def test_strict_writes_nothing(tmp_path):
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(LossError, match=r"record.created \(lost\)"):
        write(CABLE, target, strict=True)
    assert target.read_text() == "old"
    stream = io.BytesIO()
    with pytest.raises(LossError):
        write(CABLE, stream, "text", strict=True)
    assert stream.getvalue() == b""
    write(CABLE, stream, "json", strict=True)
    assert loads(stream.getvalue()) == CABLE
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_failed_conversion_leaves_the_old_file(tmp_path):
    target = tmp_path / "a.jsonl"
    target.write_text("old")
    with pytest.raises(FormatError):
        convert(dumps(CABLE, compact=True) + b"{broken", target)
    assert target.read_text() == "old"
    with pytest.raises(CardinalityError):
        write([CABLE, CABLE], tmp_path / "b.json")
    assert os.listdir(tmp_path) == ["a.jsonl"]


def test_permissions_and_links_stay(tmp_path):
    target = tmp_path / "a.json"
    write(CABLE, target)
    target.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(target)
    write(Cable(), link)
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert read(target) == Cable()


def test_a_new_file_has_the_usual_permissions(tmp_path):
    write(CABLE, tmp_path / "a.json")
    (tmp_path / "b").write_bytes(b"")
    assert (tmp_path / "a.json").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_wrong_use(tmp_path):
    with pytest.raises(UnknownFormatError, match="Installed: .*json"):
        read(b"x", "nonesuch")
    with pytest.raises(UnknownFormatError, match="cableformat.pdf"):
        Registry(()).get("nara")
    with pytest.raises(UnknownFormatError, match="name one"):
        write(CABLE, io.BytesIO())
    with pytest.raises(OptionError, match="no option colour"):
        write(CABLE, tmp_path / "a.json", options={"colour": "red"})
    with pytest.raises(IsADirectoryError):
        read(tmp_path)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "missing.json")
    with pytest.raises(FormatError, match="The input is empty"):
        identify(b"")
    with pytest.raises(FileNotFoundError, match="no/such/folder"):
        write(CABLE, tmp_path / "no/such/folder/a.json")
    assert os.listdir(tmp_path) == []


def test_the_error_names_the_file(tmp_path):
    path = tmp_path / "bad.json"
    path.write_text('{\n  "cableformat": "1.0",')
    with pytest.raises(FormatError, match=r"^bad\.json, line 2, column \d+: Not valid JSON"):
        read(path)


def test_events_of_a_reader_are_about_the_cable_that_it_gives_next():
    def reader(source, options, report):
        for _ in range(3):
            report.lost("record.url", "the layout has none")
            yield CABLE

    report = Report()
    known = Format(name="three", title="Three cables", reader=reader, cardinality="many")
    assert len(list(read_with(known, Input.from_bytes(b""), known.parse_options(), report))) == 3
    assert [event.cable for event in report.events] == [0, 1, 2]


@pytest.mark.parametrize("to", ["json", "jsonl", "text", "html", "tei", "pdf", "cablegate", "cables-csv", "parquet"])
def test_names_of_files_that_are_no_text_are_escaped(to, tmp_path):
    if to not in {known.name for known in formats()}:
        pytest.skip(f"the format {to} is not installed")
    name = os.fsdecode(b"n\xff.txt")
    try:
        (tmp_path / name).write_bytes(b"UNCLAS PORT MERIDIAN 000117\n")
    except OSError:
        pytest.skip("this file system has no such names")
    cable = read(tmp_path / name)
    assert cable.source.name == r"n\udcff.txt"
    write(cable, tmp_path / f"{name}.out", to)
    assert read(tmp_path / f"{name}.out", to).text == cable.text


def test_a_spooled_stream_can_be_open_twice():
    data = bytes(range(256)) * 1_000
    source = Input.of(io.BytesIO(data))
    one, other = source.open(), source.open()
    assert (one.read(100), other.read(7)) == (data[:100], data[:7])
    assert source.sha256 == Input.from_bytes(data).sha256
    assert (one.read(50), other.read(5)) == (data[100:150], data[7:12])
    one.close()
    assert (other.seek(-3, io.SEEK_CUR), other.read(4), other.tell()) == (9, data[9:13], 13)
    assert (other.seek(-2, io.SEEK_END), other.read(), other.read()) == (len(data) - 2, data[-2:], b"")
    assert source.size == len(data)


@pytest.mark.parametrize(
    ("to", "options", "words"),
    [
        ("html", {"embed": "maybe"}, "option embed of html: maybe is not possible; it may be true or false"),
        ("parquet", {"compression": "lzma"}, "lzma is not possible; it may be none or snappy or gzip or zstd"),
        ("html", {"links": "x"}, "format html: links has no {id}"),
    ],
)
def test_a_value_that_an_option_does_not_take_is_told_from_those_it_does(to, options, words, tmp_path):
    if to not in {known.name for known in formats()}:
        pytest.skip(f"the format {to} is not installed")
    with pytest.raises(OptionError) as raised:
        write(Cable(), tmp_path / "out", to, options=options)
    assert words in str(raised.value)


def test_what_cannot_be_written_is_called_by_the_name_that_was_given(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for to in (tmp_path / "out.json", tmp_path / "none" / "out.json"):
        with pytest.raises(OSError, match="No s") as raised:
            write(Cable(), to)
        assert raised.value.filename == str(to)
    assert not list(tmp_path.iterdir())


def test_a_reader_that_its_module_does_not_have_is_a_fault_of_the_plugin():
    known = Format(name="slips", title="Slips", reader="cableformat.codec:raed")
    with pytest.raises(PluginError, match="no raed in cableformat.codec"):
        known.load_reader()
