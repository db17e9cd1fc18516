"""Guards around somebody's plugin: what hangs, what it prints, and whether it changes what it was given."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import tempfile
import threading
from typing import TYPE_CHECKING, Self

from cableformat.cable import Cable
from cableformat.codec import dumps
from cableformat.errors import CableError
from cableformat.testing.laws import LawError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import Any

_SHOWN = 80
_AGAIN = 0.5  # seconds between alarms, for code that catches the first


class HangError(BaseException):
    """A plugin gave no answer in time. No `Exception`, so that a plugin that catches all of these does not eat it."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `HangError` in the block once it has taken longer than some seconds.

    On the main thread of a POSIX system a signal does it, which also ends a sleep or a regular expression; elsewhere
    it is raised between two steps of Python code.
    """
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        with _alarm(seconds):
            yield
    else:
        with _async_alarm(seconds):
            yield


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(_: int, __: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _async_alarm(seconds: float) -> Iterator[None]:
    thread = ctypes.c_ulong(threading.get_ident())

    def ring() -> None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(HangError))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class Listener:
    """Hears what is written to standard output, by `print` or past it, and keeps it from getting there."""

    def __enter__(self) -> Self:
        """Listen from now on."""
        self._file = tempfile.TemporaryFile()
        self._stdout = sys.stdout
        self._own = os.fdopen(os.dup(self._file.fileno()), "w", encoding="utf-8", errors="replace")
        try:
            self._kept: int | None = os.dup(1)
        except OSError:  # no standard output at all
            self._kept = None
        else:
            with contextlib.suppress(OSError, ValueError, AttributeError):  # a stand-in that is closed or odd
                self._stdout.flush()
            os.dup2(self._file.fileno(), 1)
        sys.stdout = self._own
        return self

    def __exit__(self, *_: object) -> None:
        """Put standard output back."""
        sys.stdout = self._stdout
        if self._kept is not None:
            os.dup2(self._kept, 1)
            os.close(self._kept)
        self._own.close()
        self._file.close()

    def heard(self) -> str:
        """What was written since the last call."""
        with contextlib.suppress(ValueError):  # somebody has closed it
            self._own.flush()
        if not os.fstat(self._file.fileno()).st_size:
            return ""
        self._file.seek(0)
        said = self._file.read().decode("utf-8", "replace")
        self._file.truncate(0)
        self._file.seek(0)
        return said


@contextlib.contextmanager
def conduct(law: str, name: str, example: object, listener: Listener, seconds: float) -> Iterator[None]:
    """Run a block of a law as a guest: whatever a plugin does in it that is no answer becomes a `LawError`.

    Args:
        law: The law's name.
        name: The format's name.
        example: What the law is tried on: cables, bytes, or tuples of these.
        listener: Hears standard output.
        seconds: The limit of the block.

    Raises:
        LawError: The law does not hold; or the plugin raised anything, wrote to standard output, or changed a cable.
        HangError: The block took too long.
    """
    before = [(cable, dumps(cable)) for cable in cables_in(example)]
    listener.heard()
    try:
        with time_limit(seconds):
            yield
    except (KeyboardInterrupt, GeneratorExit, HangError):
        raise
    except LawError:
        _refuse_changes(law, name, before)  # which may be why the law does not hold
        raise
    except (Exception, SystemExit) as error:
        raise LawError(law, _raised(name, error)) from error
    _refuse_changes(law, name, before)
    said = listener.heard()
    if said:
        more = "..." if len(said) > _SHOWN else ""
        raise LawError(law, f"{name} writes to standard output: {said[:_SHOWN]!r}{more}.")


def _refuse_changes(law: str, name: str, before: list[tuple[Cable, bytes]]) -> None:
    """Raise `LawError` where one of some cables is not as its bytes say it was."""
    for cable, data in before:
        if _dumped(cable) != data:
            raise LawError(law, f"{name} changes the cable that it is given.")


def _raised(name: str, error: BaseException) -> str:
    """What was raised, in words; an error of ours already says who did it."""
    return str(error) if isinstance(error, CableError) else f"{name} raises {type(error).__name__}: {error}"


def _dumped(cable: Cable) -> bytes | None:
    try:
        return dumps(cable)
    except Exception:  # noqa: BLE001 - a cable so changed that it is none any more
        return None


def cables_in(example: Any) -> Iterator[Cable]:  # noqa: ANN401 - an example of any law
    """The cables in an example, however deep in tuples."""
    if isinstance(example, Cable):
        yield example
    elif isinstance(example, tuple):
        for item in example:
            yield from cables_in(item)
