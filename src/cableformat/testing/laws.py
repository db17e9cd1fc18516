"""The laws: what a format promises, as functions that raise `LawError` where it does not hold.

They are plain functions over a format and cables: Hypothesis, a test or a shell can call them.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import attrs

from cableformat import detection
from cableformat.codec import dumps, loads
from cableformat.conversion import read_with, write_with
from cableformat.errors import FormatError
from cableformat.fidelity import Report, diff, is_layout, project
from cableformat.registry import Confidence, Format, Input, Registry, Sink
from cableformat.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cableformat.cable import Cable
    from cableformat.events import Event

SECONDS = 1.0
SECONDS_PER_MB = 1.0
BYTES = 64 * 1024 * 1024
BYTES_PER_BYTE = 50
"""Law 8's limits: seconds of processor time, and bytes of memory at the peak, for an input of a size."""

_TRIES = 3  # what takes long only once was the machine's doing
_MEASURED_FROM = 256 * 1024  # below this size the fixed allowance cannot be used up, and measuring costs more
_MB = 1024 * 1024


class LawError(AssertionError):
    """A law does not hold: which one, and in which way."""

    def __init__(self, law: str, message: str) -> None:
        super().__init__(f"{law}: {message}")
        self.law = law


def written(known: Format, cables: Sequence[Cable], options: Any = None) -> tuple[bytes, tuple[Event, ...]]:  # noqa: ANN401
    """The bytes that a format's writer gives for some cables, and the events it reports."""
    stream, report = io.BytesIO(), Report()
    write_with(known, cables, Sink(stream), known.parse_options(options), report)
    return stream.getvalue(), tuple(report.events)


def read_back(known: Format, data: bytes) -> tuple[tuple[Cable, ...], tuple[Event, ...]]:
    """The cables that a format's reader gives for some bytes, and the events it reports."""
    report = Report()
    cables = tuple(read_with(known, Input.from_bytes(data), known.parse_options(), report))
    return cables, tuple(report.events)


def codec(cable: Cable) -> None:
    """Law 1: `loads(dumps(c)) == c`, and the bytes are stable."""
    for compact in (False, True):
        data = dumps(cable, compact=compact)
        back = loads(data)
        if back != cable:
            raise LawError("codec", f"loads(dumps(c)) differs at {_paths(diff(cable, back))}.")
        if dumps(back, compact=compact) != data:
            raise LawError("codec", "the bytes change when what was loaded is dumped again.")


def codec_tells_apart(one: Cable, other: Cable) -> None:
    """Law 1: the bytes are equal exactly for equal cables, and so is `diff` empty."""
    equal = one == other
    if (dumps(one) == dumps(other)) != equal:
        raise LawError("codec", "equal bytes for unequal cables, or unequal bytes for equal ones.")
    if (diff(one, other) == ()) != equal:
        raise LawError("codec", "diff is empty for unequal cables, or not empty for equal ones.")
    if equal and hash(one) != hash(other):
        raise LawError("codec", "equal cables have unequal hashes.")


def tiling(cable: Cable) -> None:
    """Law 2: the blocks tile every part, and each value's raw words stand where it says."""
    for part in cable.parts:
        blocks = [block for block in cable.telegram.blocks if block.where.part == part.id]
        if "".join(block.text for block in blocks) != part.text:
            raise LawError("tiling", f"the blocks of {part.id} do not join to its text.")
        at = 0
        for block in blocks:
            if block.where.start != at or block.where.end <= at:
                raise LawError("tiling", f"a block of {part.id} is {block.where}, after one that ends at {at}.")
            at = block.where.end
    for name, raw, where in traced(cable):
        if isinstance(where, Span):
            stands = cable.text_at(where)
        else:
            stands = getattr(cable.record, where.removeprefix("record."))
        if raw != stands:
            raise LawError("tiling", f"{name} says {raw!r} and {stands!r} stands at {where}.")


def traced(cable: Cable) -> Iterator[tuple[str, str, Span | str]]:
    """Everything in the telegram that says where it stands: its name, its raw words, and the place."""
    telegram = cable.telegram
    for name in [
        "reference_id",
        "mrn",
        "numbered",
        "date_time_group",
        "created",
        "origin",
        "classification",
        "captions",
        "is_partial",
        "subject",
        "tags",
        "summary",
        "signed_by",
        "classified_by",
        "reasons",
        "declassification",
        "declassify_on",
        "sender",
        "recipients",
        "info_recipients",
        "references",
        "passages",
        "artefacts",
        "action_offices",
        "copies",
        "drafted_by",
        "approved_by",
        "cleared_by",
    ]:
        found = getattr(telegram, name)
        for value in () if found is None else found if isinstance(found, tuple) else (found,):
            yield name, value.raw, value.where
    for paragraph in telegram.paragraphs:
        yield "paragraph", paragraph.text, paragraph.where


def round_trip(known: Format, cables: Sequence[Cable], options: Any = None) -> None:  # noqa: ANN401
    """Law 3: what is written reads back equal, as far as the format says it keeps."""
    data, _ = written(known, cables, options)
    back, _ = read_back(known, data)
    if known.keeps.level == "NONE":
        return
    if len(back) != len(cables):
        raise LawError("round trip", f"{len(cables)} cables were written and {len(back)} read.")
    for before, after in zip(cables, back, strict=True):
        if known.keeps.covers(before):
            found = diff(project(before, known.keeps), project(after, known.keeps))
            if found:
                raise LawError("round trip", f"{known.name} says it keeps {_paths(found)}, and does not.")


def honesty(known: Format, cables: Sequence[Cable], options: Any = None) -> None:  # noqa: ANN401
    """Law 4: the events reported are exactly the differences: no silent loss, and no crying wolf."""
    data, said = written(known, cables, options)
    back, said_reading = read_back(known, data)
    if len(back) != len(cables):
        raise LawError("honesty", f"{len(cables)} cables were written and {len(back)} read.")
    reported = sorted((event.cable, event.kind, event.path) for event in said + said_reading)
    real = sorted((i, *change) for i, pair in enumerate(zip(cables, back, strict=True)) for change in diff(*pair))
    silent = [change for change in real if change not in reported]
    wolf = [change for change in reported if change not in real]
    if silent:
        raise LawError("honesty", f"{known.name} does not say that it has {_words(silent)}.")
    if wolf:
        raise LawError("honesty", f"{known.name} says without ground that it has {_words(wolf)}.")
    for event in said + said_reading:
        if event.layout and not is_layout(cables[event.cable], back[event.cable], event.path):
            raise LawError("honesty", f"{known.name} says that {event.path} differs in white space, and words do.")
    if len(reported) != len(real):
        raise LawError("honesty", f"{known.name} says the same thing twice: {_words(reported)}.")


def stability(known: Format, cables: Sequence[Cable], options: Any = None) -> None:  # noqa: ANN401
    """Law 5: the second round trip changes nothing, and reports nothing."""
    first, _ = read_back(known, written(known, cables, options)[0])
    data, said = written(known, first, options)
    second, said_reading = read_back(known, data)
    if second != first:
        changes = [c for pair in zip(first, second, strict=False) for c in diff(*pair)]
        raise LawError("stability", f"the second round trip of {known.name} changes {_paths(changes)}.")
    if said + said_reading:
        raise LawError("stability", f"the second round trip of {known.name} reports {_events(said + said_reading)}.")


def replay(known: Format, data: bytes) -> None:
    """Writing what was read gives the same bytes, for a format that replays and an input read without an event."""
    try:
        cables, said = read_back(known, data)
    except FormatError:
        return  # not an input that it recognises
    if known.replays and known.writer is not None and not said and written(known, cables)[0] != data:
        raise LawError("replay", f"{known.name} does not write back the bytes that it read.")


def splitting(known: Format, data: bytes, size: int) -> None:
    """Reading the pieces of a file one after the other gives what reading it whole gives, with the same places."""
    splitter = known.load_splitter()
    if splitter is None:
        return
    try:
        whole, said = read_back(known, data)
    except FormatError:
        return  # law 8 is about these
    source = Input.from_bytes(data)
    cables: list[Cable] = []
    events: list[Event] = []
    try:
        for piece in splitter(source, size):
            part, report = Input.from_bytes(piece.data), Report()
            part.first_line, part.sha256 = piece.line, source.sha256
            found = list(read_with(known, part, known.parse_options(), report))
            if size == 1 and len(found) > 1:
                raise LawError("splitting", f"{known.name} puts {len(found)} cables in a piece that is full with one.")
            events += [attrs.evolve(event, cable=event.cable + len(cables)) for event in report.events]
            cables += found
    except FormatError as error:
        raise LawError("splitting", f"{known.name} cuts what it can read into what it cannot: {error}") from error
    if len(cables) != len(whole):
        raise LawError("splitting", f"{known.name} has {len(whole)} cables whole and {len(cables)} in pieces.")
    changes = [change for pair in zip(whole, cables, strict=True) for change in diff(*pair)]
    if changes:
        raise LawError("splitting", f"read in pieces, {known.name} differs at {_paths(changes)}.")
    if tuple(events) != said:
        raise LawError("splitting", f"read in pieces, {known.name} says {_said(events)}; whole, {_said(said)}.")


def joining(known: Format, batches: Sequence[Sequence[Cable]], options: Any = None) -> None:  # noqa: ANN401
    """Joining files gives what writing all their cables at once gives, byte for byte."""
    joiner = known.load_joiner()
    if joiner is None:
        return
    stream = io.BytesIO()
    files = (Input.from_bytes(written(known, batch, options)[0]) for batch in batches)
    joiner(files, Sink(stream), known.parse_options(options))
    if stream.getvalue() != written(known, [cable for batch in batches for cable in batch], options)[0]:
        raise LawError("joining", f"{known.name} joins files to other bytes than it writes at once.")


def every_pair(one: Format, other: Format, cable: Cable) -> None:
    """Law 6: from A to B to A changes only what was reported on the way."""
    (start,), _ = read_back(one, written(one, (cable,))[0])
    data, said = written(other, (start,))
    (middle,), said_reading = read_back(other, data)
    data, said_back = written(one, (middle,))
    (end,), said_last = read_back(one, data)
    reported = {event.path for event in said + said_reading + said_back + said_last}
    silent = [(k, p) for k, p in diff(start, end) if p not in reported and p.partition(".")[0] not in reported]
    if silent:
        raise LawError("every pair", f"{one.name} to {other.name} and back changes {_paths(silent)} in silence.")


def recognition(known: Format, cable: Cable, registry: Registry, *, realistic: bool) -> None:
    """Law 7: what a format writes is recognised as its own.

    A format that marks itself is identified, exactly, for any cable. One that does not is identified for realistic
    cables; over arbitrary ones nothing but the format itself may claim more than a hint.
    """
    data, _ = written(known, (cable,))
    try:
        found = detection.identify(Input.from_bytes(data), registry)
    except FormatError as error:
        if known.magic or known.marker or realistic:
            raise LawError("recognition", f"{known.name} is not recognised: {error}") from None
        return
    if known.magic or known.marker:
        if (found.format, found.confidence) != (known.name, Confidence.EXACT):
            raise LawError("recognition", f"{known.name} is taken for {found.format} ({found.confidence.name}).")
    elif realistic and found.format != known.name:
        raise LawError("recognition", f"{known.name} is taken for {found.format} ({found.evidence}).")
    elif found.format != known.name and found.confidence > Confidence.HINT:
        raise LawError("recognition", f"{known.name} is surely taken for {found.format} ({found.evidence}).")


def totality(known: Format, data: bytes) -> None:
    """Law 8: any bytes give cables or a `FormatError` with a position, within limits of time and memory."""
    megabytes = len(data) / _MB
    for _ in range(_TRIES):
        started = time.process_time()
        _read_hostile(known, data)
        seconds = time.process_time() - started
        if seconds <= SECONDS + SECONDS_PER_MB * megabytes:
            break
    else:
        raise LawError("totality", f"{known.name} takes {seconds:.1f} s for {megabytes:.2f} MB.")
    if len(data) < _MEASURED_FROM:
        return
    tracemalloc.start()  # apart from the clock, because it slows everything down
    try:
        _read_hostile(known, data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    if peak > BYTES + BYTES_PER_BYTE * len(data):
        raise LawError("totality", f"{known.name} takes {peak / _MB:.0f} MB of memory for {megabytes:.2f} MB.")


def _read_hostile(known: Format, data: bytes) -> None:
    try:
        for cable in read_with(known, Input.from_bytes(data), known.parse_options(), Report()):
            del cable  # that it is one, read_with has checked
    except FormatError as error:
        if not error.position or not error.message:
            raise LawError("totality", f"{known.name} raises an error without words or position.") from error
    except LawError:
        raise
    except Exception as error:
        raise LawError("totality", f"{known.name} raises {type(error).__name__}: {error}") from error


def locality(cable: Cable, part_id: str, text: str) -> None:
    """Law 9: editing one part leaves the tilings of all other parts as they were."""
    before = cable.telegram
    part = cable.part(part_id)
    after = cable.edit(Span(part_id, 0, len(part.text)), text).telegram
    for other in cable.parts:
        if other.id != part_id:
            old, new = ([(b.kind, b.where) for b in t.blocks if b.where.part == other.id] for t in (before, after))
            if old != new:
                raise LawError("locality", f"editing {part_id} changes the blocks of {other.id}.")


def determinism(known: Format, cables: Sequence[Cable], options: Any = None) -> None:  # noqa: ANN401
    """Law 10: the same cables give the same bytes, again and in another thread."""
    here = written(known, cables, options)
    again = written(known, [loads(dumps(cable)) for cable in cables], options)
    with ThreadPoolExecutor(1) as pool:
        there = pool.submit(written, known, cables, options).result()
    if not here == again == there:
        raise LawError("determinism", f"{known.name} gives other bytes the second time, or in another thread.")


def determinism_of_reading(known: Format, data: bytes) -> None:
    """Law 10: the same bytes give the same cables and the same events."""
    try:
        here = read_back(known, data)
        again = read_back(known, data)
    except FormatError:
        return  # law 8 is about these
    if here != again:
        raise LawError("determinism", f"{known.name} reads other cables the second time.")


_ELSEWHERE = """
import hashlib, sys
from cableformat import loads
from cableformat.plugins import registry
from cableformat.testing import laws
known = registry().get(sys.argv[1])
cables = [loads(line) for line in sys.stdin.buffer]
print(hashlib.sha256(laws.written(known, cables)[0]).hexdigest())
"""


def determinism_elsewhere(known: Format, cables: Sequence[Cable]) -> None:
    """Law 10: an installed format gives the same bytes in another process, whatever the seed of its hashes."""
    data, _ = written(known, cables)
    given = b"".join(dumps(cable, compact=True) for cable in cables)
    for seed in ("0", "1"):
        done = subprocess.run(  # noqa: S603 - this Python, and words of our own
            [sys.executable, "-c", _ELSEWHERE, known.name],
            input=given,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
            timeout=60,
        )
        if done.returncode:
            last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise LawError("determinism", f"{known.name} fails in another process: {''.join(last)}")
        if done.stdout.decode("utf-8", "replace").strip() != hashlib.sha256(data).hexdigest():
            raise LawError("determinism", f"{known.name} gives other bytes in another process.")


def _paths(changes: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{path} ({kind})" for kind, path in changes[:5])


def _words(changes: Sequence[tuple[int, str, str]]) -> str:
    return ", ".join(f"{kind} {path} of cable {i}" for i, kind, path in changes[:5])


def _said(events: Sequence[Event]) -> str:
    shown = (f"{event.kind} {event.path} of cable {event.cable} ({event.reason})" for event in events[:5])
    return ", ".join(shown) or "nothing"


def _events(events: Sequence[Event]) -> str:
    return _words([(event.cable, event.kind, event.path) for event in events])


__all__ = [
    "LawError",
    "codec",
    "codec_tells_apart",
    "determinism",
    "determinism_elsewhere",
    "determinism_of_reading",
    "every_pair",
    "honesty",
    "joining",
    "locality",
    "read_back",
    "recognition",
    "replay",
    "round_trip",
    "splitting",
    "stability",
    "tiling",
    "totality",
    "traced",
    "written",
]
