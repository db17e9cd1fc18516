"""The conformance kit: all laws over one format, and a verdict.

`check_format` is what a plugin's tests call; the command `cableformat check` and the pytest plugin run the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from cableformat import plugins
from cableformat.cable import Cable
from cableformat.errors import FormatError, OptionError
from cableformat.fidelity import project
from cableformat.registry import Format, Registry
from cableformat.telegram.recovered import unrecovered
from cableformat.testing import laws
from cableformat.testing.exploration import PROFILES, Profile, explore
from cableformat.testing.specifications import specs
from cableformat.testing.strategies import cables, realistic_cables
from cableformat.testing.subject import Subject
from cableformat.testing.verdict import Outcome, Verdict
from cableformat.testing.visible import embeds, one_by_one, visible_truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hypothesis.strategies import SearchStrategy

    from cableformat.telegram.specification import Specification

_READ_ONLY = "It is only read."
_WRITE_ONLY = "It is only written."
_LONGEST_PIECE = 2_000
_MOST_DAMAGED = 12
_NO_FILES = "It is only read, and no sample was given."


@attrs.frozen
class Law:
    """One law over a format.

    Attributes:
        name: What it is called.
        title: What it says, in a line.
        check: Raises `LawError` where it does not hold for an example.
        drawn: Where examples come from.
        first: Short examples to begin with.
        excuse: Why it does not apply to a format; empty where it does.
        last: Long examples to end with.
    """

    name: str
    title: str
    check: Callable[[Subject, Any], None]
    drawn: Callable[[Subject], SearchStrategy[Any]]
    first: Callable[[Subject], Iterable[Any]]
    excuse: Callable[[Subject], str]
    last: Callable[[Subject], Iterable[Any]] = lambda _: ()


def _unwritable(subject: Subject) -> str:
    return "" if subject.writes else _READ_ONLY if subject.reads else _WRITE_ONLY


def _unreadable(subject: Subject) -> str:
    return "" if subject.reads else _WRITE_ONLY


def _without_files(subject: Subject) -> str:
    return _unreadable(subject) or ("" if subject.writes or subject.samples else _NO_FILES)


def _files(subject: Subject) -> Iterator[tuple[Cable, ...] | bytes]:
    yield from subject.samples
    if subject.writes:
        yield from subject.short_batches()


def _data(subject: Subject, example: tuple[Cable, ...] | bytes) -> bytes:
    """The file that an example is, or that its cables make."""
    return example if isinstance(example, bytes) else laws.written(subject.format, example)[0]


def _noise(subject: Subject) -> Iterator[bytes]:
    yield from (b"", b"\x00", b"<", b"{", b"\xff\xfe")
    for example in _files(subject):
        yield _data(subject, example)


def _long_noise(subject: Subject) -> Iterator[bytes]:
    for batch in (b"x", b"\n", b"1. ", b"[", b"<div>", b"\x00\xff", b'{"cableformat":"1.0"}\n'):
        yield batch * (300_000 // len(batch))
    if subject.writes:
        yield laws.written(subject.format, subject.long_batch())[0]


def _each_cable_read(law: Callable[[Cable], None]) -> Callable[[Subject, Any], None]:
    """A law over cables as a law over files: it holds for every cable that the reader gives."""

    def check(subject: Subject, example: tuple[Cable, ...] | bytes) -> None:
        try:
            found, _ = laws.read_back(subject.format, _data(subject, example))
        except FormatError:
            return  # law 8 is about these
        for cable in found:
            law(cable)

    return check


def _local(cable: Cable) -> None:
    for part in cable.parts:
        laws.locality(cable, part.id, "1. (C) Orleo agrees.\r\n")


def _with_options(law: Callable[..., None]) -> Callable[[Subject, tuple[Cable, ...]], None]:
    def check(subject: Subject, batch: tuple[Cable, ...]) -> None:
        for options in subject.option_sets:
            law(subject.format, batch, options)

    return check


def _round_trip(subject: Subject, batch: tuple[Cable, ...]) -> None:
    laws.round_trip(subject.format, batch)


def _pairs(subject: Subject) -> SearchStrategy[tuple[str, Cable]]:
    return st.tuples(st.sampled_from([other.name for other in subject.partners]), cables())


def _first_pairs(subject: Subject) -> Iterator[tuple[str, Cable]]:
    for other in subject.partners:
        for (cable,) in subject.short_batches():
            yield other.name, cable


def _pair(subject: Subject, example: tuple[str, Cable]) -> None:
    name, cable = example
    other = subject.registry.get(name)
    laws.every_pair(subject.format, other, cable)
    laws.every_pair(other, subject.format, cable)


def _recognisable(_: Subject) -> SearchStrategy[tuple[bool, Cable]]:
    return st.one_of(st.tuples(st.just(False), cables()), st.tuples(st.just(True), realistic_cables()))  # noqa: FBT003


def _first_recognisable(subject: Subject) -> Iterator[tuple[bool, Cable]]:
    for (cable,) in subject.short_batches():
        yield False, cable


def _recognised(subject: Subject, example: tuple[bool, Cable]) -> None:
    realistic, cable = example
    laws.recognition(subject.format, cable, subject.registry, realistic=realistic)


def _same_everywhere(subject: Subject, example: tuple[Cable, ...] | bytes) -> None:
    """Determinism of an example; the first one also in another process, which takes a while."""
    if not isinstance(example, bytes):
        laws.determinism(subject.format, example)
    laws.determinism_of_reading(subject.format, _data(subject, example))
    if example == subject.short_batches()[0] and subject.format in plugins.registry().formats:
        laws.determinism_elsewhere(subject.format, example)


def _composed(_: Subject) -> SearchStrategy[Specification]:
    return specs()


def _recovers(subject: Subject, spec: Specification) -> None:
    """What the format keeps of a composed telegram says what was asked for, also after the trip."""
    known = subject.format
    cable = Cable.compose(spec)
    if not known.keeps.covers(cable):
        return
    (back,), _ = laws.read_back(known, laws.written(known, (cable,))[0])
    not_kept = {lost.field for lost in unrecovered(spec, project(cable, known.keeps).telegram)}
    lost = [found for found in unrecovered(spec, back.telegram) if found.field not in not_kept]
    if lost:
        raise laws.LawError("recovery", f"read from {known.name}, {'; '.join(map(str, lost))}.")


def _keeps_parts(subject: Subject) -> str:
    return _unwritable(subject) or ("" if "parts[body]" in subject.format.keeps else "It does not promise the text.")


def _replays(subject: Subject) -> str:
    if not subject.format.replays:
        return "It does not promise to replay."
    return _without_files(subject)


def _embeds(subject: Subject) -> str:
    if not embeds(subject.format):
        return "It embeds no copy of the cable (it has no option embed)."
    return _unwritable(subject)


def _visible(subject: Subject, example: tuple[Cable]) -> None:
    visible_truth(subject.format, example[0], subject.format.load_edits() or one_by_one)


def _splits(subject: Subject) -> str:
    if subject.format.splitter is None:
        return "It cannot be cut (it has no splitter)."
    return _without_files(subject)


def _cut(subject: Subject) -> SearchStrategy[tuple[Any, int]]:
    """Files, those of some more cables and damaged ones among them, each with a size of pieces."""
    kinds: list[SearchStrategy[Any]] = [subject.files(), subject.hostile()]
    if subject.writes:
        kinds.append(_to_join(subject).map(lambda batches: sum(batches, ())))
    return st.tuples(st.one_of(kinds), st.integers(1, _LONGEST_PIECE))


def _first_cut(subject: Subject) -> Iterator[tuple[Any, int]]:
    for size in (1, _LONGEST_PIECE):
        for example in _files(subject):
            yield example, size
    if subject.writes:
        several: tuple[Cable, ...] = sum(subject.short_batches(), ())
        yield several, 1
        data = _data(subject, several)
        # A damaged line tells whether its place is that in the whole file.
        for line in list(re.finditer(rb"^.", data, re.MULTILINE))[:_MOST_DAMAGED]:
            yield data[: line.start()] + b"?" + data[line.end() :], 1


def _split(subject: Subject, example: tuple[Any, int]) -> None:
    file, size = example
    laws.splitting(subject.format, _data(subject, file), size)


def _joins(subject: Subject) -> str:
    if subject.format.joiner is None:
        return "It cannot be joined (it has no joiner)."
    return _unwritable(subject)


def _to_join(subject: Subject) -> SearchStrategy[tuple[tuple[Cable, ...], ...]]:
    return st.lists(subject.batches(), max_size=3).map(tuple)


def _first_to_join(subject: Subject) -> Iterator[tuple[tuple[Cable, ...], ...]]:
    yield ()
    yield from ((batch,) for batch in subject.short_batches())
    yield subject.short_batches()


LAWS = (
    Law(
        "codec",
        "What it reads survives canonical JSON.",
        _each_cable_read(laws.codec),
        Subject.files,
        _files,
        _without_files,
    ),
    Law(
        "tiling",
        "The blocks of what it reads tile every part, and every value stands where it says.",
        _each_cable_read(laws.tiling),
        Subject.files,
        _files,
        _without_files,
    ),
    Law(
        "round trip",
        "What it writes reads back equal, as far as it says it keeps it.",
        _round_trip,
        Subject.batches,
        Subject.short_batches,
        _unwritable,
        lambda subject: (subject.long_batch(),),
    ),
    Law(
        "honesty",
        "It reports exactly what it does not keep.",
        _with_options(laws.honesty),
        Subject.batches,
        Subject.short_batches,
        _unwritable,
    ),
    Law(
        "stability",
        "The second round trip changes nothing, and reports nothing.",
        _with_options(laws.stability),
        Subject.batches,
        Subject.short_batches,
        _unwritable,
    ),
    Law(
        "every pair",
        "To any other format and back, only what was reported has changed.",
        _pair,
        _pairs,
        _first_pairs,
        _unwritable,
    ),
    Law(
        "recognition",
        "What it writes is recognised as its own.",
        _recognised,
        _recognisable,
        _first_recognisable,
        _unwritable,
    ),
    Law(
        "totality",
        "Any bytes give cables or a clear error, within limits of time and memory.",
        lambda subject, data: laws.totality(subject.format, data),
        Subject.hostile,
        _noise,
        _unreadable,
        _long_noise,
    ),
    Law(
        "locality",
        "Editing one part of what it reads leaves the others as they were.",
        _each_cable_read(_local),
        Subject.files,
        _files,
        _without_files,
    ),
    Law(
        "determinism",
        "The same cables give the same bytes, anywhere.",
        _same_everywhere,
        Subject.files,
        _files,
        _without_files,
    ),
    Law(
        "recovery",
        "The fields of a composed telegram are read from what it wrote.",
        _recovers,
        _composed,
        lambda _: (),
        _keeps_parts,
    ),
    Law(
        "visible truth",
        "What people see is the truth, beside an embedded copy and without it.",
        _visible,
        lambda _: st.tuples(st.one_of(cables(), realistic_cables())),
        Subject.short_batches,
        _embeds,
    ),
    Law(
        "replay",
        "Writing what was read without an event gives the same bytes.",
        lambda subject, example: laws.replay(subject.format, _data(subject, example)),
        lambda subject: st.one_of(subject.files(), subject.hostile()),
        _files,
        _replays,
    ),
    Law(
        "splitting",
        "Its pieces, read one after the other, give what the whole gives.",
        _split,
        _cut,
        _first_cut,
        _splits,
    ),
    Law(
        "joining",
        "Files joined are what writing all their cables at once gives.",
        _with_options(laws.joining),
        _to_join,
        _first_to_join,
        _joins,
    ),
)
"""The laws that a format is held to, in order; the last four are about what only some formats promise."""


def law_named(name: str) -> Law:
    """The law of that name, also with a hyphen or an underscore for its blank.

    Raises:
        OptionError: There is none.
    """
    for law in LAWS:
        if law.name == name.replace("-", " ").replace("_", " ").lower():
            return law
    raise OptionError(f"There is no law {name!r}. The laws: {', '.join(law.name for law in LAWS)}.")


def laws_named(names: Iterable[str] | None) -> tuple[Law, ...]:
    """The laws of these names; all of them for None.

    Raises:
        OptionError: There is no law of a name.
    """
    return LAWS if names is None else tuple(law_named(name) for name in names)


def reasons_by_law(expected_failures: Mapping[str, str] | None) -> dict[str, str]:
    """The reasons why laws are known not to hold, under the names that the laws have.

    Raises:
        OptionError: There is no law of a name.
    """
    return {law_named(name).name: reason for name, reason in (expected_failures or {}).items()}


def profile_named(name: str | Profile) -> Profile:
    """The profile of that name.

    Raises:
        OptionError: There is none.
    """
    if isinstance(name, Profile):
        return name
    if name not in PROFILES:
        raise OptionError(f"There is no profile {name!r}. The profiles: {', '.join(PROFILES)}.")
    return PROFILES[name]


def subject_of(known: str | Format, samples: Iterable[bytes] = (), registry: Registry | None = None) -> Subject:
    """A format, by name or itself, with all that are installed beside it.

    Raises:
        UnknownFormatError: There is no format of that name.
    """
    registry = plugins.registry() if registry is None else registry
    if isinstance(known, str):
        known = registry.get(known)
    elif known not in registry.formats:
        others = tuple(other for other in registry.formats if other.name != known.name)
        registry = Registry((*others, known), registry.plugins)
    return Subject(known, registry, tuple(samples))


def try_law(law: Law, subject: Subject, profile: Profile) -> Outcome:
    """What comes of one law over a format; never raises for what the format does."""
    excuse = law.excuse(subject)
    if excuse:
        return Outcome(law.name, "does not apply", excuse)
    try:
        first = list(law.first(subject))
        drawn = law.drawn(subject)
    except Exception as error:  # noqa: BLE001 - the writer already fails on the shortest of cables
        return Outcome(law.name, "broken", f"{subject.format.name} cannot write the shortest cable: {error}")
    return explore(
        law.name,
        subject.format.name,
        lambda example: law.check(subject, example),
        first,
        drawn,
        law.last(subject),
        profile,
    )


def check_format(  # noqa: PLR0913 - all but the first are optional keywords
    known: str | Format,
    *,
    profile: str | Profile = "quick",
    expected_failures: Mapping[str, str] | None = None,
    samples: Iterable[bytes] = (),
    laws: Iterable[str] | None = None,
    registry: Registry | None = None,
) -> Verdict:
    """Hold a format to the laws.

    Args:
        known: The name of an installed format, or a format.
        profile: `quick`, `thorough`, `nightly`, or one of your own.
        expected_failures: Laws that are known not to hold, each with the reason; one that holds after all is an
            outcome that does not pass.
        samples: Files of the format, for one that is only read.
        laws: The names of the laws to try; by default all.
        registry: The formats beside it; by default all that are installed.

    Raises:
        UnknownFormatError: There is no format of that name.
        OptionError: There is no law or profile of a name.

    Example:
        >>> verdict = check_format("json", laws=["codec", "stability"])
        >>> verdict.passed
        True
    """
    profile = profile_named(profile)
    expected, chosen = reasons_by_law(expected_failures), laws_named(laws)
    subject = subject_of(known, samples, registry)
    outcomes = tuple(try_law(law, subject, profile).expecting(expected.get(law.name)) for law in chosen)
    return Verdict(subject.format.name, profile.name, outcomes)
