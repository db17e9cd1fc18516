"""The dump: its dialect, its odd rows, its broken ones, and its compression."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import tracemalloc

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cableformat import (
    Cable,
    FormatError,
    Input,
    Part,
    Record,
    Report,
    Span,
    UnrecognisedError,
    identify,
    read,
    read_all,
    write,
)
from cableformat.plugins import registry
from cableformat.testing import cables, laws, realistic_cables
from cableformat_table import rows as rows_module
from cableformat_table import splitting
from cableformat_table.rows import Broken, Row, rows

FORMAT = "cables-csv"
FIRST = (
    '"1","3/4/2031 9:12","31PORTMERIDIAN117","Embassy Port Meridian","CONFIDENTIAL","31STATE4410|31LOWHARBOR9",'
    '"R 040912Z MAR 31\nFM AMEMBASSY PORT MERIDIAN\n","C O N F I D E N T I A L PORT MERIDIAN 000117\n\n'
    'SUBJECT: HARBOR TALKS\n\n1. (C) Minister Orleo calls it \\"workable\\".\n\nHALLOWAY"\n'
)
SECOND = '"2","11/30/2031 23:05","31SAINTORRIN42","Consulate Saint Orrin","UNCLASSIFIED","","","1. Talks."\n'
PLAIN = Cable(
    Record(
        "31SAINTORRIN42",
        "11/30/2031 23:05",
        classification="UNCLASSIFIED",
        origin="",
        references="",
        extra=(("id", "2"),),
    ),
    (Part("body", "body", "1. Talks.\n"),),
)


def read_text(text, report=None):
    return list(read_all(text.encode(), FORMAT, report=report))


def written(given, **options):
    stream = io.BytesIO()
    write(given, stream, FORMAT, options=options)
    return stream.getvalue()


def test_a_row_is_a_cable():
    first, second = read_text(FIRST + SECOND)
    assert first.record == Record(
        reference_id="31PORTMERIDIAN117",
        created="3/4/2031 9:12",
        classification="CONFIDENTIAL",
        origin="Embassy Port Meridian",
        references="31STATE4410|31LOWHARBOR9",
        extra=(("id", "1"),),
    )
    assert [part.id for part in first.parts] == ["header", "body"]
    assert first.parts[1].text.endswith('calls it "workable".\n\nHALLOWAY')
    assert (first.source.format, first.source.charset, first.source.position) == (FORMAT, "utf-8", "line 1")
    assert (second.source.position, second.source.sha256) == ("line 10", first.source.sha256)
    assert [part.id for part in second.parts] == ["body"]
    assert f"{first.created:%d %b %Y %H:%M}" == "04 Mar 2031 09:12"


def test_it_is_identified_plain_and_packed():
    data = (FIRST + SECOND).encode()
    packed = {
        "": data,
        " inside gzip": gzip.compress(data),
        " inside Zstandard": pa.compress(data, "zstd", asbytes=True),
    }
    for words, file in packed.items():
        found = identify(file)
        assert (found.format, found.evidence) == (
            FORMAT,
            f"a numbered and dated row, all quoted, as in the dump{words}",
        )
        assert [cable.reference_id for cable in read_all(file)] == ["31PORTMERIDIAN117", "31SAINTORRIN42"]


@pytest.mark.parametrize(
    "text",
    [
        FIRST + SECOND,
        FIRST + SECOND.rstrip("\n"),
        (FIRST + SECOND).replace('"\n"', '"\r\n"'),
        FIRST.replace("Minister", "Orleo\\'s Minister"),
        FIRST.replace("Minister", "Orleo\\'s Minister\\'s"),
        FIRST.replace("Minister", "Orleo\\'s Minister's"),
        FIRST.replace("Minister", "a \\\\ b \\n c"),
        FIRST.replace('\\"workable\\"', '""workable""'),
        "\ufeff" + FIRST + SECOND,
        "\ufeff" + SECOND.rstrip("\n"),
        SECOND.replace("1. Talks.", ""),
        SECOND.replace("1. Talks.", '\\"\n\\\\'),
    ],
)
def test_what_was_read_is_written_as_it_stood(text):
    report = Report()
    found = read_text(text, report)
    assert report.events == []
    assert written(found) == text.encode()


def test_a_row_in_windows_1252_is_written_as_it_stood():
    data = FIRST.encode() + SECOND.replace("Talks", "’Talks’").encode("cp1252") + SECOND.replace("Talks", "é").encode()
    found = list(read_all(data, FORMAT))
    assert [cable.source.charset for cable in found] == ["utf-8", "windows-1252", "utf-8"]
    assert found[1].text == "1. ’Talks’."
    assert written(found) == data


def test_an_odd_row_is_laid_out_anew_once_it_was_edited():
    (cable,) = read_text(FIRST.replace("Minister", "Orleo\\'s Minister's"))
    assert cable.parts[0].role == "container"
    body = cable.parts[-1]
    at = body.text.index("HALLOWAY")
    edited = cable.edit(Span("body", at, at + 8), "TARRANT")
    assert b"TARRANT" in written([edited])
    assert b"HALLOWAY" not in written([edited])


def test_rows_are_in_their_style_only_where_they_can_be():
    last, other = read_text(SECOND.rstrip("\n"))[0], read_text("\ufeff" + FIRST)[0]
    assert written([last, other]).decode() == SECOND + FIRST


@pytest.mark.parametrize(
    ("broken", "place", "words"),
    [
        ("rubbish\n", "line 11", "begins with a quoted number"),
        ("\n", "line 11", "is empty"),
        ('"7","two columns"\n', "line 11", "eight columns"),
        ('"7","1/1/2031 1:00","a","b","c","d","e","f","nine columns"\n', "line 11", "eight columns"),
        (
            '"7","1/1/2031 1:00","a","b","c","d","a quote " alone\nin the field","f"\n',
            "lines 11 to 12",
            "eight columns",
        ),
        ('"7","1/1/2031 1:00","a","b","c","d","e","not closed\n1. Talks.\n', "lines 11 to 12", "eight columns"),
        ("rubbish\nand more\n\nof it\n", "lines 11 to 14", "begins with a quoted number"),
    ],
)
def test_a_bad_row_is_reported_by_line_and_skipped(broken, place, words, monkeypatch):
    for chunk in (1, 7, 64, 1 << 20):
        monkeypatch.setattr(rows_module, "_CHUNK", chunk)
        report = Report()
        found = read_text(FIRST + SECOND + broken + FIRST + SECOND, report)
        assert [cable.reference_id for cable in found] == ["31PORTMERIDIAN117", "31SAINTORRIN42"] * 2
        ((event),) = report.events
        assert (event.kind, event.path) == ("skipped", place)
        assert words in event.reason


def test_bad_rows_at_the_ends():
    report = Report()
    assert len(read_text("x\n" + SECOND + '"7","cut off', report)) == 1
    assert [event.path for event in report.events] == ["line 1", "line 3"]


@pytest.mark.parametrize("text", ["id,date\n1,2\n", '"1","2"\n', "\n", '"'])
def test_a_file_without_a_row_is_refused(text):
    with pytest.raises(FormatError, match=r"line 1: No row of the dump"):
        read_text(text)


def test_no_bytes_are_no_cables():
    assert read_text("") == []
    assert written([]) == b""


@settings(max_examples=30)
@given(st.lists(st.one_of(cables(), realistic_cables()), max_size=3))
@example([PLAIN, PLAIN])
def test_other_readers_see_the_same(given_cables):
    data = written(given_cables).decode()
    found = list(csv.reader(io.StringIO(data, newline=""), escapechar="\\"))
    back = read_text(data)
    assert [(row[0], row[6], row[7]) for row in found] == [
        (cable.record.extra[0][1], "".join(p.text for p in cable.parts if p.role == "header"), cable.part("body").text)
        for cable in back
    ]


@st.composite
def odd_files(draw):
    """Rows with any mixture of escapes and line ends."""
    pieces = st.sampled_from(['\\"', "\\'", "'", "\\\\", '""', "\\n", "\n", "\r\n", "é", ",", '\\",\\"', "1. Talks"])
    field = st.lists(pieces, max_size=4).map("".join)
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        row = ",".join(f'"{draw(field)}"' for _ in range(8))
        lines.append(row + draw(st.sampled_from(("\n", "\r\n"))))
    text = "".join(lines)
    return (draw(st.sampled_from(("", "\ufeff"))) + (text.rstrip("\r\n") if draw(st.booleans()) else text)).encode()


@given(odd_files(), st.sampled_from((3, 50, 1 << 20)))
def test_any_mixture_of_styles_is_written_as_it_stood(data, chunk):
    before, rows_module._CHUNK = rows_module._CHUNK, chunk
    try:
        laws.replay(registry().get(FORMAT), data)
        assert not any(isinstance(row, Broken) for row in rows(io.BytesIO(data)))
    finally:
        rows_module._CHUNK = before


def test_what_the_telegram_says_fills_the_columns(example):
    body = example.text.partition("available.")[2].lstrip() or example.text
    cable = Cable.from_text(body, reference_id="31PORTMERIDIAN117", created="2031-03-04 09:12")
    (back,) = list(read_all(written([cable]), FORMAT))
    assert back.record.created == "2031-03-04 09:12"
    assert back.record.classification == cable.classification
    assert back.record.references == "|".join(r.value for r in cable.references if r.kind == "CABLE")


@pytest.mark.parametrize(("name", "begins"), [("a.csv", b'"'), ("a.csv.gz", b"\x1f\x8b"), ("a.csv.zst", b"\x28\xb5")])
def test_the_suffix_says_how_to_pack(tmp_path, name, begins):
    found = read_text(FIRST + SECOND)
    report = write(found, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)
    back = list(read_all(tmp_path / name))
    assert [(cable.record, cable.parts) for cable in back] == [(cable.record, cable.parts) for cable in found]
    changed = sorted((event.cable, event.path) for event in report.events)
    assert changed == [
        (i, path)
        for i in (0, 1)
        for path in ("source.name", "source.sha256")
        if name != "a.csv" or path == "source.name"
    ]
    assert (tmp_path / name).read_bytes() == (write(found, tmp_path / name), (tmp_path / name).read_bytes())[1]


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_packing_that_is_damaged_is_named_and_what_stands_before_is_read(compression):
    text = "".join(SECOND.replace("Talks", f"Talks {hashlib.sha512(b'%d' % i).hexdigest() * 3}") for i in range(3_000))
    data = written(read_text(text), compression=compression)
    found = []
    with pytest.raises(FormatError, match=r"byte \d+: The (gzip|Zstandard) compression is damaged or cut off"):
        found.extend(read_all(data[: len(data) * 9 // 10], FORMAT))
    assert 100 < len(found) < 3_000


def test_packing_that_is_no_packing_is_named():
    for begins in (b"\x1f\x8b", b"\x28\xb5\x2f\xfd"):
        with pytest.raises(FormatError, match="compression is damaged"):
            list(read_all(begins + SECOND.encode(), FORMAT))


def test_several_members_in_one_file():
    for pack in (gzip.compress, lambda data: pa.compress(data, "zstd", asbytes=True)):
        assert len(list(read_all(pack(FIRST.encode()) + pack(SECOND.encode())))) == 2


def peak_of_rows(data):
    stream, found = io.BytesIO(data), set()
    tracemalloc.start()
    try:
        for row in rows(stream):
            found.add(type(row))
        return tracemalloc.get_traced_memory()[1], found
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file():
    row = FIRST.replace("TALKS", "TALKS " * 2_000)
    small, large = (peak_of_rows((row * count).encode())[0] for count in (300, 2_400))
    assert large < small * 1.2


def test_a_long_line_of_rubbish_is_passed_in_flat_memory():
    peak, found = peak_of_rows(b"x" * 40_000_000 + b"\n" + SECOND.encode())
    assert found == {Broken, Row}
    assert peak < 20_000_000


def test_one_cable_by_read():
    assert read(SECOND.encode()).origin == "Consulate Saint Orrin"


def test_the_rows_of_the_sample(shared):
    (path,) = (shared / "samples" / "csv").glob("*.txt")
    first = path.read_text("utf-8").splitlines()[0]
    cable = read(first[: first.rindex('"') + 1].replace("\\n", "\n").encode() + b"\n")
    assert cable.reference_id == cable.record.reference_id == "66BUENOSAIRES2481"
    assert f"{cable.created:%Y-%m-%d %H:%M}" == "1966-12-28 18:48"
    assert cable.sender.name == "AMEMBASSY BUENOS AIRES"
    assert cable.record.references == "66STATE106206"


def test_other_quoted_tables_are_not_taken_for_it():
    with pytest.raises(UnrecognisedError):
        identify(b'"1","Port Meridian","a","b","c","d","e","f"\n')


def test_it_is_read_from_a_stream_as_from_a_file():
    for data in ((FIRST + SECOND).encode(), gzip.compress((FIRST + SECOND).encode())):
        assert list(read_all(io.BytesIO(data))) == list(read_all(data))


@given(
    lines=st.lists(
        st.sampled_from(["", "no row", '"1","2","3"', '"a","b","c","d","e","f","g","h"', '"', '"1","x","']), max_size=9
    ),
    size=st.integers(1, 90),
    end=st.sampled_from(["", "\n", "\r\n"]),
)
def test_pieces_of_a_damaged_dump_say_the_same_and_miss_no_byte(lines, size, end):
    known = registry().get(FORMAT)
    data = "\n".join(lines).encode() + end.encode()
    laws.splitting(known, data, size)
    assert b"".join(piece.data for piece in known.load_splitter()(Input.from_bytes(data), size)) == data


_ODD = st.sampled_from(
    [
        *('"', '","', "\n", "\r\n", "\\", '\\"', '""', ",", "x", "\ufeff"),
        '"1","2","3","4","5","6","7","8"\n',
        '"1","\n",",",",",",",",",",","8"\n',
        '"\n"17","x","',
        '"1","',
    ]
)


@given(
    st.one_of(st.lists(_ODD, max_size=30).map("".join).map(str.encode), st.lists(cables(), max_size=6).map(written)),
    st.integers(2, 2000),
)
@example(b'"1","2","3","4","5","6","7","8"\n"\n"17","x","', 2)  # a piece without a row would be an error
def test_large_pieces_give_what_the_whole_gives(data, size):
    known = registry().get(FORMAT)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(splitting, "LARGE", 1)
        laws.splitting(known, data, size)
        assert b"".join(piece.data for piece in known.load_splitter()(Input.from_bytes(data), size)) == data
