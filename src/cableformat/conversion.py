"""The main job: read cables from what they were published as, and write them as something else."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import stat
import zlib
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from cableformat import detection, plugins
from cableformat.errors import (
    CableError,
    CardinalityError,
    FormatError,
    LossError,
    PluginError,
    UnknownFormatError,
)
from cableformat.fidelity import MaxLoss, Report
from cableformat.patterns import on_use
from cableformat.registry import Format, Input, Problem, Sink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cableformat.cable import Cable
    from cableformat.detection import Detection
    from cableformat.events import Event

    Source = str | os.PathLike[str] | bytes | IO[bytes] | Input
    Target = str | os.PathLike[str] | IO[bytes]


_FULL = {errno.ENOSPC, errno.EFBIG, *([errno.EDQUOT] if hasattr(errno, "EDQUOT") else [])}  # Windows has no quota error
_PART = on_use(r"\..{1,50}\.[0-9a-f]{16}\.part", re.DOTALL)


def formats() -> tuple[Format, ...]:
    """The formats that are installed, by name.

    Raises:
        PluginError: A plugin failed, under `CABLEFORMAT_STRICT=1`.
    """
    return plugins.registry().formats


def identify(source: Source) -> Detection:
    r"""Which format an input is in.

    Args:
        source: A path, bytes, a binary stream, or an `Input`.

    Raises:
        UnrecognisedError: The input is empty, or no format claims it.
        AmbiguousFormatError: Several do, with equal confidence.
        OSError: The file cannot be read.

    Example:
        >>> identify(b"UNCLAS PORT MERIDIAN 000117\n").format
        'text'
    """
    return detection.identify(Input.of(source), plugins.registry())


def read_all(
    source: Source,
    format: str | None = None,  # noqa: A002 - the public name of the argument
    *,
    options: Mapping[str, Any] | None = None,
    report: Report | None = None,
) -> Iterator[Cable]:
    """The cables of an input, one at a time.

    Args:
        source: A path, bytes, a binary stream, or an `Input`.
        format: The format's name; by default it is identified.
        options: Options of the format.
        report: Where the reader puts what it could not keep.

    Raises:
        FormatError: The input is not what the format allows, or is not recognised. Raised where reading meets it.
        UnknownFormatError: There is no such format, or it is only written.
        OptionError: The format does not take these options.
        PluginError: The reader itself failed.
        OSError: The file cannot be read.
    """
    input_, installed = Input.of(source), plugins.registry()
    known = installed.get(format or detection.identify(input_, installed).format)
    return read_with(known, input_, known.parse_options(dict(options or {})), report or Report())


def read(
    source: Source,
    format: str | None = None,  # noqa: A002 - the public name of the argument
    *,
    options: Mapping[str, Any] | None = None,
    report: Report | None = None,
) -> Cable:
    """The one cable of an input.

    Raises:
        CardinalityError: There is none, or more than one (use `read_all`).
        Exception: All that `read_all` raises.
    """
    input_ = Input.of(source)
    found = list(islice(read_all(input_, format, options=options, report=report), 2))
    if len(found) != 1:
        name = f"{input_.name}: " if input_.name else ""
        many = "more than one cable; read_all gives them one by one." if found else "no cable."
        raise CardinalityError(f"{name}The input holds {many}")
    return found[0]


def read_with(known: Format, source: Input, options: Any, report: Report) -> Iterator[Cable]:  # noqa: ANN401
    """Run a format's reader under guard: whatever it raises that is no `CableError` or `OSError` names the format.

    Raises:
        UnknownFormatError: The format is only written.
        PluginError: The reader failed, or gave something that is no cable.
    """
    reader = known.load_reader()
    if reader is None:
        raise UnknownFormatError(f"The format {known.name} can be written but not read.")

    def cables() -> Iterator[Cable]:
        from cableformat.cable import Cable  # noqa: PLC0415 - to identify a file takes no grammar

        try:
            report.cable = 0
            for i, cable in enumerate(reader(source, options, report)):
                if not isinstance(cable, Cable):
                    raise PluginError(  # noqa: TRY301 - one that is no cable is told as one that fails is
                        f"The reader of {known.name} gave a {type(cable).__name__} where a Cable was due."
                    )
                yield cable
                report.cable = i + 1  # what the reader says from here on is about the next one
        except FormatError as error:
            error.source = error.source or source.name
            raise
        except (CableError, OSError, GeneratorExit):
            raise
        except (Exception, SystemExit) as error:
            raise PluginError(f"The reader of {known.name} failed: {type(error).__name__}: {error}") from error

    return cables()


def validate(
    source: Source,
    format: str | None = None,  # noqa: A002 - the public name of the argument
) -> tuple[Problem, ...]:
    """What the rules of its format do not allow in a file; nothing where it is valid.

    Args:
        source: A path, bytes, a binary stream, or an `Input`.
        format: The format's name; by default it is identified.

    Raises:
        UnrecognisedError: No format claims the input.
        AmbiguousFormatError: Several do, with equal confidence.
        UnknownFormatError: There is no such format, or it has no rules of its own.
        PluginError: The validator itself failed.
        OSError: The file cannot be read.

    Example:
        >>> validate(b'{"cableformat": "1.0", "parts": 3}')[0].message
        'Expected array, got int.'
    """
    input_ = Input.of(source)
    known = plugins.registry().get(format or identify(input_).format)
    validator = known.load_validator()
    if validator is None:
        raise UnknownFormatError(f"The format {known.name} has no rules to validate a file against.")
    try:
        return tuple(validator(input_))
    except FormatError as error:
        return (Problem(error.message, line=error.line, column=error.column, where=error.path, rule=error.hint),)
    except (CableError, OSError):
        raise
    except (Exception, SystemExit) as error:
        raise PluginError(f"The validator of {known.name} failed: {type(error).__name__}: {error}") from error


def write_with(
    known: Format,
    cables: Iterable[Cable],
    sink: Sink,
    options: Any,  # noqa: ANN401 - the format's own class
    report: Report,
) -> None:
    """Run a format's writer under guard, as `read_with` does a reader.

    Raises:
        UnknownFormatError: The format is only read.
        CardinalityError: The format holds one cable and got another number; the sink is untouched.
        PluginError: The writer failed.
    """
    writer = known.load_writer()
    if writer is None:
        raise UnknownFormatError(f"The format {known.name} can be read but not written.")
    cables = iter(cables)
    if known.cardinality == "one":
        first = list(islice(cables, 2))
        if len(first) != 1:
            many = "more than one" if first else "no cable"
            raise CardinalityError(f"A file of the format {known.name} holds one cable, and there is {many}.")
        cables = iter(first)

    def numbered() -> Iterator[Cable]:
        for i, cable in enumerate(cables):
            report.cable = i
            yield cable

    try:
        writer(numbered(), sink, options, report)
    except (CableError, OSError):
        raise
    except (Exception, SystemExit) as error:
        raise PluginError(f"The writer of {known.name} failed: {type(error).__name__}: {error}") from error


def write(  # noqa: PLR0913 - all but the first two are optional keywords
    cables: Cable | Iterable[Cable],
    target: Target,
    format: str | None = None,  # noqa: A002 - the public name of the argument
    *,
    options: Mapping[str, Any] | None = None,
    strict: bool = False,
    max_loss: MaxLoss = "any",
    report: Report | None = None,
) -> Report:
    """Write cables to a file, which is replaced whole or not at all, or to a binary stream.

    Args:
        cables: A cable, or any number of them.
        target: A path, or a binary stream.
        format: The format's name; by default the file's suffix decides.
        options: Options of the format.
        strict: Short for `max_loss="none"`.
        max_loss: Raise instead of writing when more would be lost or altered: `none` (anything), `layout` (more than
            white space), `any` (never).
        report: A report to go on with, such as that of the reading.

    Returns:
        The report, with an event for everything that the format did not keep as it was.

    Raises:
        LossError: More would be lost than `max_loss` allows.
        CardinalityError: The format holds one cable and got another number.
        UnknownFormatError: There is no such format, or it is only read.
        OptionError: The format does not take these options.
        PluginError: The writer itself failed.
        OSError: The file cannot be written.
    """
    from cableformat.cable import Cable  # noqa: PLC0415 - as above

    report = report if report is not None else Report()
    if format is not None:
        known = plugins.registry().get(format)
    elif isinstance(target, (str, os.PathLike)):
        known = detection.format_for_target(Path(target).name, plugins.registry())
    else:
        raise UnknownFormatError("A stream has no suffix that tells the format; name one.")
    parsed = known.parse_options(dict(options or {}))
    given = (cables,) if isinstance(cables, Cable) else cables
    allowed: MaxLoss = "none" if strict else max_loss

    def run(stream: IO[bytes], name: str | None) -> None:
        write_with(known, given, Sink(stream, name), parsed, report)
        refused = report.refused(allowed)
        if refused:
            raise LossError(_losses(refused))

    if isinstance(target, (str, os.PathLike)):
        with replacing(Path(target)) as stream:
            run(stream, Path(target).name)
    elif allowed != "any":
        held = io.BytesIO()  # until it is known what is lost
        run(held, None)
        target.write(held.getvalue())
    else:
        run(target, None)
    return report


def convert(  # noqa: PLR0913 - the arguments of reading and of writing
    source: Source,
    target: Target,
    *,
    from_format: str | None = None,
    to_format: str | None = None,
    read_options: Mapping[str, Any] | None = None,
    write_options: Mapping[str, Any] | None = None,
    strict: bool = False,
    max_loss: MaxLoss = "any",
) -> Report:
    """Read cables from one format and write them in another.

    Args:
        source: A path, bytes, a binary stream, or an `Input`.
        target: A path, or a binary stream.
        from_format: The format of the source; by default it is identified.
        to_format: The format to write; by default the target's suffix decides.
        read_options: Options of the format that is read.
        write_options: Options of the format that is written.
        strict: Short for `max_loss="none"`.
        max_loss: Raise instead of writing when more would be lost or altered (see `write`).

    Returns:
        The report, with an event for everything that was not kept as it was on the way.

    Raises:
        Exception: All that `read_all` and `write` raise; then the target is as it was before.
    """
    report = Report()
    cables = read_all(source, from_format, options=read_options, report=report)
    return write(cables, target, to_format, options=write_options, strict=strict, max_loss=max_loss, report=report)


def _losses(refused: tuple[Event, ...]) -> str:
    shown = ", ".join(f"{event.path} ({event.kind})" for event in refused[:5])
    more = f" and {len(refused) - 5} more" if len(refused) > 5 else ""  # noqa: PLR2004 - as shown
    return f"Not written, because it would not be kept as it is: {shown}{more}."


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A stream for the new content of a file, which takes the old one's place when the block ends without an error.

    The new file is made beside the old one and renamed over it, which is atomic on POSIX and on Windows. It keeps the
    old file's permissions. A target that is no regular file (a pipe, a device) is written to as it is.

    Raises:
        OSError: The folder or the file cannot be written.
    """
    real = Path(os.path.realpath(path))
    if real.exists() and not real.is_file():
        with real.open("wb") as stream:  # also raises IsADirectoryError
            yield stream
        return
    if real.exists() and not os.access(real, os.W_OK):
        raise PermissionError(13, "The file is read-only", str(path))
    with _becoming(real) as (temporary, stream):
        yield stream
        if real.exists():
            temporary.chmod(stat.S_IMODE(real.stat().st_mode))


@contextlib.contextmanager
def _becoming(real: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A new file beside another and its stream; it is through to the disk and has the other's name when the block ends.

    Raises:
        OSError: It cannot be written; then it is gone.
    """
    temporary = real.with_name(_part_name(real))
    try:
        with temporary.open("xb") as stream:
            yield temporary, stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(real)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and (error.filename == str(temporary) or error.errno in _FULL):
            raise OSError(error.errno, error.strerror, str(real)) from error  # nobody knows the other name
        raise


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, as `replacing` does; with fewer questions to the system where it is new.

    Args:
        path: The file, in a folder whose path leads over no links.
        data: What it is to hold.

    Raises:
        OSError: It cannot be written.
    """
    try:
        path.lstat()
    except FileNotFoundError:
        with _becoming(path) as (_, stream):
            stream.write(data)
    else:
        with replacing(path) as stream:
            stream.write(data)


def leave_part(folder: Path, data: bytes) -> Path:
    """Write a file of a new name that `take_part` makes a whole one, and `clear_parts` removes if nobody does.

    Raises:
        OSError: It cannot be written; then there is none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _part_name(folder / "part")
    try:
        path.write_bytes(data)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def take_part(part: Path, path: Path) -> None:
    """Write what `leave_part` has left through to the disk, and give it its name.

    Raises:
        OSError: It cannot be written.
    """
    with part.open("r+b") as stream:
        os.fsync(stream.fileno())
    part.replace(path)


def clear_parts(path: Path) -> None:
    """Remove what `replacing` left of a file, or of every file in a folder, when its process was killed.

    Only for who knows that nobody else is writing there.

    Raises:
        OSError: It cannot be removed.
    """
    real = Path(os.path.realpath(path))
    folder, stem = (real, "") if real.is_dir() else (real.parent, _part_stem(real))
    for left in list(folder.iterdir()) if folder.is_dir() else ():
        if left.name.startswith(stem) and _PART.fullmatch(left.name):
            left.unlink()


def _part_name(real: Path) -> str:
    """A name for what is to become a file, which nothing has yet."""
    return f"{_part_stem(real)}{os.urandom(4).hex()}.part"


def _part_stem(real: Path) -> str:
    """How the names of a file's parts begin; of no other file's, though long names are cut."""
    return f".{real.name[:50]}.{zlib.crc32(os.fsencode(real.name)):08x}"
