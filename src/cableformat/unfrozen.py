"""Frozen objects made fast: their attributes are set while they are not frozen yet.

A frozen class of attrs sets each attribute by a call, which takes most of the time that an object of it costs. A loop
that makes many sets them on an object of an unfrozen class, and then says what class it is of:

    unfrozen_span = unfrozen(Span)
    made = unfrozen_span()
    made.part, made.start, made.end = part, start, end
    made.__class__ = Span

This takes a fifth of the time. Nothing is checked, converted or set by default: whoever makes an object so, sets all.
"""

from __future__ import annotations

from typing import Any


def unfrozen(cls: type) -> Any:  # noqa: ANN401 - its objects become such of another class
    """A class whose objects can become objects of a frozen one.

    Args:
        cls: A class with slots that has no slot for weak references, and no base but `Generic`: Python takes no others.

    Example:
        >>> import attrs
        >>> Point = attrs.make_class("Point", ["x", "y"], frozen=True, slots=True, weakref_slot=False)
        >>> made = unfrozen(Point)()
        >>> made.x, made.y = 3, 4
        >>> made.__class__ = Point
        >>> made
        Point(x=3, y=4)
    """
    names = {name: vars(cls)[name] for name in ("__slots__", "__orig_bases__") if name in vars(cls)}
    return type(cls.__name__, cls.__bases__, names)
