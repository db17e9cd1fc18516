"""Options of the formats, apart from the code that needs their libraries."""

from __future__ import annotations

import attrs


@attrs.frozen
class PdfOptions:
    """Options of `pdf`.

    Attributes:
        embed: Whether a file that is written carries the whole cable inside. Without it, it holds what people see and
            nothing else, which is what a redacted cable needs.
        max_pages: How many pages a file that is read may have.
    """

    embed: bool = attrs.field(
        default=True, metadata={"help": "carry the whole cable inside; false leaves only what people see"}
    )
    max_pages: int = attrs.field(
        default=5000, validator=attrs.validators.ge(1), metadata={"help": "how many pages a file that is read may have"}
    )
