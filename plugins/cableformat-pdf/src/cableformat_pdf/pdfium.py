"""Text of PDF files, by pdfium in a process of its own: where it crashes, hangs or eats memory, that is an error.

The process is started with the first file and used for those after it; a file that ends it gets a `FormatError`.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import attrs

from cableformat import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from cableformat import Input

CREATOR = "cableformat-pdf"
"""What stands as creator in the files that this plugin writes."""

COPY = "cable.json"
"""The name under which they carry the whole cable."""

_PROGRAM = Path(__file__).with_name("pdfium_process.py")
_PAGE_SECONDS = 30.0
_SMALL = 8 * 1024 * 1024  # bytes of text, or of an embedded copy, that a file of any size may hold
_PER_BYTE = 4


@attrs.frozen
class Pages:
    """What is on the pages of a file.

    Attributes:
        extractor: The tool and its version.
        is_own: Whether the file says that this plugin wrote it.
        texts: The text of each page.
        rows: The rows of each page by number, where they were asked for.
        pictures: The numbers, from 1, of the pages that are pictures without text.
    """

    extractor: str
    is_own: bool
    texts: tuple[str, ...]
    rows: tuple[dict[int, str], ...]
    pictures: tuple[int, ...]


class _Program:
    """The running process, with a lock around each file."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()
        self._deadline = 0.0

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(  # noqa: S603 - this Python, and a program of our own
                [sys.executable, "-P", str(_PROGRAM)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
            self._owner = os.getpid()
        return self._process

    def stop(self) -> None:
        """End the process; the next file starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._owner == os.getpid():
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                _close(stream)

    def frames(self, task: dict[str, Any], source: Input) -> Generator[tuple[str, bytes], None, None]:
        """The frames of the answer.

        Raises:
            EOFError: The process ended.
            TimeoutError: It gave no answer, and was ended.
        """
        with self._lock:
            process = self._started()
            done = threading.Event()
            is_late = threading.Event()
            self._deadline = time.monotonic() + _PAGE_SECONDS
            watch = threading.Thread(target=self._watch, args=(process, done, is_late), daemon=True)
            watch.start()
            is_whole = False
            try:
                yield from self._talk(process, task, source)
                is_whole = True
            except (EOFError, BrokenPipeError):
                raise (TimeoutError if is_late.is_set() else EOFError) from None
            finally:
                done.set()
                watch.join()
                if not is_whole:
                    self.stop()

    def _talk(
        self, process: subprocess.Popen[bytes], task: dict[str, Any], source: Input
    ) -> Iterator[tuple[str, bytes]]:
        stdin, stdout = process.stdin, process.stdout
        if stdin is None or stdout is None:  # both are pipes, as asked for
            raise EOFError
        stdin.write(json.dumps(task).encode() + b"\n")
        with source.open() as stream:
            while block := stream.read(1024 * 1024):
                stdin.write(block)
                self._deadline = time.monotonic() + _PAGE_SECONDS
        stdin.flush()
        kind = ""
        while kind != "d":
            head = _exactly(stdout, 5)
            kind = chr(head[0])
            data = _exactly(stdout, struct.unpack(">I", head[1:])[0])
            self._deadline = time.monotonic() + _PAGE_SECONDS
            yield kind, data

    def _watch(self, process: subprocess.Popen[bytes], done: threading.Event, is_late: threading.Event) -> None:
        while not done.wait(max(0.05, self._deadline - time.monotonic())):
            if time.monotonic() > self._deadline:
                is_late.set()
                process.kill()
                return


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:  # what was still to be written goes nowhere: the process has ended
        return


_PROCESS = _Program()
atexit.register(_PROCESS.stop)


def read_pages(
    source: Input,
    max_pages: int,
    grid: dict[str, float] | None = None,
    on_copy: Callable[[bytes], None] = lambda _: None,
) -> Pages:
    """What is on the pages of a file.

    Args:
        source: The file.
        max_pages: How many pages it may have.
        grid: Where rows and columns stand on the pages, if rows are wanted instead of texts.
        on_copy: Called with the embedded copy as soon as it is there, while pdfium goes on with the pages.

    Raises:
        FormatError: It is encrypted, damaged, beyond a limit, or pdfium cannot cope with it.
    """
    size = source.size
    task = {
        "size": size,
        "max_pages": max_pages,
        "max_copy": max(_SMALL, size),
        "creator": CREATOR,
        "copy": COPY,
        "grid": grid,
    }
    about: dict[str, Any] = {}
    texts: list[str] = []
    rows: list[dict[int, str]] = []
    pictures: list[int] = []
    room = _SMALL + _PER_BYTE * size
    try:
        with contextlib.closing(_PROCESS.frames(task, source)) as frames:
            for kind, data in frames:
                if kind == "p":
                    texts.append(data.decode())
                    room -= len(data)
                    if room < 0:
                        raise FormatError(
                            "It holds more text than a file of its size can.",
                            source=source.name,
                            path=f"page {len(texts)}",
                        )
                elif kind == "r":
                    rows.append({int(number): text for number, text in json.loads(data).items()})
                elif kind == "s":
                    pictures.append(json.loads(data))
                elif kind == "a":
                    on_copy(data)
                elif kind == "i":
                    about = json.loads(data)
                elif kind == "e":
                    said = json.loads(data)
                    where = f"page {said['page']}" if said["page"] else None
                    raise FormatError(
                        said["message"],
                        source=source.name,
                        path=where,
                        offset=None if where else 0,
                        hint=said["hint"] or None,
                    )
    except EOFError:
        raise FormatError(
            "pdfium broke down over it.",
            source=source.name,
            path=f"page {len(texts) + len(rows) + 1}",
            hint="It is damaged, or made to do harm.",
        ) from None
    except TimeoutError:
        raise FormatError(
            f"pdfium gave no answer within {_PAGE_SECONDS:g} s.",
            source=source.name,
            path=f"page {len(texts) + len(rows) + 1}",
            hint="It is damaged, or made to do harm.",
        ) from None
    is_own = about["creator"].startswith(CREATOR)
    return Pages(about["extractor"], is_own, tuple(texts), tuple(rows), tuple(pictures))
