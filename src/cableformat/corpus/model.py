"""What goes to a worker and what comes back: plain data, so that it can be pickled to another machine."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from cableformat import __version__, plugins
from cableformat.registry import Input

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cableformat.events import Event
    from cableformat.registry import Format


@attrs.frozen
class Item:
    """One source, or one piece of a source that holds many cables.

    Attributes:
        name: What people call it: its path, or that of the archive and of the member joined by `!`.
        data: Its bytes, or None where they are read from `path`.
        path: A local file too large to be sent, or None.
        format: The format's name, or None where it is to be identified.
        line: The line of the whole source that it begins on, from 1.
        sha256: The hash of the whole source, where this is a piece of it.
    """

    name: str
    data: bytes | None = attrs.field(default=None, repr=False)
    path: str | None = None
    format: str | None = None
    line: int = 1
    sha256: str | None = None

    @property
    def file_name(self) -> str:
        """The name without folders and archives."""
        return Path(self.name.rpartition("!")[2]).name

    def input(self) -> Input:
        """What a reader gets: it gives the lines and the hash of the whole source."""
        data, path = self.data, self.path
        if data is None:
            result = Input.of(Path(str(path)))
            result.name = self.file_name
        else:
            result = Input.from_bytes(data, self.file_name)
        result.first_line = self.line
        if self.sha256 is not None:
            result.sha256 = self.sha256
        return result

    @property
    def size(self) -> int:
        """How many bytes it holds."""
        return self.input().size if self.data is None else len(self.data)

    @property
    def content(self) -> str:
        """The hash of all that its conversion depends on."""
        facts = [self.file_name, self.input().sha256, self.format, self.line]
        if self.sha256 is not None and self.data is not None:
            facts.append(len(self.data))  # where it begins and how long it is say which piece of the whole it is
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@attrs.frozen
class Settings:
    """How to convert.

    Attributes:
        from_format: The format of the sources, or None where it is identified.
        to: The format of the workers' output.
        options: Its options.
        name: The name that the target will have, as its writer gets it, or None.
        folder: Where a worker of this machine leaves its segments, or None where they are sent: a worker elsewhere
            need not have the disk.
    """

    from_format: str | None
    to: str
    options: tuple[tuple[str, Any], ...] = ()
    name: str | None = None
    folder: str | None = None

    @property
    def key(self) -> str:
        """What the output depends on besides the source, with the versions of all plugins: an upgrade converts anew."""
        versions = [__version__, *(f"{p.distribution} {p.version}" for p in plugins.registry().plugins)]
        facts = [self.from_format, self.to, sorted((k, repr(v)) for k, v in self.options), self.name, versions]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    @property
    def target(self) -> Format:
        """The format of the output."""
        return plugins.registry().get(self.to)


@attrs.frozen
class Batch:
    """Some sources that are converted together."""

    items: tuple[Item, ...]

    def key(self, settings: str) -> str:
        """The key of the journal."""
        return hashlib.sha256("".join([settings, *(item.content for item in self.items)]).encode()).hexdigest()


@attrs.frozen
class Failure:
    """A source, or a part of one, that was not converted.

    Attributes:
        name: The source.
        where: Which part of it, in words, or "" for all of it.
        error: What went wrong, in words.
        kind: The error's class, or `hang`, `crash`, `skipped`, `refused`.
        events: What its reader and writer reported until then.
    """

    name: str
    where: str
    error: str
    kind: str
    events: tuple[Event, ...] = ()

    @classmethod
    def of(cls, name: str, error: Exception, where: str = "", events: Iterable[Event] = ()) -> Failure:
        """The failure that an exception is, in words that do not repeat the name."""
        words = f"{error.strerror}." if isinstance(error, OSError) and error.strerror else str(error)
        return cls(name, where, words or type(error).__name__, type(error).__name__, tuple(events))


@attrs.frozen
class Output:
    """A piece of the target: a file's bytes and the stem of its name, or a segment of the one file.

    Attributes:
        stem: The stem, or "".
        data: The bytes, or none where they stand in a file.
        left: The file in which a worker has left them, not yet written through to the disk.
        size: How many there are.
    """

    stem: str
    data: bytes = attrs.field(repr=False)
    left: str | None = None
    size: int = attrs.field(default=attrs.Factory(lambda self: len(self.data), takes_self=True))


@attrs.frozen
class Result:
    """What became of a batch."""

    outputs: tuple[Output, ...] = ()
    failures: tuple[Failure, ...] = ()
    cables: int = 0
    events: int = 0

    def __add__(self, other: Result) -> Result:
        return Result(
            self.outputs + other.outputs,
            self.failures + other.failures,
            self.cables + other.cables,
            self.events + other.events,
        )
