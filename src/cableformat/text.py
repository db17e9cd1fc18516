"""Verbatim text: the parts of a cable, and spans of them."""

from __future__ import annotations

import re
from typing import Any

import attrs

from cableformat.errors import ModelError
from cableformat.unfrozen import unfrozen

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._:-]*")


def check_text(value: object, what: str) -> str:
    """The value, if it is text of Unicode scalar values.

    Args:
        value: What a caller gave.
        what: What it is, for the error.

    Raises:
        ModelError: It is not a `str`, or holds a lone surrogate (which no encoding can carry).
    """
    if type(value) is not str:
        raise ModelError(f"{what} must be text, not {type(value).__name__}.")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ModelError(
                f"{what} holds the lone surrogate U+{ord(value[error.start]):04X} at character {error.start}; "
                "text must be Unicode scalar values."
            ) from None
    return value


def check_name(value: object, what: str) -> str:
    """The value, if it can name a part, role, kind or plugin: a letter, then letters, digits and `. _ : -`.

    Raises:
        ModelError: It cannot.
    """
    if type(value) is not str or not _NAME.fullmatch(value):
        raise ModelError(f"{what} must be a letter followed by letters, digits or . _ : - , not {value!r}.")
    return value


def is_text(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Attrs validator: `check_text` on the attribute."""
    check_text(value, attribute.name)


def is_name(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Attrs validator: `check_name` on the attribute."""
    check_name(value, attribute.name)


def optional_text(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Attrs validator: None, or text."""
    if value is not None:
        check_text(value, attribute.name)


def pairs(value: Any, what: str) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - checks what callers give
    """Any iterable of (label, text), or a mapping, as a tuple of pairs of text.

    Raises:
        ModelError: It is anything else.
    """
    items = value.items() if hasattr(value, "items") else value
    try:
        return tuple((check_text(label, f"{what} label"), check_text(text, what)) for label, text in items)
    except (TypeError, ValueError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(f"{what} must be pairs of text: {error}.") from None


@attrs.frozen(order=True, weakref_slot=False)
class Span:
    """A run of characters in a part.

    Attributes:
        part: The part's id.
        start: First character, in code points from 0.
        end: One past the last character; `start == end` marks a point.
    """

    part: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.part}:{self.start}-{self.end}"


_unfrozen_span = unfrozen(Span)


def span(part: str, start: int, end: int) -> Span:
    """A `Span`, made fast: what the grammar reads has one for each value and paragraph."""
    made = _unfrozen_span()
    made.part, made.start, made.end = part, start, end
    made.__class__ = Span
    return made  # type: ignore[no-any-return]


@attrs.frozen
class Part:
    r"""One run of verbatim text, with a role.

    Line ends, trailing blanks, tabs, form feeds and control characters stay as they were published.

    Attributes:
        id: Unique in its cable, such as `body` or `body-2`.
        role: `header`, `body`, `container` (the container's own words), `attributes`, `note`, or a plugin's own.
        text: The text, exactly.

    Raises:
        ModelError: The id or role is not a name, or the text holds a lone surrogate.

    Example:
        >>> Part("body", "body", "UNCLAS PORT MERIDIAN 000117 \r\n").text[-3:]
        ' \r\n'
    """

    id: str = attrs.field(validator=is_name)
    role: str = attrs.field(validator=is_name)
    text: str = attrs.field(validator=is_text)
