"""Members of zip and tar archives, read in place: nothing is unpacked to a path that an archive names."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, cast

from cableformat.corpus.model import Failure
from cableformat.registry import Input

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 64 * 1024**3
"""What all members of an archive may hold together."""

MOST_RATIO = 200
"""How many times larger than the archive its members may be, once they hold more than `RATIO_FROM`."""

RATIO_FROM = 64 * 1024**2

_LINK = 0o12  # the kind of a symbolic link in the mode of a file

Found = tuple[str, Input] | Failure
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError)


class BombError(ValueError):
    """An archive that holds far more than it should."""


class _Meter(io.RawIOBase):
    """Counts what is read of all members together, and stops a bomb."""

    def __init__(self, size: int) -> None:
        self.most = min(MOST_BYTES, max(RATIO_FROM, size * MOST_RATIO))
        self.count = 0
        self.stream: IO[bytes] | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most a MB.

        Raises:
            BombError: That is more than the archive may hold.
        """
        wanted = 1024**2 if size < 0 else min(size, 1024**2)
        data = self.stream.read(wanted) if self.stream is not None else b""
        self.count += len(data)
        if self.count > self.most:
            raise BombError(f"its members hold more than {self.most:,} bytes, which its size does not explain")
        return data


def is_archive(name: str) -> bool:
    """Whether a file's name says that it is an archive."""
    lower = name.lower()
    return lower.endswith((".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst"))


def members(name: str, archive: Input) -> Iterator[Found]:
    """The files of an archive in its order, and what is refused: links, devices, paths that lead out, and bombs."""
    try:
        yield from (_of_zip if name.lower().endswith(".zip") else _of_tar)(name, archive)
    except BombError as error:
        yield Failure(name, "", f"The archive was refused from here on: {error}.", "refused")
    except _DAMAGE as error:
        yield Failure(name, "", f"The archive is damaged: {error}.", type(error).__name__)


def _unsafe(path: str) -> bool:
    pure = PurePosixPath(path.replace("\\", "/"))
    return pure.is_absolute() or ".." in pure.parts or (len(path) > 1 and path[1] == ":")


def _is_hidden(path: str) -> bool:
    """Whether a file is hidden or lies in a hidden folder; those of folders are no sources either."""
    return any(part.startswith(".") and part != ".." for part in PurePosixPath(path).parts)


def _refused(name: str, member: str, why: str) -> Failure:
    return Failure(f"{name}!{member}", "", f"The member was refused: {why}.", "refused")


def _spooled(meter: _Meter, stream: IO[bytes], member: str) -> Input:
    meter.stream = stream
    result = Input.of(cast("IO[bytes]", meter))
    result.name = PurePosixPath(member).name
    return result


def _of_zip(name: str, archive: Input) -> Iterator[Found]:
    meter = _Meter(archive.size)
    with archive.open() as raw, zipfile.ZipFile(raw) as opened:
        for info in opened.infolist():
            if info.is_dir() or _is_hidden(info.filename):
                continue
            is_link = (info.external_attr >> 28) == _LINK
            if _unsafe(info.filename):
                yield _refused(name, info.filename, "its path leads out of the archive")
            elif is_link:
                yield _refused(name, info.filename, "it is a link")
            else:
                yield _of_member(name, opened, info, meter)


def _of_member(name: str, opened: zipfile.ZipFile, info: zipfile.ZipInfo, meter: _Meter) -> Found:
    """A member; if it is damaged or encrypted, the others are not."""
    try:
        with opened.open(info) as stream:
            return f"{name}!{info.filename}", _spooled(meter, stream, info.filename)
    except BombError:
        raise
    except _DAMAGE as error:
        return Failure.of(f"{name}!{info.filename}", error)


def _of_tar(name: str, archive: Input) -> Iterator[Found]:
    meter = _Meter(archive.size)
    with archive.open() as raw:
        stream: Any = raw
        mode = "r|*"
        if name.lower().endswith(".zst"):
            stream, mode = _unzstd(raw), "r|"
        with tarfile.open(fileobj=stream, mode=cast("Any", mode)) as opened:
            for info in opened:
                if info.isdir() or _is_hidden(info.name):
                    continue
                if _unsafe(info.name):
                    yield _refused(name, info.name, "its path leads out of the archive")
                elif not info.isreg():
                    yield _refused(name, info.name, "it is a link or a device")
                else:
                    found = cast("IO[bytes]", opened.extractfile(info))
                    yield f"{name}!{info.name}", _spooled(meter, found, info.name)


def _unzstd(raw: IO[bytes]) -> Any:  # noqa: ANN401 - zstandard's own class
    try:
        import zstandard  # noqa: PLC0415 - an extra
    except ImportError:
        raise ValueError("reading .tar.zst takes: pip install 'cableformat[corpus]'") from None
    return zstandard.ZstdDecompressor().stream_reader(raw)
