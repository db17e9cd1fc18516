"""Options of the formats, apart from the code that needs lxml."""

from __future__ import annotations

import attrs


@attrs.frozen
class PageOptions:
    """Options of `html`.

    Attributes:
        embed: Whether the page carries the whole cable inside. Without it the page holds what people see and nothing
            else, which is what a redacted cable needs.
    """

    embed: bool = attrs.field(
        default=True, metadata={"help": "carry the whole cable inside; false leaves only what people see"}
    )
