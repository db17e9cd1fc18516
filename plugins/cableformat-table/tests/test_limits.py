"""Files that hold or promise far more than their size explains: refused soon, in words, and in little memory."""

from __future__ import annotations

import gzip
import io
import struct
import time
import tracemalloc
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cableformat import Cable, FormatError, Input, OptionError, Part, Record, read_all, write
from cableformat.plugins import registry
from cableformat_table import limits, parquet

ROW = '"1","3/4/2031 9:12","31PORTMERIDIAN117","Embassy","UNCLASSIFIED","","","1. (U) Talks went on."\n'
MB = 1024 * 1024


def packed(compression, megabytes):
    """A small file that unpacks to so many megabytes of equal rows."""
    block = ROW.encode() * (MB // len(ROW) + 1)
    if compression == "gzip":
        stream = io.BytesIO()
        with gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as file:
            for _ in range(megabytes):
                file.write(block)
        return stream.getvalue()
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as file:
        for _ in range(megabytes):
            file.write(block)
    return sink.getvalue().to_pybytes()


@pytest.fixture
def small(monkeypatch):
    """The limits of a smaller world, so that a test need not unpack for minutes."""
    monkeypatch.setattr(limits, "RATIO_FROM", MB)


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_a_packed_dump_that_holds_more_than_its_size_explains_is_refused(small, compression):
    data = packed(compression, 6)
    assert len(data) * limits.MOST_RATIO < 6 * MB
    count = 0

    def read_on():
        nonlocal count
        for _ in read_all(data, "cables-csv"):
            count += 1

    with pytest.raises(
        FormatError, match=r"holds more than .* bytes, which its size of .* -I max_ratio=N \(now 200\)"
    ) as caught:
        read_on()
    assert caught.value.offset is not None
    assert 0 < count * len(ROW) <= max(MB, len(data) * limits.MOST_RATIO)


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_who_trusts_the_file_raises_the_limit(small, compression):
    data = packed(compression, 2)
    rows = sum(1 for _ in read_all(data, "cables-csv", options={"max_ratio": 1_000_000}))
    assert rows == 2 * (MB // len(ROW) + 1)


@pytest.mark.parametrize("name", ["cables-csv", "parquet"])
@pytest.mark.parametrize("most", [0, -4])
def test_a_limit_is_a_positive_number(name, most):
    with pytest.raises(OptionError, match="max_ratio.* must be >= 1"):
        list(read_all(b"", name, options={"max_ratio": most}))


def test_the_cutter_holds_the_same_limit(small):
    pieces = registry().get("cables-csv").load_splitter()
    with pytest.raises(FormatError, match="which its size"):
        list(pieces(Input.from_bytes(packed("gzip", 6)), MB))


def test_packed_rows_can_be_left_at_any_moment():
    """A stream that unpacks for long gives each cable as soon as it is there."""
    data = packed("gzip", 60)
    started = time.process_time()
    assert len(list(islice(read_all(data, "cables-csv"), 3))) == 3
    assert time.process_time() - started < 2


def peak_of(data):
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_all(data, "cables-csv", options={"max_ratio": 10_000}))
        return tracemalloc.get_traced_memory()[1], count
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_what_a_packed_dump_holds():
    row = ROW.replace("Talks", "Talks " * 20_000).encode()
    (small, few), (large, many) = (peak_of(gzip.compress(row * count, mtime=0)) for count in (100, 800))
    assert (few, many) == (100, 800)
    assert large < small * 1.2


def table(cables):
    stream = io.BytesIO()
    write(cables, stream, "parquet")
    return stream.getvalue()


def varint(number):
    """A number as Thrift's compact protocol has it: zigzag, seven bits a byte."""
    number <<= 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def with_footer(data, old, new):
    """A table whose metadata say another number wherever they say one."""
    (length,) = struct.unpack("<I", data[-8:-4])
    footer = data[-8 - length : -8]
    assert varint(old) in footer
    footer = footer.replace(varint(old), varint(new))
    return data[: -8 - length] + footer + struct.pack("<I", len(footer)) + b"PAR1"


TERABYTES = 5 * 1024**4


def test_a_table_that_promises_terabytes_is_refused_before_anything_is_read(monkeypatch):
    text = "1. (U) Talks went on. " * 4321
    data = table([Cable(Record(), (Part("body", "body", text),))])
    size = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(0).total_byte_size
    forged = with_footer(data, size, TERABYTES)
    monkeypatch.setattr(parquet, "_batches_of", None)
    with pytest.raises(FormatError, match=r"promises 5,497,558,138,880 bytes, which its size of") as caught:
        list(read_all(forged, "parquet"))
    assert caught.value.path == "row group 1"


def test_a_table_that_promises_a_trillion_rows_is_refused():
    data = table([Cable.from_text("x")] * 12345)
    with pytest.raises(FormatError, match=r"promises 1,000,000,000,000 rows, which its size"):
        list(read_all(with_footer(data, 12345, 10**12), "parquet"))


def repeated(rows, size):
    """A table in which one long text stands once and is each row's."""
    columns = {"record": [None] * rows, "parts": [None] * rows, "grammar": ["us"] * rows}
    types = {"record": pa.struct([("origin", pa.string())]), "parts": pa.list_(pa.struct([("id", pa.string())]))}
    made = pa.table({name: pa.array(columns[name], types.get(name)) for name in columns})
    text = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x" * size]))
    structs = pa.StructArray.from_arrays([text], names=["origin"])
    stream = io.BytesIO()
    made = made.set_column(0, "record", structs)
    # Without Arrow's own schema the text is read as any other.
    pq.write_table(made, stream, compression="zstd", dictionary_pagesize_limit=2**30, store_schema=False)
    return stream.getvalue()


def test_a_value_that_is_stored_once_and_repeats_takes_bounded_memory():
    data = repeated(5000, 4 * MB)
    assert len(data) < 64 * 1024
    before = pa.total_allocated_bytes()
    peak = count = 0

    def read_on():
        nonlocal peak, count
        for cable in read_all(data, "parquet"):
            count += 1
            assert len(cable.record.origin) == 4 * MB
            peak = max(peak, pa.total_allocated_bytes() - before)

    with pytest.raises(FormatError, match="which its size of"):
        read_on()
    assert 1 < count <= 16
    assert peak < 200 * MB


def test_rows_are_read_one_by_one_only_where_values_may_repeat():
    file = pq.ParquetFile(io.BytesIO(table([Cable.from_text("1. (U) Talks. " * 1000)] * 300)))
    assert parquet._rows_at_once(file, 0, ["record", "parts", "grammar", "cable"]) == parquet._BATCH_ROWS
    file = pq.ParquetFile(io.BytesIO(repeated(300, 40 * MB)))
    assert parquet._rows_at_once(file, 0, ["record", "parts", "grammar"]) == 1
