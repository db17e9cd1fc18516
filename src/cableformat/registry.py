"""Formats as plugins declare them, the input that readers get, and the view of all that is installed."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tempfile
import weakref
from enum import IntEnum
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import (
    IO,
    TYPE_CHECKING,
    Any,
    Literal,
    Protocol,
    TypeVar,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs

from cableformat import decoding
from cableformat.errors import ModelError, OptionError, PluginError, UnknownFormatError
from cableformat.fidelity import NONE, Keeps, Report
from cableformat.record import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cableformat.cable import Cable

T = TypeVar("T")

HEAD_SIZE = 64 * 1024
"""Bytes from the start of an input in which a self-mark must stand."""

_SPOOL_SIZE = 16 * 1024 * 1024


def _as_text(name: str | None) -> str | None:
    """A file's name, which may hold bytes that are no UTF-8 (on Windows, no UTF-16), as text that a source can hold."""
    return name.encode("utf-8", "backslashreplace").decode() if name else name


class Input:
    """What a reader reads: bytes that can be opened again and again, with what is known of them.

    Attributes:
        media_type: The declared media type, or None.
        charset: The declared encoding, or None.
        first_line: The line of a larger file that it begins on, from 1, where it is a piece of one; readers that
            count lines, or rows, count from here.
    """

    def __init__(
        self,
        opener: Callable[[], IO[bytes]],
        *,
        name: str | None = None,
        media_type: str | None = None,
        charset: str | None = None,
    ) -> None:
        self._opener = opener
        self._data: bytes | None = None
        self._derived: dict[Any, Any] = {}
        self.name = name
        self.media_type = media_type
        self.charset = charset
        self.first_line = 1

    @property
    def name(self) -> str | None:
        """The file's name without its folder, or None; what is no text in it is shown by escapes."""
        return self._name

    @name.setter
    def name(self, name: str | None) -> None:
        self._name = _as_text(name)

    @classmethod
    def of(cls, source: str | os.PathLike[str] | bytes | IO[bytes] | Input) -> Input:
        """The input for a path, bytes, a binary stream (which is spooled, so that it can be opened again) or itself.

        Raises:
            OSError: There is no such file, or it cannot be read.
        """
        if isinstance(source, Input):
            return source
        if isinstance(source, bytes):
            return cls.from_bytes(source)
        if isinstance(source, (str, os.PathLike)):
            path = Path(source)
            with path.open("rb") as stream:  # a missing file, a directory: said now, not at the first read
                if not path.is_file():  # a pipe gives its bytes once
                    return cls._spooled(stream)
            return cls(lambda: path.open("rb"), name=path.name)
        return cls._spooled(source)

    @classmethod
    def from_bytes(cls, data: bytes, name: str | None = None) -> Input:
        """The input for bytes in memory, under the name that a file of them has or will have."""
        result = cls(lambda: io.BytesIO(data), name=name)
        result._data = data
        return result

    @classmethod
    def _spooled(cls, stream: IO[bytes]) -> Input:
        spool = tempfile.SpooledTemporaryFile(max_size=_SPOOL_SIZE)  # noqa: SIM115
        try:
            shutil.copyfileobj(stream, spool)
        except BaseException:
            spool.close()
            raise

        def reopen() -> IO[bytes]:
            return cast("IO[bytes]", io.BufferedReader(_KeptOpen(spool)))

        result = cls(reopen)
        weakref.finalize(result, spool.close)
        return result

    def open(self) -> IO[bytes]:
        """A new binary stream from the start."""
        return self._opener()

    def read(self) -> bytes:
        """All bytes."""
        if self._data is not None:
            return self._data
        with self.open() as stream:
            return stream.read()

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB."""
        if self._data is not None:
            return self._data[:HEAD_SIZE]
        with self.open() as stream:
            return stream.read(HEAD_SIZE)

    @cached_property
    def size(self) -> int:
        """The number of bytes."""
        with self.open() as stream:
            return stream.seek(0, io.SEEK_END)

    @cached_property
    def sha256(self) -> str:
        """The hash of all bytes, hexadecimal."""
        if self._data is not None:
            return hashlib.sha256(self._data).hexdigest()
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]

    def derived(self, make: Callable[[Input], T]) -> T:
        """What a function makes of the input, made once: several sniffs look at the same thing.

        Args:
            make: A function of a module (it is kept as long as the input).
        """
        if make not in self._derived:
            self._derived[make] = make(self)
        return self._derived[make]  # type: ignore[no-any-return]

    def decode(self) -> tuple[str, str]:
        """All of it as text, and the encoding it is in (see `cableformat.decoding`)."""
        return decoding.decode(self.read(), self.charset)

    def source(self, format_name: str, **facts: str | None) -> Source:
        """The provenance of a cable read from here: name and hash filled in, other facts as the reader knows them."""
        return Source(**{"format": format_name, "name": self.name, "sha256": self.sha256, **facts})  # type: ignore[arg-type]


class _KeptOpen(io.RawIOBase):
    """A view of a spool, with a place of its own, that a reader may close without losing the spool."""

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - any writable buffer; typeshed has no public name for it
        self._spool.seek(self._at)
        data = self._spool.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if whence == io.SEEK_CUR:
            offset, whence = self._at + offset, io.SEEK_SET
        self._spool.seek(offset, whence)
        self._at = self._spool.tell()
        return self._at

    def tell(self) -> int:
        return self._at


@attrs.frozen
class Sink:
    """What a writer writes to.

    Attributes:
        stream: A binary stream.
        name: The name of the file that it will be, without its folder, or None; escaped as that of an `Input` is.
    """

    stream: IO[bytes]
    name: str | None = attrs.field(default=None, converter=_as_text)

    def write(self, data: bytes) -> None:
        """Write bytes."""
        self.stream.write(data)

    def write_text(self, text: str, charset: str | None = None) -> bytes:
        """Write text in an encoding that reading finds by itself (see `cableformat.decoding`), UTF-8 by default.

        Returns:
            The bytes written.
        """
        data = decoding.encode(text, charset)
        self.write(data)
        return data


class Confidence(IntEnum):
    """How sure detection is; only the order means anything."""

    HINT = 1
    CONTAINER = 2
    DIALECT = 3
    EXACT = 4


@attrs.frozen
class Claim:
    """What a sniff says of an input: how sure it is, and the evidence in words."""

    confidence: Confidence
    evidence: str


@attrs.frozen
class NoOptions:
    """A format without options."""


class Sniff(Protocol):
    """Says whether an input is of the format; at most `Confidence.DIALECT`."""

    def __call__(self, source: Input, /) -> Claim | None:
        """What is claimed, or None."""
        ...


class Reader(Protocol):
    """Gives the cables of an input; a bad row is reported as skipped, and reading goes on."""

    def __call__(self, source: Input, options: Any, report: Report, /) -> Iterator[Cable]:  # noqa: ANN401 - the format's own class
        """The cables, one at a time."""
        ...


class Writer(Protocol):
    """Writes cables to a sink; done when it returns."""

    def __call__(self, cables: Iterable[Cable], sink: Sink, options: Any, report: Report, /) -> None:  # noqa: ANN401 - as above
        """Write them all."""


@attrs.frozen
class Problem:
    """One thing in a file that its format does not allow.

    Attributes:
        message: What is wrong, in a sentence.
        line: The line, from 1, or None.
        column: The column in characters, from 1, or None.
        where: What it is about, such as the name of an element, or None.
        rule: The rule that is broken, in words, or None.
    """

    message: str
    line: int | None = attrs.field(default=None, kw_only=True)
    column: int | None = attrs.field(default=None, kw_only=True)
    where: str | None = attrs.field(default=None, kw_only=True)
    rule: str | None = attrs.field(default=None, kw_only=True)


class Validator(Protocol):
    """Checks a file against the rules of its format."""

    def __call__(self, source: Input, /) -> Iterable[Problem]:
        """What is wrong; a `FormatError` where the file cannot even be read."""
        ...


@attrs.frozen
class Piece:
    """A part of a file with many cables that is a file of the same format by itself.

    Attributes:
        data: Its bytes.
        line: The line (or row, where rows are counted) of the whole file that it begins on, from 1.
    """

    data: bytes
    line: int


class Splitter(Protocol):
    """Cuts a file with many cables, without reading them, into files of the same format that hold some of them.

    Reading the pieces one after the other gives what reading the whole gives. A piece is cut off as soon as it holds
    one cable and about `size` bytes; of size 1, it holds no more than one cable.
    """

    def __call__(self, source: Input, size: int, /) -> Iterator[Piece]:
        """The pieces, in order."""
        ...


class Joiner(Protocol):
    """Makes one file of several of the same format: byte for byte what its writer makes of all their cables.

    Only where a large file is divided into blocks, it may be divided at other cables.
    """

    def __call__(self, sources: Iterable[Input], sink: Sink, options: Any, /) -> None:  # noqa: ANN401 - as above
        """Write the joined file."""


class Edits(Protocol):
    """Gives the files that somebody makes of a file by replacing a word where people see it, one place at a time."""

    def __call__(self, data: bytes, old: str, new: str, /) -> Iterator[bytes]:
        """The edited files."""
        ...


_FORMAT_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def _format_name(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not _FORMAT_NAME.fullmatch(value):
        raise ModelError(f"A format's {attribute.name} is lower-case words joined by hyphens, not {value!r}.")


@attrs.frozen(kw_only=True)
class Format:
    """One format, as a plugin declares it.

    Attributes:
        name: What users call it, such as `jsonl`.
        title: What it is, in a line.
        media_types: Its media types.
        suffixes: File suffixes with their dots, the one to write first.
        magic: Bytes that its files begin with.
        marker: Regular expressions (bytes), one of which stands in the first 64 KiB of its files and of no others.
        refines: The name of the format that it is a dialect of.
        sniff: Says whether an input is of the format, where there is no magic and no marker.
        reader: Reads it; None for a format that is only written.
        writer: Writes it; None for a format that is only read.
        validator: Checks it against the rules of the format; None where there are none but that it can be read.
        cardinality: Whether a file holds exactly `one` cable or any number (`many`).
        keeps: What writing and reading back keeps.
        visible: What it keeps without the copy of the cable that it embeds beside what people see, that is with its
            option `embed` off; `NONE` where it embeds none.
        edits: How people edit what they see, for a format that embeds a copy and whose bytes do not show words as they
            are, such as a packed one; the conformance kit then tries these edits instead of edits of the bytes.
        replays: Whether writing what was read gives the same bytes.
        splitter: Cuts a file into smaller ones, for a format of `many` that several workers shall read at once.
        joiner: Joins files into one, for a format of `many` that several workers shall write at once.
        options: An attrs class with defaults for all; the help of an option is in its metadata under `help`.
        needs: The distribution that provides it, for an installation hint.

    `sniff`, `reader`, `writer`, `validator`, `splitter`, `joiner` and `edits` may be dotted strings,
    `package.module:function`, imported on first use.
    """

    name: str = attrs.field(validator=_format_name)
    title: str
    media_types: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    magic: tuple[bytes, ...] = ()
    marker: tuple[bytes, ...] = ()
    refines: str | None = None
    sniff: Sniff | str | None = None
    reader: Reader | str | None = None
    writer: Writer | str | None = None
    validator: Validator | str | None = None
    cardinality: Literal["one", "many"] = "one"
    keeps: Keeps = NONE
    visible: Keeps = NONE
    edits: Edits | str | None = None
    replays: bool = False
    splitter: Splitter | str | None = None
    joiner: Joiner | str | None = None
    options: type[Any] = NoOptions
    needs: str = "cableformat"

    @property
    def suffix(self) -> str:
        """The suffix of the files that it is written to, with its dot."""
        return self.suffixes[0] if self.suffixes else f".{self.name}"

    @cached_property
    def markers(self) -> tuple[re.Pattern[bytes], ...]:
        """The markers, compiled."""
        return tuple(re.compile(pattern) for pattern in self.marker)

    def load_sniff(self) -> Sniff | None:
        """The sniff, imported."""
        return _load(self.sniff)  # type: ignore[no-any-return]

    def load_reader(self) -> Reader | None:
        """The reader, imported."""
        return _load(self.reader)  # type: ignore[no-any-return]

    def load_writer(self) -> Writer | None:
        """The writer, imported."""
        return _load(self.writer)  # type: ignore[no-any-return]

    def load_validator(self) -> Validator | None:
        """The validator, imported."""
        return _load(self.validator)  # type: ignore[no-any-return]

    def load_splitter(self) -> Splitter | None:
        """The splitter, imported."""
        return _load(self.splitter)  # type: ignore[no-any-return]

    def load_joiner(self) -> Joiner | None:
        """The joiner, imported."""
        return _load(self.joiner)  # type: ignore[no-any-return]

    def load_edits(self) -> Edits | None:
        """The edits, imported."""
        return _load(self.edits)  # type: ignore[no-any-return]

    def parse_options(self, given: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - the class is the format's own
        """The options object for key=value pairs.

        Raises:
            OptionError: The format has no such option, or it does not take that value.
        """
        if not given:
            return self.options()
        known = {attribute.name: attribute for attribute in attrs.fields(self.options)}
        for key in given:
            if key not in known:
                has = f"It has: {', '.join(known)}." if known else "It has none."
                raise OptionError(f"The format {self.name} has no option {key}. {has}")
        import msgspec  # noqa: PLC0415 - most formats are used as they are

        try:
            return msgspec.convert(given, self.options, strict=False)
        except ValueError as error:
            message, _, key = str(error).replace("`", "").partition(" - at $.")
            what = f"The option {key} of {self.name}" if key else f"The format {self.name}"
            allowed = _allowed(get_type_hints(self.options)[key]) if key in given else ""
            if allowed:
                message = f"{given[key]} is not possible; it may be {allowed}"
            raise OptionError(f"{what}: {message.rstrip('.')}.") from None


def _allowed(kind: Any) -> str:  # noqa: ANN401 - what an annotation says
    """What an option of a type may be, in words, where these are few."""
    choices = ("true", "false") if kind is bool else get_args(kind) if get_origin(kind) is Literal else ()
    return " or ".join(map(str, choices))


def _load(target: Any) -> Any:  # noqa: ANN401 - a function or the dotted name of one
    return _imported(target) if isinstance(target, str) else target


@cache
def _imported(target: str) -> Any:  # noqa: ANN401 - as above
    module, _, name = target.partition(":")
    try:
        return getattr(import_module(module), name)
    except AttributeError:
        raise PluginError(f"There is no {name or 'name'} in {module}, which a format names as {target!r}.") from None


@attrs.frozen
class PluginFailure:
    """Why a plugin, or a part of one, is not there.

    Attributes:
        plugin: The name of its entry point.
        distribution: The distribution it comes in, or None.
        reason: What went wrong, in words.
    """

    plugin: str
    distribution: str | None
    reason: str

    def __str__(self) -> str:
        where = f" of {self.distribution}" if self.distribution else ""
        return f"The plugin {self.plugin}{where} was left out: {self.reason}"


@attrs.frozen
class PluginInfo:
    """A plugin that was found: what it is, the names of the formats it gives, or why it was left out."""

    plugin: str
    distribution: str | None
    version: str | None
    formats: tuple[str, ...] = ()
    failure: PluginFailure | None = None


def _by_name(given: Iterable[Format]) -> tuple[Format, ...]:
    return tuple(sorted(given, key=lambda known: known.name))


@attrs.frozen
class Registry:
    """All formats that are installed, and what could not be.

    Attributes:
        formats: The formats, by name.
        plugins: The plugins, in order of their distributions.
    """

    formats: tuple[Format, ...] = attrs.field(converter=_by_name)
    plugins: tuple[PluginInfo, ...] = ()

    @cached_property
    def readable(self) -> tuple[Format, ...]:
        """The formats that have a reader, by name."""
        return tuple(known for known in self.formats if known.reader is not None)

    @property
    def failures(self) -> tuple[PluginFailure, ...]:
        """The plugins that were left out."""
        return tuple(info.failure for info in self.plugins if info.failure is not None)

    def get(self, name: str) -> Format:
        """The format of that name.

        Raises:
            UnknownFormatError: There is none; the error says what there is, and which plugins failed.
        """
        for known in self.formats:
            if known.name == name:
                return known
        words = [f"There is no format {name!r}. Installed: {', '.join(f.name for f in self.formats)}."]
        if name in HINTS:
            words.append(f"It comes with: pip install '{HINTS[name]}'.")
        words += [str(failure) for failure in self.failures]
        raise UnknownFormatError(" ".join(words))

    def by_suffix(self, name: str) -> tuple[Format, ...]:
        """The formats that a file name's suffix stands for, longest suffix first."""
        lower = name.lower()
        found = [(len(s), f) for f in self.formats for s in f.suffixes if lower.endswith(s)]
        longest = max((length for length, _ in found), default=0)
        return tuple(f for length, f in found if length == longest)


HINTS = {
    **dict.fromkeys(("html", "webpage", "cablegate", "jcvignoli", "jcvignoli-text"), "cableformat[html]"),
    **dict.fromkeys(("country-mirror", "dump-text", "mrkva", "mrkva-text", "plusd"), "cableformat[html]"),
    **dict.fromkeys(("tei", "frus"), "cableformat[tei]"),
    **dict.fromkeys(("pdf", "pdf-text", "nara", "foia"), "cableformat[pdf]"),
    **dict.fromkeys(("cables-csv", "parquet"), "cableformat[table]"),
}
"""What to install for the formats of the bundled plugins, should they be missing."""
