"""Options of the formats, apart from the code that needs pyarrow."""

from __future__ import annotations

from typing import Literal

import attrs

from cableformat_table.limits import MOST_RATIO

_RATIO_HELP = "how many times larger than the file what it holds may be, beyond 64 MiB"


@attrs.frozen
class CsvOptions:
    """Options of `cables-csv`.

    Attributes:
        compression: How to write: `by-name` takes gzip for a name that ends in `.gz`, Zstandard for `.zst`, and none
            for all others. Reading looks at the bytes.
        max_ratio: How many times larger than a packed file what it holds may be, beyond 64 MiB.
    """

    compression: Literal["by-name", "none", "gzip", "zstd"] = attrs.field(
        default="by-name", metadata={"help": "none, gzip, zstd, or by-name: what the file's suffix says"}
    )
    max_ratio: int = attrs.field(default=MOST_RATIO, validator=attrs.validators.ge(1), metadata={"help": _RATIO_HELP})


@attrs.frozen
class ParquetOptions:
    """Options of `parquet`.

    Attributes:
        embed: Whether each row carries the whole cable inside. Without it the table holds what its columns show and
            nothing else, which is what a redacted cable needs.
        compression: How the columns are packed.
        max_ratio: How many times larger than the file what it holds may be, beyond 64 MiB.
    """

    embed: bool = attrs.field(
        default=True, metadata={"help": "carry each whole cable inside; false leaves only what the columns show"}
    )
    compression: Literal["none", "snappy", "gzip", "zstd"] = attrs.field(
        default="zstd", metadata={"help": "none, snappy, gzip or zstd"}
    )
    max_ratio: int = attrs.field(default=MOST_RATIO, validator=attrs.validators.ge(1), metadata={"help": _RATIO_HELP})
