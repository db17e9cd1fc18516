"""The errors that cableformat raises, each with what was wrong, where, and what to do.

Everything that a caller may want to catch derives from `CableError`. The command maps each class to an exit
code (see `exit_code`), so a script can tell bad input from a refused loss.
"""

from __future__ import annotations

from typing import ClassVar


class CableError(Exception):
    """Base of all errors of this library. `exit_code` is what the command exits with."""

    exit_code: ClassVar[int] = 1


class ModelError(CableError, ValueError):
    """A value that the model cannot hold, such as a span past the end of its part or a lone surrogate."""


class FormatError(CableError):
    """Input that the format does not allow.

    Args:
        message: What is wrong, in a sentence without the position.
        source: The name of the file, or None where there is none (bytes in memory, standard input).
        line: Line of the fault, from 1, or None.
        column: Column of the fault in characters, from 1, or None.
        offset: Offset of the fault in bytes, from 0, or None.
        path: Path of the fault inside a structured document, such as `parts[1].text`, or None.
        hint: What the user can do about it, or None.
    """

    def __init__(  # noqa: PLR0913 - each is one way to say where; all but the message are optional keywords
        self,
        message: str,
        *,
        source: str | None = None,
        line: int | None = None,
        column: int | None = None,
        offset: int | None = None,
        path: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.line = line
        self.column = column
        self.offset = offset
        self.path = path
        self.hint = hint

    @property
    def position(self) -> str:
        """Where the fault is, in words; "at the start" when nothing more exact is known."""
        words = []
        if self.line is not None:
            words.append(f"line {self.line}")
        if self.column is not None:
            words.append(f"column {self.column}")
        if self.offset is not None:
            words.append(f"byte {self.offset}")
        if self.path:
            words.append(f"at {self.path}")
        return ", ".join(words) or "at the start"

    def __str__(self) -> str:
        where = f"{self.source}, {self.position}" if self.source else self.position
        text = f"{where}: {self.message}"
        return f"{text} {self.hint}" if self.hint else text

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_format_error, (type(self), self.message, {**self.__dict__, "message": None})


def _rebuild_format_error(cls: type[FormatError], message: str, state: dict[str, object]) -> FormatError:
    """Unpickle a `FormatError`: its keywords do not fit what `Exception.__reduce__` stores."""
    error = cls(message)
    error.__dict__.update({**state, "message": message})
    return error


class UnrecognisedError(FormatError):
    """No format claims the input."""


class AmbiguousFormatError(FormatError):
    """Several formats claim the input with equal confidence; `--from` or `CABLEFORMAT_PREFER` decides."""


class UnknownFormatError(CableError, LookupError):
    """No format of that name is installed, or it is only read, or only written."""

    exit_code: ClassVar[int] = 2


class CardinalityError(CableError, ValueError):
    """A number of cables that the call or the format cannot take, such as two for a format of one."""

    exit_code: ClassVar[int] = 2


class OptionError(CableError, ValueError):
    """An option that the format does not have, or a value that it does not take."""

    exit_code: ClassVar[int] = 2


class LossError(CableError):
    """A strict conversion would have lost something; nothing was written."""

    exit_code: ClassVar[int] = 3


class PluginError(CableError):
    """A plugin that cannot be loaded (raised under `CABLEFORMAT_STRICT=1`), or a reader or writer that broke."""
