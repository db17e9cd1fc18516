"""The journal: what is done, one line a batch, so that a run that was killed goes on where it stood."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


class Journal:
    """Lines of JSON, each behind its own hash; a last line that was torn is cut off.

    Args:
        path: The file; it is made where there is none.
    """

    def __init__(self, path: Path) -> None:
        self.entries, good = _read(path)
        self._stream = path.open("ab")
        self._stream.truncate(good)

    def put(self, *entries: dict[str, Any]) -> None:
        """Note what is done, each by its `key`; it is on the disk when this returns."""
        for entry in entries:
            text = json.dumps(entry, ensure_ascii=False).encode()
            self._stream.write(_hash(text) + b" " + text + b"\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self.entries.update((entry["key"], entry) for entry in entries)

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()


def read_entries(path: Path) -> dict[str, dict[str, Any]]:
    """What a journal says, by key.

    Raises:
        FileNotFoundError: There is none.
    """
    path.stat()
    return _read(path)[0]


def _read(path: Path) -> tuple[dict[str, dict[str, Any]], int]:
    """The lines of a journal by key, and how many of its bytes are sound."""
    entries: dict[str, dict[str, Any]] = {}
    good = 0
    for line in path.read_bytes().splitlines(keepends=True) if path.exists() else ():
        checksum, _, text = line.rstrip(b"\n").partition(b" ")
        if not line.endswith(b"\n") or _hash(text) != checksum:
            break  # what follows a torn line was never promised
        good += len(line)
        entry = json.loads(text)
        entries[entry["key"]] = entry
    return entries, good


def _hash(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest()[:16].encode()
