"""JSON read strictly and written canonically: no repeated name, no NaN, no number that another reader would change."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from cableformat.errors import FormatError, ModelError

MAX_DEPTH = 100
"""Levels of nesting that a free JSON value may have; deeper ones cannot be relied on to be read elsewhere."""

_LONG_NUMBER = re.compile(r"\d{4301}")  # CPython converts at most 4,300 digits


class _RepeatedError(ValueError):
    """An object with the same member twice."""


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(members)
    if len(result) != len(members):
        seen: set[str] = set()
        name = next(name for name, _ in members if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise _RepeatedError(f"the member {json.dumps(name)} stands twice in one object")
    return result


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _float(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ValueError(f"the number {digits[:40]} is out of range")
    return value


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)


def parse(text: str, *, line: int = 1) -> Any:  # noqa: ANN401 - JSON is any of seven types
    """The value of a JSON text.

    Args:
        text: The text.
        line: The number of the line it begins on, for errors.

    Raises:
        FormatError: It is not JSON, is nested too deeply, repeats a member, or holds a number out of range.

    Example:
        >>> parse('{"a": 1, "a": 2}')
        Traceback (most recent call last):
        cableformat.errors.FormatError: line 1: Not canonical JSON: the member "a" stands twice in one object.
    """
    try:
        return _decoder.decode(text)
    except json.JSONDecodeError as error:
        raise FormatError(
            f"Not valid JSON: {error.msg[0].lower()}{error.msg[1:]}.",
            line=line + error.lineno - 1,
            column=error.colno,
        ) from None
    except RecursionError:
        raise FormatError("The JSON is nested too deeply.", line=line) from None
    except ValueError as error:
        long = _LONG_NUMBER.search(text)
        if long:
            at = line + text.count("\n", 0, long.start())
            raise FormatError("A number with more than 4,300 digits.", line=at) from None
        raise FormatError(f"Not canonical JSON: {error}.", line=line) from None


def canonical(value: object) -> str:
    """The one compact text of a JSON value: members sorted, no blanks, characters as they are.

    Raises:
        ModelError: It is no JSON value, or is nested deeper than `MAX_DEPTH`.

    Example:
        >>> canonical({"b": [1, 2.0], "a": None})
        '{"a":null,"b":[1,2.0]}'
    """
    _check_depth(value)
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise ModelError(f"Not a JSON value: {error}.") from None


def _check_depth(value: object) -> None:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise ModelError(f"A JSON value may be nested {MAX_DEPTH} levels deep, and this one is deeper.")
        inner: list[object] = []
        for item in level:
            if isinstance(item, dict):
                inner.extend(item.values())
            elif isinstance(item, (list, tuple)):
                inner.extend(item)
        level = inner
