"""`convert_many`: whole archives, on one machine or many, that can be killed and go on."""

from __future__ import annotations

import contextlib
import errno
import os
from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import attrs

from cableformat import plugins
from cableformat.corpus.model import Batch, Failure, Result, Settings
from cableformat.corpus.sources import batches, check
from cableformat.corpus.target import Target, segments_of, work_of
from cableformat.corpus.workers import Workers
from cableformat.errors import CableError, UnknownFormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Executor, Future


@attrs.frozen
class Summary:
    """What a run did.

    Attributes:
        sources: Files, and pieces of files with many cables, that were looked at.
        bytes: How many bytes these hold.
        converted: Cables in the target, also those of earlier runs.
        resumed: How many of these an earlier run had converted.
        events: What readers and writers did not keep as it was.
        quarantined: What was not converted.
        quarantine: The folder with a JSON file for each of these.
        kinds: How many of them failed in which way: an error's class, `hang`, `crash`, `skipped`, `refused`.
    """

    sources: int = 0
    bytes: int = 0
    converted: int = 0
    resumed: int = 0
    events: int = 0
    quarantined: int = 0
    quarantine: Path = Path()
    kinds: tuple[tuple[str, int], ...] = ()


class QuarantinedError(CableError):
    """A source could not be converted, and `on_error="raise"` asks to stop there."""


def convert_many(  # noqa: PLR0913 - all but the first two are keywords
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    target: str | os.PathLike[str],
    *,
    to: str,
    from_format: str | None = None,
    options: Mapping[str, Any] | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
    resume: bool = True,
    on_error: Literal["quarantine", "raise"] = "quarantine",
    limit: float = 60.0,
    progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Convert many cables: into one file, for a format of many, else into a folder with a file for each cable.

    Beside the target stands a folder `TARGET.corpus` with the journal and the quarantine. A run that was stopped in
    any way goes on when it is called again, and the target is then the same, byte for byte, as of one run.

    Args:
        sources: Files, folders, patterns, archives (`.zip`, `.tar`, `.tar.gz`, `.tar.zst`), or addresses for fsspec.
        target: The file or folder to write.
        to: The format's name.
        from_format: The format of the sources; by default each is identified.
        options: Options of the format to write.
        executor: Where to work: any `concurrent.futures.Executor`, such as `dask.distributed.Client().get_executor()`.
            By default a pool of processes. The workers of yours touch no disk, so they need none in common.
        jobs: How many processes, or how many workers to keep busy; by default as many as there are processors.
        resume: Whether to go on with what an earlier run left; else begin anew.
        on_error: `quarantine` sets aside what fails and goes on; `raise` stops at the first.
        limit: Seconds that a source may take, or a piece of about a MB of a file with many cables.
        progress: Called after each batch.

    Raises:
        QuarantinedError: Something failed, under `on_error="raise"`.
        UnknownFormatError: There is no such format, or it is only read.
        OptionError: The format does not take these options.
        OSError: A source is missing, or the target cannot be written; what is done stays done.
        CableError: Another run writes to the target, or all sources lie in it.
    """
    given = [sources] if isinstance(sources, (str, os.PathLike)) else list(sources)
    path = Path(target)
    known = plugins.registry().get(to)
    if known.writer is None:
        raise UnknownFormatError(f"The format {to} can be read but not written.")
    parsed = known.parse_options(dict(options or {}))
    if path.exists() and path.is_dir() != (known.cardinality == "one"):
        is_what = "a folder is due, and this is a file" if known.cardinality == "one" else "a file is due, not a folder"
        raise FileExistsError(errno.EEXIST, f"For the format {to} {is_what}", str(path))
    places = (path, work_of(path))
    check(given, places)
    is_segment = known.cardinality == "one" or known.joiner is not None
    segment = known if is_segment else plugins.registry().get("jsonl")
    settings = Settings(
        from_format,
        segment.name,
        tuple(sorted((options or {}).items())) if is_segment else (),
        path.name if known.cardinality == "many" and is_segment else None,
        str(segments_of(path).resolve()) if known.cardinality == "many" and executor is None else None,
    )
    workers = Workers(executor, jobs or os.cpu_count() or 1, limit, settings)
    with contextlib.ExitStack() as stack:
        stack.callback(workers.close)
        workers.start()
        out = Target(path, known, segment, parsed, resume=resume)
        stack.callback(out.close)
        while True:
            summary = Summary(quarantine=out.work / "quarantine")
            kinds: Counter[str] = Counter()
            found = batches(given, from_format, places)
            for done, failures in _done(found, workers, out, settings.key):
                summary = _counted(summary, done)
                kinds.update(failure.kind for failure in failures)
                if failures and on_error == "raise":
                    raise QuarantinedError(f"{failures[0].name}: {failures[0].error}")
                if progress is not None:
                    progress(summary)
            if out.finish():
                return attrs.evolve(summary, kinds=tuple(sorted(kinds.items())))


def _counted(summary: Summary, entry: dict[str, Any]) -> Summary:
    return attrs.evolve(
        summary,
        sources=summary.sources + entry["sources"],
        bytes=summary.bytes + entry["bytes"],
        converted=summary.converted + entry["cables"],
        resumed=summary.resumed + (entry["cables"] if entry.get("resumed") else 0),
        events=summary.events + entry["events"],
        quarantined=summary.quarantined + len(entry["quarantined"]),
    )


def _done(
    found: Iterable[Batch | Failure], workers: Workers, out: Target, settings: str
) -> Iterator[tuple[dict[str, Any], tuple[Failure, ...]]]:
    """Each batch in the order of the sources: the line of the journal about it, and what failed in this run."""
    waiting: deque[tuple[str, Batch | Failure, dict[str, Any] | None, Future[Result] | None]] = deque()
    most = 2 * workers.jobs + 1
    seen: Counter[str] = Counter()

    def first() -> tuple[dict[str, Any], tuple[Failure, ...]]:
        key, what, entry, future = waiting.popleft()
        if isinstance(what, Failure):
            name = out.quarantine(what)
            return {"sources": 1, "bytes": 0, "cables": 0, "events": 0, "quarantined": [name]}, (what,)
        size = {"sources": len(what.items), "bytes": sum(item.size for item in what.items)}
        if entry is not None and out.keep(key, entry):
            return {**entry, **size, "resumed": True}, ()
        result = workers.result(what, future or workers.submit(what))
        return {**out.put(key, result), **size}, result.failures

    for one in found:
        if isinstance(one, Failure):
            waiting.append(("", one, None, None))
        else:
            key = one.key(settings)
            seen[key] += 1
            key = f"{key}-{seen[key]}"  # equal sources are converted each by itself
            entry = out.done(key)
            waiting.append((key, one, entry, None if entry else workers.submit(one)))
        while len(waiting) > most:
            yield first()
    while waiting:
        yield first()
