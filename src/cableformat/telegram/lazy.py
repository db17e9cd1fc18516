"""Properties that are read once, when they are first asked for, and soon: a cable has some twenty of them."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class lazy(cached_property[T_co]):  # noqa: N801 - it is written as `property` is
    """A `cached_property` without the lock that Python 3.11 takes for it.

    Two threads that ask at once may both read; what they read is the same. The class needs a `__dict__`, and may be
    frozen. In one with slots attrs puts the values into slots, and the first reading of each takes seven times as long.

    Example:
        >>> class Words:
        ...     @lazy
        ...     def count(self):
        ...         print("counted")
        ...         return 3
        >>> words = Words()
        >>> words.count + words.count
        counted
        6
    """

    def __set_name__(self, owner: type[Any], name: str) -> None:
        super().__set_name__(owner, name)
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> lazy[T_co]: ...

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T_co: ...

    def __get__(self, instance: object | None, owner: type[Any] | None = None) -> lazy[T_co] | T_co:
        """The value, which is in the object's dictionary from then on."""
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.func(instance)
        return value
