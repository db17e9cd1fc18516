"""The table: its columns, what other tools make of it, and what people edit in it."""

from __future__ import annotations

import datetime as dt
import io
import tracemalloc

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cableformat
from cableformat import Annotation, Cable, FormatError, Part, Record, Report, identify, read, read_all, write
from cableformat.corpus import convert_many
from cableformat.corpus.sources import batches
from cableformat.plugins import registry
from cableformat.registry import Input
from cableformat_table import parquet
from cableformat_table.columns import GRAMMAR_KEY, LAYOUT_KEY, schema

CABLE = Cable(
    Record(
        "31PORTMERIDIAN117", "3/4/2031 9:12", classification="CONFIDENTIAL//NOFORN", extra=(("id", "1"), ("id", ""))
    ),
    (
        Part(
            "header",
            "header",
            "R 040912Z MAR 31\nFM AMEMBASSY PORT MERIDIAN\nTO RUEHC/SECSTATE WASHDC IMMEDIATE 0117\n"
            "INFO RUEHLH/AMCONSUL LOW HARBOR\n",
        ),
        Part(
            "body",
            "body",
            "C O N F I D E N T I A L PORT MERIDIAN 000117\n\nSIPDIS\nNOFORN\n\nE.O. 12958: DECL: 03/04/2041\n"
            "TAGS: PREL, EWWT\nSUBJECT: HARBOR TALKS\n\nREF: A. 31 STATE 4410\n\n"
            "Classified By: CDA Ines Halloway for reason 1.4 (d).\n\n1. (C) SUMMARY: Minister Orleo\nagrees. END SUMMARY.\n\n"
            "Who Is to Pay\n-------------\n\n2. (C/NF) He wants two more weeks.\x07\r\n\nHALLOWAY\n",
        ),
    ),
    (Annotation("body", 0, 6, "name.class"),),
    {"notes": '"kept"'},
)
OTHER = Cable.from_text("1. Talks.\n")


@pytest.fixture
def table(tmp_path):
    write([CABLE, OTHER], tmp_path / "cables.parquet")
    return tmp_path / "cables.parquet"


def test_it_comes_back_whole(table):
    report = Report()
    assert list(read_all(table, report=report)) == [CABLE, OTHER]
    assert report.events == []
    assert identify(table).format == "parquet"


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd"])
def test_it_comes_back_from_any_compression(tmp_path, compression):
    write([CABLE] * 3, tmp_path / "a.parquet", options={"compression": compression})
    assert list(read_all(tmp_path / "a.parquet")) == [CABLE] * 3


def test_its_columns_are_typed(table):
    (first, second) = pq.read_table(table).to_pylist()
    assert first["created"] == dt.datetime(2031, 3, 4, 9, 12, tzinfo=dt.UTC)
    assert (first["reference_id"], first["year"], first["post"]) == ("31PORTMERIDIAN117", 2031, "PORT MERIDIAN")
    assert (first["classification"], first["captions"]) == ("CONFIDENTIAL", ["SIPDIS", "NOFORN"])
    assert (first["tags"], first["reasons"], first["signed_by"]) == (["PREL", "EWWT"], ["1.4(d)"], ["HALLOWAY"])
    assert first["sender"]["name"] == "AMEMBASSY PORT MERIDIAN"
    assert [(to["route"], to["name"], to["mcn"]) for to in first["recipients"]] == [
        ("RUEHC", "SECSTATE WASHDC", "0117")
    ]
    assert [to["name"] for to in first["info_recipients"]] == ["AMCONSUL LOW HARBOR"]
    assert first["references"] == [{"kind": "CABLE", "value": "31STATE4410", "bullet": "A"}]
    assert first["declassify_on"] == dt.date(2041, 3, 4)
    assert [(p["number"], p["mark"], p["heading"]) for p in first["paragraphs"]] == [
        (1, "C", None),
        (2, "C/NF", "Who Is to Pay"),
    ]
    assert first["paragraphs"][0]["text"] == "1. (C) SUMMARY: Minister Orleo agrees. END SUMMARY."
    assert first["characters"] == len(CABLE.text)
    assert first["record"]["extra"] == [{"label": "id", "text": "1"}, {"label": "id", "text": ""}]
    assert (second["created"], second["year"], second["tags"], second["sender"]) == (None, None, [], None)


def test_its_metadata_say_which_grammar_read_it(table):
    metadata = pq.read_metadata(table).metadata
    assert metadata[GRAMMAR_KEY].decode() == cableformat.__version__
    assert metadata[LAYOUT_KEY] == b"1"


def test_short_columns_have_dictionaries_and_texts_have_none(table):
    group = pq.read_metadata(table).row_group(0)
    has = {c.path_in_schema: "RLE_DICTIONARY" in c.encodings for c in map(group.column, range(group.num_columns))}
    assert {name for name, it in has.items() if it} == set(parquet.REPEATING)


def test_no_cables_are_a_table_too(tmp_path):
    write([], tmp_path / "a.parquet")
    assert list(read_all(tmp_path / "a.parquet")) == []
    assert pq.read_schema(tmp_path / "a.parquet").names == schema(embed=True).names


class Counting(io.FileIO):
    """A file that counts the bytes read from it."""

    count = 0

    def readinto(self, buffer):
        found = super().readinto(buffer)
        type(self).count += found or 0
        return found

    def read(self, size=-1):
        data = super().read(size)
        type(self).count += len(data)
        return data


def test_it_is_written_in_groups_and_read_lazily(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_GROUP_ROWS", 50)
    path = tmp_path / "a.parquet"
    made = [Cable.from_text(f"1. Talks {i}. " + f"{i * 7919:x} " * 4000) for i in range(200)]
    write(made, path, options={"compression": "none"})
    assert pq.read_metadata(path).num_row_groups == 4
    Counting.count = 0
    found = read_all(Input(lambda: Counting(path)), "parquet")
    assert next(found) == made[0]
    # of one group in four, the columns that hold the cable and not those read from it; their first pages twice
    assert Counting.count < path.stat().st_size / 3
    assert [next(found) for _ in range(199)] == made[1:]


def test_what_duckdb_and_polars_write_reads_back(table, tmp_path):
    duckdb.sql(f"copy (select * from '{table}') to '{tmp_path}/duck.parquet'")
    pl.read_parquet(table).write_parquet(tmp_path / "polars.parquet")
    for name in ("duck", "polars"):
        assert list(read_all(tmp_path / f"{name}.parquet")) == [CABLE, OTHER]


def test_a_part_of_the_columns_is_enough(table, tmp_path):
    duckdb.sql(f"copy (select parts, record from '{table}' where year is null) to '{tmp_path}/duck.parquet'")
    cable = read(tmp_path / "duck.parquet")
    assert (cable.record, cable.parts, cable.grammar) == (OTHER.record, OTHER.parts, "us")
    assert (cable.source.format, cable.source.position) == ("parquet", "row 1")


def test_an_edit_of_a_column_wins_and_is_reported(table, tmp_path):
    frame = pl.read_parquet(table)
    frame = frame.with_columns(
        pl.col("record").struct.with_fields(pl.lit("SECRET").alias("classification")).alias("record")
    )
    frame.write_parquet(tmp_path / "edited.parquet")
    report = Report()
    first, second = read_all(tmp_path / "edited.parquet", report=report)
    assert (first.record.classification, second.record.classification) == ("SECRET", "SECRET")
    assert first.annotations == ()
    assert {(event.cable, event.kind, event.path) for event in report.events} == {
        (0, "altered", "record.classification"),
        (0, "lost", "annotations[0]"),
        (0, "lost", "extensions[notes]"),
        (0, "added", "source"),
        (1, "added", "record.classification"),
        (1, "added", "source"),
    }


def test_without_the_copy_the_columns_are_all_there_is(tmp_path):
    path = tmp_path / "a.parquet"
    report = write(CABLE, path, options={"embed": "false", "compression": "none"})
    assert [(event.kind, event.path) for event in report.events] == [
        ("lost", "annotations[0]"),
        ("lost", "extensions[notes]"),
        ("added", "source"),
    ]
    assert b"name.class" not in path.read_bytes()
    assert "cable" not in pq.read_schema(path).names
    back = read(path)
    assert (back.record, back.parts) == (CABLE.record, CABLE.parts)


def test_without_the_copy_the_columns_are_read_without_pins():
    pin = Annotation("body", 0, 5, "structure.paragraph")
    cable = Cable(parts=(Part("body", "body", "Talks went on."),), annotations=(pin,))
    assert [paragraph.text for paragraph in cable.paragraphs] == ["Talks", " went on."]
    first = written(cable)
    (shown,) = pq.read_table(io.BytesIO(first))["paragraphs"].to_pylist()
    assert [paragraph["text"] for paragraph in shown] == ["Talks went on."]
    (back,) = read_all(first)
    assert written(back) == first


def written(cable):
    out = io.BytesIO()
    write([cable], out, "parquet", options={"embed": False})
    return out.getvalue()


def other(**columns):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


GOOD = {"record": [{"origin": "X"}], "parts": [[{"id": "body", "role": "body", "text": "1. Talks."}]]}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PAR1", "at row 1: The Parquet file is damaged"),
        (
            other(x=[1]),
            "at the schema: It is Parquet, but not a table of cables: there is no column record and no column parts",
        ),
        (
            other(record=[3], parts=[[]]),
            "at row 1: The row is no cable. The columns record and parts are of other types",
        ),
        (other(**GOOD | {"parts": [["x"]]}), "at row 1: The row is no cable"),
        (
            other(**GOOD | {"parts": [[{"id": "", "role": "body", "text": ""}]]}),
            "at row 1: The row is no cable. id must be a letter",
        ),
        (other(**GOOD, cable=["{"]), "at row 1: The row is no cable"),
        (other(**GOOD, cable=[7]), "at row 1: The row is no cable"),
        (other(**GOOD, grammar=["?"]), "at row 1: The row is no cable. grammar must be a letter"),
    ],
)
def test_what_is_no_table_of_cables_is_refused_in_words(data, words):
    with pytest.raises(FormatError) as error:
        list(read_all(data, "parquet"))
    assert words in str(error.value)


def test_a_newer_layout_is_refused():
    out = io.BytesIO()
    pq.write_table(pa.table(GOOD).replace_schema_metadata({LAYOUT_KEY: b"2"}), out)
    with pytest.raises(FormatError, match=r"at the metadata: The table's layout is 2, .*Upgrade"):
        list(read_all(out.getvalue()))


def test_no_error_steers_the_terminal():
    out = io.BytesIO()
    pq.write_table(pa.table(GOOD).replace_schema_metadata({LAYOUT_KEY: b"\x1b[2J\xff" + b"9" * 99}), out)
    with pytest.raises(FormatError, match=r"layout is \\x1b\[2J\ufffd9+, and") as error:
        list(read_all(out.getvalue()))
    assert str(error.value).isprintable()
    assert parquet._words(ValueError("\n type: \x0f\nmore")) == r"type: \x0f"
    assert parquet._words(MemoryError()) == "MemoryError"


def test_damage_inside_a_page_is_noticed(tmp_path):
    path = tmp_path / "a.parquet"
    write([CABLE], path, options={"compression": "none"})
    data = path.read_bytes()
    with pytest.raises(FormatError, match="The Parquet file is damaged"):
        list(read_all(data.replace(b"Halloway", b"Helloway")))


def test_a_table_of_a_cable_edited_by_hand_is_read():
    (cable,) = read_all(other(**GOOD), "parquet")
    assert (cable.record.origin, cable.text) == ("X", "1. Talks.")


def test_memory_does_not_grow_with_the_table(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_GROUP_ROWS", 100)
    peaks = []
    for size in (300, 1_500):
        path = tmp_path / f"{size}.parquet"
        tracemalloc.start()
        try:
            write((Cable.from_text(f"1. Talks {i}. " + "words " * 200) for i in range(size)), path)
            assert sum(1 for _ in read_all(path)) == size
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2


def test_it_is_read_from_a_stream_as_from_a_file():
    data = other(record=[{"origin": "X"}] * 300, parts=[[{"id": "body", "role": "body", "text": "1. Talks."}]] * 300)
    assert list(read_all(io.BytesIO(data))) == list(read_all(data))


def test_words_that_are_no_text_are_named_with_their_row():
    origin = pa.StringArray.from_buffers(1, pa.py_buffer(bytes(4) + b"\x02\0\0\0"), pa.py_buffer(b"\xff\xfe"))
    out = io.BytesIO()
    pq.write_table(pa.table(GOOD | {"grammar": origin}), out)
    with pytest.raises(FormatError, match="at row 1: The Parquet file is damaged: .*utf-8"):
        list(read_all(out.getvalue(), "parquet"))


def test_a_table_is_cut_into_rows_that_know_their_numbers():
    out = io.BytesIO()
    texts = [f"{number}. Talks with Minister Orleo went on. " * 40 for number in range(1, 301)]
    write(map(Cable.from_text, texts), out, "parquet", options={"embed": False})
    known, whole = registry().get("parquet"), Input.from_bytes(out.getvalue(), "a.parquet")
    for size, least, most in ((1, 300, 300), (50_000, 8, 30), (10**9, 1, 1)):
        pieces = list(known.load_splitter()(whole, size))
        assert least <= len(pieces) <= most
        lengths = [pq.read_table(io.BytesIO(piece.data)).num_rows for piece in pieces]
        assert sum(lengths) == 300
        assert [piece.line for piece in pieces] == [1 + sum(lengths[:i]) for i in range(len(pieces))]
        assert max(lengths) - min(lengths[:-1] or lengths) <= 2  # as much work for each worker
    with pytest.raises(FormatError, match="not a table of cables"):
        list(known.load_splitter()(Input.from_bytes(other(a=[1])), 1))


def test_workers_share_a_table_by_its_rows(tmp_path):
    texts = [f"{number}. Talks with Minister Orleo went on. " * 200 for number in range(300)]
    write(map(Cable.from_text, texts), tmp_path / "a.parquet", options={"embed": False, "compression": "none"})
    found = list(batches([tmp_path / "a.parquet"], None))
    assert len(found) > 2
    done = convert_many(tmp_path / "a.parquet", tmp_path / "b.jsonl", to="jsonl", jobs=1)
    assert done.converted == 300
    assert list(read_all(tmp_path / "b.jsonl")) == list(read_all(tmp_path / "a.parquet"))
