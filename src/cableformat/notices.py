"""What the library has to say beside its results, by `logging`, which is imported when there is something to say."""

from __future__ import annotations

_format: str | None = None


def warn(logger: str, words: str) -> None:
    """Log a warning.

    Args:
        logger: The name of the module that it is from.
        words: What it says.
    """
    import logging  # noqa: PLC0415 - it takes as long to import as a cable to read, and is seldom needed

    if _format is not None:
        logging.basicConfig(format=_format, level=logging.WARNING)  # does nothing where it is set up already
    logging.getLogger(logger).warning("%s", words)


def show(form: str) -> None:
    """Have warnings on standard error, in a form of `logging`: for a command, whose process it is."""
    global _format  # noqa: PLW0603 - a process has one standard error
    _format = form
