"""What is written: the target, and beside it a working folder with the journal, the segments and the quarantine."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import attrs

from cableformat import conversion
from cableformat.conversion import clear_parts, replacing, take_part, write_whole
from cableformat.corpus.journal import Journal
from cableformat.errors import CableError
from cableformat.fidelity import Report
from cableformat.file_names import FreeNames, safe_stem
from cableformat.registry import Input, Sink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from cableformat.cable import Cable
    from cableformat.corpus.model import Failure, Output, Result
    from cableformat.registry import Format

FINISHED = "finished"
"""The key of the journal's line that all is done: with a size of -1 it is no longer."""

_NO_LONGER = {"key": FINISHED, "keys": "", "size": -1}
_AT_ONCE = 16
_MOST_WAITING = 8
"""Batches that may be on their way to the disk, and are held in memory so long."""


class Target:
    """Where a corpus goes: a folder of files, or one file that is joined of segments when all are there.

    Args:
        path: The folder or file.
        known: Its format.
        segment: The format of the segments, where it is one file.
        options: Options of the format.
        resume: Whether to go on with what an earlier run left.

    Raises:
        OSError: It cannot be written.
        CableError: Another run writes there.
    """

    def __init__(self, path: Path, known: Format, segment: Format, options: Any, *, resume: bool) -> None:  # noqa: ANN401 - the format's own class
        self.path = path
        self.known = known
        self.segment = segment
        self.options = options
        self.work = work_of(path)
        self.is_folder = known.cardinality == "one"
        self._outputs = path if self.is_folder else segments_of(path)
        self._real_outputs = self._outputs
        self._names = FreeNames(known.suffix)
        self._segments: list[str] = []
        self._keys = hashlib.sha256()
        self._set_aside: set[str] = set()
        self.work.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self.work / "lock")
        # A disk does many things at once as fast as one: each file is written through to it, or taken off it.
        self._writers = ThreadPoolExecutor(_AT_ONCE)
        for left in () if resume else list(self.work.iterdir()):
            if left.is_dir():
                self._remove(left)
            elif left.name != "lock":
                left.unlink()
        for half_written in (path, self._outputs, self.work / "quarantine"):
            clear_parts(half_written)  # by a run that was killed
        self.journal = Journal(self.work / "journal")
        self._noter = ThreadPoolExecutor(1)
        self._written: deque[tuple[dict[str, Any], list[Future[None]]]] = deque()
        self._notes: deque[Future[None]] = deque()

    def done(self, key: str) -> dict[str, Any] | None:
        """What the journal says of a batch, if it is done and its files are there."""
        entry = self.journal.entries.get(key)
        if entry is None:
            return None
        if self.finished() is None and not all(
            (self._outputs / name).is_file() and (self._outputs / name).stat().st_size == size
            for name, size in entry["files"]
        ):
            return None
        return entry

    def finished(self) -> dict[str, Any] | None:
        """What the journal says of the file as a whole, if it was joined and is as it was; never of a folder."""
        entry = self.journal.entries.get(FINISHED)
        if self.is_folder or entry is None or not self.path.is_file() or self.path.stat().st_size != entry["size"]:
            return None
        return entry

    def keep(self, key: str, entry: dict[str, Any]) -> bool:
        """Count in what an earlier run did; not if one of its files has been written over by another source."""
        if self.is_folder and any(name in self._names for name, _ in entry["files"]):
            return False
        self._keys.update(key.encode())
        for name, _ in entry["files"]:
            self._names.take(name)
            self._segments.append(name)
        return True

    def put(self, key: str, result: Result) -> dict[str, Any]:
        """Write what a worker gave, each file whole or not at all, and then note that it is done.

        Both go on when this returns, so that the next batch need not wait for the disk; `finish` waits for all.

        Raises:
            OSError: What this or an earlier call gave cannot be written.
        """
        if self.is_folder and self.journal.entries.get(FINISHED, {}).get("size") == 0:
            self.journal.put(_NO_LONGER)
        self._outputs.mkdir(parents=True, exist_ok=True)
        self._real_outputs = self._outputs.resolve()
        self._keys.update(key.encode())
        names = [
            self._names.free(output.stem) if self.is_folder else f"{key[:32]}{key[64:]}-{number}"
            for number, output in enumerate(result.outputs)
        ]
        self._segments += names
        written = [
            self._writers.submit(self._write, name, output) for name, output in zip(names, result.outputs, strict=True)
        ]
        entry = {
            "key": key,
            "files": [(name, output.size) for name, output in zip(names, result.outputs, strict=True)],
            "cables": result.cables,
            "events": result.events,
            "quarantined": [self.quarantine(failure) for failure in result.failures],
        }
        self._wait(_MOST_WAITING - 1)
        self._written.append((entry, written))
        self._notes.append(self._noter.submit(self._note))
        return entry

    def _note(self) -> None:
        """Note the batches whose files are on the disk, as many as there are at once; at least wait for the first.

        Raises:
            Exception: A file could not be written. The other batches are noted all the same.
        """
        done: list[dict[str, Any]] = []
        fault: Exception | None = None
        while self._written and (not done or all(file.done() for file in self._written[0][1])):
            entry, files = self._written.popleft()
            try:
                for file in files:
                    file.result()
            except Exception as error:  # noqa: BLE001 - it is raised below
                fault = fault or error
            else:
                done.append(entry)
        if done:
            self.journal.put(*done)
        if fault is not None:
            raise fault

    def _wait(self, most: int = 0) -> None:
        """Wait until so many batches at most are not noted yet.

        Raises:
            OSError: A file of one of them, or the journal, could not be written.
        """
        while len(self._notes) > most or (self._notes and self._notes[0].done()):
            self._notes.popleft().result()

    def _write(self, name: str, output: Output) -> None:
        if output.left is not None:
            take_part(Path(output.left), self._real_outputs / name)
        else:
            write_whole(self._real_outputs / name, output.data)

    def quarantine(self, failure: Failure) -> str:
        """Write down why something was not converted; the name of the file is that of its content."""
        folder = self.work / "quarantine"
        folder.mkdir(exist_ok=True)
        facts = {
            "source": failure.name,
            "where": failure.where or "all of it",
            "kind": failure.kind,
            "error": failure.error,
            "events": [attrs.asdict(event) for event in failure.events],
        }
        text = json.dumps(facts, ensure_ascii=False, indent=2)
        data = text.encode(
            "utf-8", "backslashreplace"
        )  # names may be no text; JSON has the same escapes for what is none
        name = f"{safe_stem(Path(failure.name).name)}-{hashlib.sha256(data).hexdigest()[:12]}.json"
        with replacing(folder / name) as stream:
            stream.write(data + b"\n")
        self._set_aside.add(name)
        return name

    def _forget_notes(self) -> None:
        """Remove what an earlier run wrote down of a source that could not be opened, and can be now or is gone."""
        known = self._set_aside.union(*(entry.get("quarantined", ()) for entry in self.journal.entries.values()))
        for note in (self.work / "quarantine").glob("*.json"):
            if note.name not in known:
                note.unlink()

    def finish(self) -> bool:
        """Join the segments into the file, which takes its place when it is whole; they are then no longer kept.

        Returns:
            Whether it is done. If not, the sources are others than those of a file that was finished, whose segments
            are gone: then all is to be gone through again.
        """
        self._wait()
        self._forget_notes()
        keys = self._keys.hexdigest()
        if self.is_folder:
            if self.journal.entries.get(FINISHED, {}).get("keys") != keys:
                self.journal.put({"key": FINISHED, "keys": keys, "size": 0})
            return True
        before = self.finished()
        if before is not None:
            if before["keys"] == keys:
                self._forget_segments()  # of a run that was killed before it did
                return True
            self.journal.put(_NO_LONGER)
            self._segments, self._keys = [], hashlib.sha256()
            return False
        with replacing(self.path) as stream:
            self._join(Sink(stream, self.path.name))
        self.journal.put({"key": FINISHED, "keys": keys, "size": self.path.stat().st_size})
        self._forget_segments()
        return True

    def _forget_segments(self) -> None:
        with contextlib.suppress(OSError):  # the next run tries again
            self._remove(self._outputs)

    def _remove(self, folder: Path) -> None:
        """Remove a folder of files."""
        if folder.is_dir():
            for removed in [self._writers.submit(file.unlink) for file in folder.iterdir() if not file.is_dir()]:
                removed.result()
            shutil.rmtree(folder)

    def _join(self, sink: Sink) -> None:
        joiner = self.known.load_joiner()
        segments = (Input.of(self._outputs / name) for name in self._segments)
        if joiner is not None:
            joiner(segments, sink, self.options)
        else:
            conversion.write_with(self.known, self._cables(segments), sink, self.options, Report())

    def _cables(self, segments: Iterable[Input]) -> Iterator[Cable]:
        for segment in segments:
            yield from conversion.read_all(segment, self.segment.name)

    def close(self) -> None:
        """Let go of the files."""
        self._noter.shutdown()  # what is done stays done, also where another batch failed
        self._writers.shutdown(cancel_futures=True)
        self.journal.close()
        self._lock.close()


def work_of(path: Path) -> Path:
    """The folder beside a target with its journal, its quarantine and, until it is finished, its segments.

    Raises:
        CableError: Nothing can stand beside the target: it is the root of the file system.
    """
    named = path if path.name not in {"", ".."} else path.resolve()
    if not named.name:
        raise CableError(f"There is no place for the journal beside {path}; name a folder or file below it.")
    return named.with_name(f"{named.name}.corpus")


def segments_of(path: Path) -> Path:
    """The folder of the segments of a file."""
    return work_of(path) / "segments"


def _locked(path: Path) -> Any:  # noqa: ANN401 - a stream; it is only held
    stream = path.open("ab")
    try:
        _lock(stream)
    except OSError:
        stream.close()
        raise CableError(f"Another run is writing to {path.parent}; wait for it, or end it.") from None
    return stream


def _lock(stream: IO[bytes]) -> None:
    """Lock a file until it is closed.

    Raises:
        OSError: Another process, or another stream of this one, has locked it.
    """
    try:
        import fcntl  # noqa: PLC0415 - POSIX only
    except ImportError:
        import msvcrt  # noqa: PLC0415 - Windows only

        cast("Any", msvcrt).locking(stream.fileno(), cast("Any", msvcrt).LK_NBLCK, 1)
    else:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
