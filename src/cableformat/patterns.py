"""Regular expressions that are compiled when they are first used.

A program that reads one cable spends more time on compiling the patterns of the grammar than on reading, and few cables
need more than half of them. What every cable needs is compiled by `re.compile`.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import AnyStr, Generic, cast


def on_use(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    r"""A pattern as `re.compile` gives it, but compiled at its first use, where an error in it shows.

    It has what a pattern has, but is no `re.Pattern`: the functions of `re` do not take it.

    Args:
        pattern: The regular expression.
        flags: The flags of `re`.

    Example:
        >>> number = on_use(r"\d+")
        >>> number.search("Room 12")[0]
        '12'
    """
    return cast("re.Pattern[AnyStr]", _OnUse(pattern, flags))


class _OnUse(Generic[AnyStr]):
    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self._pattern: AnyStr = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self._pattern, self._flags)

    def __getattr__(self, name: str) -> object:
        """What the pattern has under a name, such as `match`; from then on it is found without this method."""
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value
