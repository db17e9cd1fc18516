"""What a source is: files, folders, patterns, archives, addresses; found and opened one after the other."""

from __future__ import annotations

import errno
import glob
import os
import stat
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cableformat import conversion, plugins
from cableformat.corpus.addresses import addressed, is_address, listed
from cableformat.corpus.archives import is_archive, members
from cableformat.corpus.model import Batch, Failure, Item
from cableformat.errors import CableError
from cableformat.registry import Input

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cableformat.corpus.archives import Found

PIECE = 1024 * 1024
"""Bytes of a batch, about: what a worker gets at once."""

_MOST_SENT = 64 * PIECE


def found(sources: Iterable[str | os.PathLike[str]], leave_out: Sequence[Path] = ()) -> Iterator[Found]:
    """Each file of the sources, in an order that depends on nothing but their names, and what cannot be opened.

    Args:
        sources: Files, folders, patterns such as `pages/**/*.html`, archives, or addresses that fsspec opens.
        leave_out: Files and folders that are no sources: what is being written.

    Raises:
        FileNotFoundError: A source is not there.
        OSError: A source that is named may not be read, or an address cannot be reached.
    """
    for source in (os.fspath(given) for given in sources):
        for one in addressed(source) if is_address(source) else _local(source, leave_out):
            if isinstance(one, tuple) and is_archive(one[0]):
                yield from members(*one)
            else:
                yield one


def check(sources: Iterable[str | os.PathLike[str]], leave_out: Sequence[Path] = ()) -> None:
    """Find out before anything is written whether there is something to read.

    Raises:
        FileNotFoundError: A file or folder is missing, or no file fits a pattern.
        OSError: A file may not be read, or an address cannot be reached.
        CableError: An address is of a kind that is not known here, or all files of the sources are left out, because
            they lie where is being written.
    """
    given = [os.fspath(source) for source in sources]
    for source in given:
        if is_address(source):
            listed(source)
            continue
        path = Path(source)
        if path.is_file():
            path.open("rb").close()  # it may not be for us to read
        if path.exists():
            continue
        if not glob.has_magic(source):
            raise FileNotFoundError(errno.ENOENT, "There is no such file or folder", source)
        if next(glob.iglob(source, recursive=True), None) is None:  # noqa: PTH207 - as below
            raise FileNotFoundError(errno.ENOENT, "No file fits the pattern", source)
    if any(is_address(source) for source in given):
        return
    files = (path for source in given for path in _files(source))
    first, places = next(files, None), _real(leave_out)
    if first is not None and all(_is_below(path, places) for path in chain([first], files)):
        raise CableError(f"{first} lies in the target, where no source is looked for; write to another place.")


def _is_below(path: Path, places: Sequence[Path]) -> bool:
    real = path.resolve()
    return any(place == real or place in real.parents for place in places)


def _real(places: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(place.resolve() for place in places)


def _files(source: str) -> Iterator[Path]:
    path = Path(source)
    if path.is_dir():
        return _walked(path)
    if path.exists() or not glob.has_magic(source):
        return iter([path])
    return (Path(name) for name in sorted(glob.glob(source, recursive=True)) if Path(name).is_file())  # noqa: PTH207 - patterns may be absolute


def _local(source: str, leave_out: Sequence[Path]) -> Iterator[Found]:
    places = _real(leave_out)
    for path in _files(source):
        if not _is_below(path, places):
            yield (str(path), Input.of(path)) if str(path) == source else _opened(path)


def _opened(path: Path) -> Found:
    """A file that nobody named; if it cannot be opened, or is a pipe that would be waited for, a failure."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Failure(str(path), "", "It is no regular file (but a pipe, a socket or a device).", "refused")
        return str(path), Input.of(path)
    except OSError as error:
        return Failure.of(str(path), error)


def total_bytes(sources: Iterable[str | os.PathLike[str]], leave_out: Sequence[Path] = ()) -> int | None:
    """How many bytes the sources hold; None where that takes opening them: packed files and addresses."""
    total = 0
    for source in (os.fspath(given) for given in sources):
        if is_address(source):
            return None
        for one in _local(source, leave_out):
            if isinstance(one, Failure):
                continue
            name, file = one
            if is_archive(name) or name.lower().endswith((".gz", ".zst")):
                return None
            total += file.size
    return total


def _walked(folder: Path) -> Iterator[Path]:
    for top, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(top, name) for name in sorted(files) if not name.startswith("."))


def batches(
    sources: Iterable[str | os.PathLike[str]], from_format: str | None, leave_out: Sequence[Path] = ()
) -> Iterator[Batch | Failure]:
    """The sources, cut and gathered into batches of about a MB; always the same ones for the same sources."""
    held: list[Item] = []
    size = 0
    for one in found(sources, leave_out):
        if isinstance(one, Failure):
            yield one
            continue
        name, file = one
        try:
            for item in _items(name, file, from_format):
                length = len(item.data or b"")
                if held and (size + length > PIECE or item.sha256 is not None):
                    yield Batch(tuple(held))
                    held, size = [], 0
                held.append(item)
                size += length
                if item.sha256 is not None:
                    yield Batch(tuple(held))
                    held, size = [], 0
        except (CableError, OSError) as error:
            yield Failure.of(name, error)
    if held:
        yield Batch(tuple(held))


def _items(name: str, file: Input, from_format: str | None) -> Iterator[Item]:
    if file.size <= PIECE:
        yield Item(name, file.read(), format=from_format)
        return
    known = plugins.registry().get(from_format or conversion.identify(file).format)
    splitter = known.load_splitter()
    if splitter is not None:
        for piece in splitter(file, PIECE):
            yield Item(name, piece.data, format=known.name, line=piece.line, sha256=file.sha256)
    elif file.size > _MOST_SENT and Path(name).is_file():
        yield Item(name, path=str(Path(name).resolve()), format=known.name)
    else:
        yield Item(name, file.read(), format=known.name)


def cables(sources: Iterable[str | os.PathLike[str]]) -> Iterator[tuple[str, Any] | Failure]:
    """Each cable of the sources with the name of its file, and what could not be read."""
    for one in found(sources):
        if isinstance(one, Failure):
            yield one
            continue
        name, file = one
        try:
            for cable in conversion.read_all(file):
                yield name, cable
        except (CableError, OSError) as error:
            yield Failure.of(name, error)
