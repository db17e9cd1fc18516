"""Options of the formats, apart from the code that needs pyarrow."""

from __future__ import annotations

from typing import Literal

import attrs


@attrs.frozen
class CsvOptions:
    """Options of `cables-csv`.

    Attributes:
        compression: How to write: `by-name` takes gzip for a name that ends in `.gz`, Zstandard for `.zst`, and none
            for all others. Reading looks at the bytes.
    """

    compression: Literal["by-name", "none", "gzip", "zstd"] = attrs.field(
        default="by-name", metadata={"help": "none, gzip, zstd, or by-name: what the file's suffix says"}
    )
