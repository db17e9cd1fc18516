"""Each law by itself: what it says of one fault, on a cable or two. The whole kit is tried on faulty formats."""

from __future__ import annotations

import itertools
import threading

import attrs
import pytest

from cableformat import Cable, Format, FormatError, Piece, Record, Source, diff, dumps, fields, loads
from cableformat.fidelity import MODEL, NONE
from cableformat.registry import Claim, Confidence, Registry
from cableformat.testing import LawError, laws

ONE = Cable.from_text("1. (C) Orleo agrees.\n", created="2031")
TWO = Cable.from_text("2. (C) Halloway does not.\n", reference_id="31PORTMERIDIAN117")
THREE = attrs.evolve(ONE, grammar="uk")


def read(source, options, report):
    for line in source.read().split(b"\n")[1:-1]:
        yield loads(line)


def write(cables, sink, options, report):
    sink.write(b"LINES\n")
    for cable in cables:
        sink.write(dumps(cable, compact=True))


LINES = Format(
    name="lines",
    title="One a line",
    magic=(b"LINES\n",),
    reader=read,
    writer=write,
    cardinality="many",
    keeps=MODEL,
    replays=True,
)


def writing(change, **declared):
    def writer(cables, sink, options, report):
        write(map(change, cables), sink, options, report)

    return attrs.evolve(LINES, writer=writer, **declared)


def reading(change, **declared):
    def reader(source, options, report):
        yield from change(tuple(read(source, options, report)))

    return attrs.evolve(LINES, reader=reader, **declared)


def saying(*said, change=lambda cable: cable, **declared):
    """Writes changed cables, and says of the last what it is told to say."""

    def writer(cables, sink, options, report):
        write(map(change, cables), sink, options, report)
        for kind, path, layout in said:
            report.add(kind, path, "it is told to", layout=layout)

    return attrs.evolve(LINES, writer=writer, **declared)


@attrs.frozen
class Options:
    grammar: str = "us"


def american(cable):
    return attrs.evolve(cable, grammar="us")


def spaced(cable):
    return attrs.evolve(cable, parts=tuple(attrs.evolve(part, text=f"{part.text} ") for part in cable.parts))


def loud(cable):
    return attrs.evolve(cable, record=attrs.evolve(cable.record, rights=f"{cable.record.rights or ''}!"))


def broken(call, *arguments, **keywords):
    """What the law says that these break."""
    with pytest.raises(LawError) as caught:
        call(*arguments, **keywords)
    law, _, words = str(caught.value).partition(": ")
    assert caught.value.law == law
    return law, words


def test_round_trip():
    laws.round_trip(LINES, (ONE, THREE))
    assert broken(laws.round_trip, writing(american), (ONE, THREE)) == (
        "round trip",
        "lines says it keeps grammar (altered), and does not.",
    )
    laws.round_trip(writing(american, keeps=fields("record", "parts")), (ONE, THREE))
    laws.round_trip(writing(american, keeps=fields("grammar", domain=lambda cable: cable == ONE)), (ONE, THREE))
    assert broken(
        laws.round_trip, writing(american, keeps=fields("grammar", domain=lambda cable: cable == THREE)), (ONE, THREE)
    )
    laws.round_trip(writing(american, keeps=NONE), (ONE, THREE))
    laws.round_trip(reading(lambda cables: cables[1:], keeps=NONE), (ONE, THREE))
    assert broken(laws.round_trip, reading(lambda cables: cables[1:]), (ONE, THREE)) == (
        "round trip",
        "2 cables were written and 1 read.",
    )


def test_at_most_five_changes_are_named():
    gone = writing(lambda cable: attrs.evolve(cable, record=Record()))
    cable = Cable(Record(created="1", origin="2", subject="3", url="4", rights="5", extra=(("a", "b"), ("c", "d"))))
    _, words = broken(laws.round_trip, gone, (cable,))
    assert words.count("(lost)") == 5
    assert ", ".join(f"{path} (lost)" for _, path in diff(cable, Cable())[:5]) in words
    _, words = broken(laws.honesty, gone, (cable,))
    assert words.count("lost ") == 5
    assert "lost extra[0] of cable 0, lost extra[1] of cable 0" in words


def test_honesty():
    laws.honesty(LINES, (ONE, THREE))
    laws.honesty(saying(("altered", "grammar", False), change=american), (ONE, THREE))
    laws.honesty(saying(("altered", "parts[body]", True), change=spaced), (ONE,))
    laws.honesty(saying(("altered", "parts[body]", False), change=spaced), (ONE,))
    for known, cables, words in [
        (writing(american), (ONE, THREE), "does not say that it has altered grammar of cable 1."),
        (
            saying(("altered", "grammar", False), change=american),
            (THREE, ONE),
            "does not say that it has altered grammar of cable 0.",
        ),
        (
            saying(("altered", "grammar", False)),
            (ONE, THREE),
            "says without ground that it has altered grammar of cable 1.",
        ),
        (
            saying(("lost", "grammar", False), ("altered", "grammar", False), change=american),
            (THREE,),
            "says without ground that it has lost grammar of cable 0.",
        ),
        (
            saying(("altered", "grammar", True), change=american),
            (ONE, THREE),
            "says that grammar differs in white space, and words do.",
        ),
        (
            saying(("altered", "grammar", False), ("altered", "grammar", False), change=american),
            (THREE,),
            "says the same thing twice: altered grammar of cable 0, altered grammar of cable 0.",
        ),
    ]:
        assert broken(laws.honesty, known, cables) == ("honesty", f"lines {words}")
    assert broken(laws.honesty, reading(lambda cables: cables * 2), (ONE,)) == (
        "honesty",
        "1 cables were written and 2 read.",
    )


def test_honesty_of_readers():
    def reader(source, options, report):
        for cable in read(source, options, report):
            report.altered("parts[body]", "it adds a blank", layout=True)
            yield spaced(cable)

    laws.honesty(attrs.evolve(LINES, reader=reader), (ONE,))
    changing = reading(lambda cables: map(loud, cables))
    assert broken(laws.honesty, changing, (ONE,)) == (
        "honesty",
        "lines does not say that it has added record.rights of cable 0.",
    )


def test_stability():
    laws.stability(LINES, (ONE, THREE))
    laws.stability(writing(american), (ONE, THREE))
    assert broken(laws.stability, writing(loud), (ONE, TWO)) == (
        "stability",
        "the second round trip of lines changes record.rights (altered), record.rights (altered).",
    )
    growing = reading(lambda cables: (*cables, ONE))
    assert broken(laws.stability, growing, (ONE,)) == ("stability", "the second round trip of lines changes .")
    assert broken(laws.stability, saying(("lost", "grammar", False)), (ONE, TWO)) == (
        "stability",
        "the second round trip of lines reports lost grammar of cable 1.",
    )

    def reader(source, options, report):
        report.added("source", "it is another")
        yield from read(source, options, report)

    assert broken(laws.stability, attrs.evolve(LINES, reader=reader), (ONE,)) == (
        "stability",
        "the second round trip of lines reports added source of cable 0.",
    )


def test_replay():
    data, _ = laws.written(LINES, (ONE, THREE))
    laws.replay(LINES, data)
    spelled = data.replace(b'"us"', b' "us"')
    assert broken(laws.replay, LINES, spelled) == ("replay", "lines does not write back the bytes that it read.")
    laws.replay(attrs.evolve(LINES, replays=False), spelled)
    laws.replay(attrs.evolve(LINES, writer=None), spelled)
    laws.replay(LINES, b"LINES\nno cable\n")

    def reader(source, options, report):
        yield from read(source, options, report)
        report.altered("grammar", "it is spelled otherwise")

    laws.replay(attrs.evolve(LINES, reader=reader), spelled)


def numbered(source, options, report):
    """Reads lines, and says of those that are no cable where they stand in the whole file."""
    for number, line in enumerate(source.read().splitlines()[1:], source.first_line):
        try:
            yield loads(line)
        except FormatError:
            report.skipped(f"row {number}", "it is no cable")


def row_by_row(source, size):
    """A piece for so many bytes at least."""
    held, first = [], 1
    for number, line in enumerate(source.read().splitlines(keepends=True)[1:], 1):
        held.append(line)
        if sum(map(len, held)) >= size:
            yield Piece(b"LINES\n" + b"".join(held), first)
            held, first = [], number + 1
    if held:
        yield Piece(b"LINES\n" + b"".join(held), first)


CUT = attrs.evolve(LINES, reader=numbered, splitter=row_by_row)
DAMAGED = laws.written(LINES, (ONE, TWO, THREE))[0] + b"no cable\n" + dumps(TWO, compact=True) + b"nor this\n"


def test_splitting():
    known, data, sizes = CUT, DAMAGED, []

    def noting(source, size):
        sizes.append(size)
        assert source.read() == data
        return row_by_row(source, size)

    for size in (1, 2, 300, len(data)):
        laws.splitting(attrs.evolve(known, splitter=noting), data, size)
    assert sizes == [1, 2, 300, len(data)]
    laws.splitting(LINES, data, 1)  # cannot be cut
    laws.splitting(known, b"LINES\n", 1)  # in no piece at all
    laws.splitting(attrs.evolve(known, reader=read), data, 1)  # and what it cannot read whole is another law's

    def optional(source, options, report):
        assert options.grammar == "us"
        yield from numbered(source, options, report)

    laws.splitting(attrs.evolve(known, reader=optional, options=Options), data, 1)


def cut(change, file=DAMAGED, **declared):
    """What the law says of changed pieces of one row each."""
    one = attrs.evolve(CUT, splitter=lambda source, size: change(list(row_by_row(source, size))), **declared)
    law, words = broken(laws.splitting, one, file, 1)
    assert law == "splitting"
    return words


def reread(change):
    return lambda source, options, report: change(numbered(source, options, report), source, report)


def same(pieces):
    return pieces


def test_splitting_says_what_differs():
    known, data = CUT, DAMAGED
    assert cut(lambda pieces: pieces[:-2]) == "lines has 4 cables whole and 3 in pieces."
    assert cut(lambda pieces: pieces[:-1]) == (
        "read in pieces, lines says skipped row 4 of cable 3 (it is no cable); whole, skipped row 4 of cable 3"
        " (it is no cable), skipped row 6 of cable 4 (it is no cable)."
    )
    assert cut(lambda pieces: [pieces[1], pieces[0], *pieces[2:]]).startswith("read in pieces, lines differs at ")
    faultless, _ = laws.written(LINES, (ONE, TWO, THREE))
    laws.splitting(attrs.evolve(known, reader=reread(_placed)), faultless, 1)
    assert (
        cut(lambda pieces: [*pieces[:2], attrs.evolve(pieces[2], line=2)], faultless, reader=reread(_placed))
        == "read in pieces, lines differs at source.position (altered)."
    )
    assert cut(lambda pieces: [attrs.evolve(piece, line=1) for piece in pieces]).startswith(
        "read in pieces, lines says skipped row 1 of cable 3 (it is no cable), skipped row 1 of cable 4"
    )
    pair = Piece(laws.written(LINES, (ONE, TWO))[0], 1)
    assert cut(lambda pieces: [pair, *pieces[2:]]) == "lines puts 2 cables in a piece that is full with one."
    merged = [Piece(data, 1)]
    assert cut(lambda _: merged) == "lines puts 4 cables in a piece that is full with one."
    laws.splitting(attrs.evolve(known, splitter=lambda *_: merged), data, 2)

    def failing(found, source, report):
        yield from found
        if source.first_line == 2:
            raise FormatError("It ends too early.", offset=3)

    assert cut(same, reader=reread(failing)) == (
        "lines cuts what it can read into what it cannot: byte 3: It ends too early."
    )

    def refusing(source, size):
        raise FormatError("It has no rows.", offset=0)

    assert broken(laws.splitting, attrs.evolve(known, splitter=refusing), data, 1)[1] == (
        "lines cuts what it can read into what it cannot: byte 0: It has no rows."
    )

    def crying(found, source, report):
        yield from found
        if source.first_line > 1:
            report.added("source", "it is a piece")

    assert "says added source of cable 2 (it is a piece)" in cut(same, reader=reread(crying))
    said = cut(same, faultless, reader=reread(crying))
    assert said == (
        "read in pieces, lines says added source of cable 2 (it is a piece), added source of cable 3 (it is a piece);"
        " whole, nothing."
    )
    long, _ = laws.written(LINES, (ONE,) * 7)
    assert cut(same, long, reader=reread(crying)).count("it is a piece") == 5
    laws.splitting(attrs.evolve(known, reader=reread(_hashed)), data, 1)


def _placed(found, source, report):
    for index, cable in enumerate(found):
        yield attrs.evolve(cable, source=Source("lines", position=str(source.first_line + index)))


def _hashed(found, source, report):
    """What a piece says of itself is the hash of the whole."""
    for cable in found:
        yield attrs.evolve(cable, source=Source("lines", sha256=source.sha256))


def join(sources, sink, options):
    sink.write(b"LINES\n")
    for source in sources:
        sink.write(source.read().removeprefix(b"LINES\n"))


def test_joining():
    known = attrs.evolve(LINES, joiner=join)
    for batches in ((), ((),), ((ONE,),), ((ONE, TWO), (), (THREE,))):
        laws.joining(known, batches)
    laws.joining(LINES, ((ONE,), (TWO,)))  # cannot be joined
    said = ("joining", "lines joins files to other bytes than it writes at once.")
    for wrong in (
        lambda sources, *rest: join(list(sources)[::-1], *rest),
        lambda sources, *rest: join(list(sources)[1:], *rest),
        lambda sources, *rest: rest[0].write(b"".join(source.read() for source in sources)),
    ):
        assert broken(laws.joining, attrs.evolve(known, joiner=wrong), ((ONE,), (TWO,))) == said

    def spoken(cables, sink, options, report):
        write((attrs.evolve(cable, grammar=options.grammar) for cable in cables), sink, options, report)

    def checking(sources, sink, options):
        assert options.grammar == "uk"
        join(sources, sink, options)

    optional = attrs.evolve(known, writer=spoken, joiner=checking, options=Options)
    laws.joining(optional, ((ONE,), (TWO,)), {"grammar": "uk"})


def test_every_pair():
    other = attrs.evolve(LINES, name="other")
    laws.every_pair(LINES, other, THREE)
    silent = attrs.evolve(writing(american), name="other")
    assert broken(laws.every_pair, LINES, silent, THREE) == (
        "every pair",
        "lines to other and back changes grammar (altered) in silence.",
    )
    laws.every_pair(silent, LINES, THREE)  # it has lost it before it starts
    honest = saying(("altered", "grammar", False), change=american)
    laws.every_pair(LINES, honest, THREE)

    def told(path, change):
        """Formats of which one of the four steps changes a cable, and says so."""

        def reader(source, options, report):
            for cable in read(source, options, report):
                report.altered(path, "so it reads")
                yield change(cable)

        return attrs.evolve(LINES, reader=reader), saying(("altered", path, False), change=change)

    sourced = attrs.evolve(THREE, source=Source("text", name="a"))
    for change, path in [
        (american, "grammar"),
        (lambda cable: attrs.evolve(cable, source=Source("text", name="b")), "source"),
    ]:
        for known in told(path, change):
            laws.every_pair(LINES, known, sourced)
    alternating = itertools.cycle([False, True])  # writes as it is given, then otherwise

    def late(cable):
        return loud(cable) if next(alternating) else cable

    laws.every_pair(saying(("added", "record.rights", False), change=late), LINES, ONE)
    assert broken(laws.every_pair, writing(late), LINES, ONE)[0] == "every pair"

    def reader(source, options, report):
        for cable in read(source, options, report):
            changed = late(cable)
            report.differences(cable, changed, "so it reads")
            yield changed

    laws.every_pair(attrs.evolve(LINES, reader=reader), LINES, ONE)


def claiming(confidence, **declared):
    """A format that claims every input."""
    return Format(
        name="greedy", title="Claims all", reader=read, sniff=lambda _: Claim(confidence, "it is greedy"), **declared
    )


def test_recognition():
    marked, plain = LINES, attrs.evolve(LINES, magic=())
    rival = attrs.evolve(LINES, name="rival")
    sniffing = attrs.evolve(plain, sniff=lambda _: Claim(Confidence.DIALECT, "it has lines"))
    by_marker = attrs.evolve(plain, marker=(rb"^LINES\n",))

    def said(known, *others, realistic=False):
        law, words = broken(laws.recognition, known, ONE, Registry((known, *others)), realistic=realistic)
        assert law == "recognition"
        return words

    for known, others, realistic in [
        (marked, (), False),
        (by_marker, (), True),
        (marked, (claiming(Confidence.DIALECT),), True),
        (sniffing, (), True),
        (sniffing, (claiming(Confidence.HINT),), True),
        (plain, (), False),
        (plain, (claiming(Confidence.HINT),), False),
    ]:
        laws.recognition(known, ONE, Registry((known, *others)), realistic=realistic)
    assert said(attrs.evolve(LINES, magic=(b"OTHER",))).startswith("lines is not recognised: byte 0: No installed")
    assert said(attrs.evolve(by_marker, marker=(b"OTHER",))).startswith("lines is not recognised: ")
    assert said(plain, realistic=True).startswith("lines is not recognised: ")
    assert said(attrs.evolve(marked, magic=(b"OTHER",)), rival) == "lines is taken for rival (EXACT)."
    assert (
        said(attrs.evolve(marked, magic=(b"OTHER",)), claiming(Confidence.HINT)) == "lines is taken for greedy (HINT)."
    )
    assert said(attrs.evolve(sniffing, marker=(b"OTHER",))) == "lines is taken for lines (DIALECT)."
    greedy = claiming(Confidence.HINT)
    assert said(plain, greedy, realistic=True) == "lines is taken for greedy (it is greedy)."
    for confidence in (Confidence.CONTAINER, Confidence.DIALECT):
        assert said(plain, claiming(confidence)) == "lines is surely taken for greedy (it is greedy)."


def test_totality():
    laws.totality(LINES, b"LINES\nno cable\n")
    laws.totality(LINES, b"LINES\n" * 100_000)

    def failing(error):
        def reader(source, options, report):
            yield from read(source, options, report)
            raise error

        return attrs.evolve(LINES, reader=reader)

    laws.totality(failing(FormatError("It ends too early.", offset=3)), b"LINES\n")
    assert broken(laws.totality, failing(FormatError("")), b"LINES\n") == (
        "totality",
        "lines raises an error without words or position.",
    )
    assert broken(laws.totality, failing(KeyError("parts")), b"LINES\n") == (
        "totality",
        "lines raises PluginError: The reader of lines failed: KeyError: 'parts'",
    )


def test_totality_reads_the_very_bytes():
    seen = []

    def reader(source, options, report):
        assert options == Options()
        report.lost("cable", "it is none")
        seen.append(source.read())
        yield from ()

    known = attrs.evolve(LINES, reader=reader, options=Options)
    short, long = b"x", bytes(256 * 1024)
    laws.totality(known, short)
    laws.totality(known, long)
    assert seen == [short, long, long]


@pytest.mark.parametrize(
    ("seconds", "size", "holds"), [(1.0, 0, True), (1.1, 0, False), (1.9, 1, True), (2.1, 1, False)]
)
def test_totality_in_time(monkeypatch, seconds, size, holds):
    clock = iter([5.0, 5.0 + seconds] * 3)
    monkeypatch.setattr(laws.time, "process_time", lambda: next(clock))
    monkeypatch.setattr(laws, "_MEASURED_FROM", 4_000_000)
    data = bytes(size * 1024 * 1024)
    if holds:
        laws.totality(LINES, data)
    else:
        assert broken(laws.totality, LINES, data) == ("totality", f"lines takes {seconds:.1f} s for {size}.00 MB.")


def test_what_takes_long_only_twice_was_the_machine(monkeypatch):
    clock = iter([5.0, 6.1, 7.0, 8.1, 9.0, 10.0])
    monkeypatch.setattr(laws.time, "process_time", lambda: next(clock))
    laws.totality(LINES, b"")
    assert list(clock) == []


@pytest.mark.parametrize(("peak", "holds"), [(64 + 50 * 2, True), (64 + 50 * 2 + 1, False)])
def test_totality_in_memory(monkeypatch, peak, holds):
    data = bytes(2 * 1024 * 1024)
    monkeypatch.setattr(laws.tracemalloc, "get_traced_memory", lambda: (0, peak * 1024 * 1024))
    if holds:
        laws.totality(LINES, data)
    else:
        assert broken(laws.totality, LINES, data) == ("totality", f"lines takes {peak} MB of memory for 2.00 MB.")
    assert not laws.tracemalloc.is_tracing()


@pytest.mark.parametrize(("size", "measured"), [(256 * 1024 - 1, False), (256 * 1024, True)])
def test_memory_is_measured_where_it_can_run_out(monkeypatch, size, measured):
    monkeypatch.setattr(laws.tracemalloc, "get_traced_memory", lambda: (0, 1 << 40))
    if measured:
        assert broken(laws.totality, LINES, bytes(size))[0] == "totality"
    else:
        laws.totality(LINES, bytes(size))


def test_determinism():
    laws.determinism(LINES, (ONE, TWO))
    words = ("determinism", "lines gives other bytes the second time, or in another thread.")
    counts = itertools.count()
    for change in (lambda: str(next(counts)), lambda: threading.current_thread().name):

        def noting(cable, change=change):
            return attrs.evolve(cable, record=attrs.evolve(cable.record, rights=change()))

        assert broken(laws.determinism, writing(noting), (ONE,)) == words
    for odd in range(3):  # one of the three writings differs
        counts = itertools.count()

        def once(cable, odd=odd, counts=counts):
            return american(cable) if next(counts) == odd else cable

        assert broken(laws.determinism, writing(once), (THREE,)) == words
    kept = {id(ONE)}
    assert broken(laws.determinism, writing(lambda cable: cable if id(cable) in kept else loud(cable)), (ONE,)) == words


def test_determinism_of_reading():
    data, _ = laws.written(LINES, (ONE, TWO))
    laws.determinism_of_reading(LINES, data)
    laws.determinism_of_reading(LINES, b"LINES\nno cable\n")
    counts = itertools.count()
    counting = reading(lambda cables: [attrs.evolve(cable, grammar=f"g{next(counts)}") for cable in cables])
    assert broken(laws.determinism_of_reading, counting, data) == (
        "determinism",
        "lines reads other cables the second time.",
    )


class Done:
    def __init__(self, returncode, stdout=b"", stderr=b""):
        self.returncode, self.stdout, self.stderr = returncode, stdout, stderr


def test_determinism_elsewhere(monkeypatch):
    known = attrs.evolve(LINES, name="jsonl", writer="cableformat.builtin.json_lines:write")
    laws.determinism_elsewhere(known, (ONE, TWO))
    assert broken(laws.determinism_elsewhere, attrs.evolve(known, writer=write), (ONE, TWO)) == (
        "determinism",
        "jsonl gives other bytes in another process.",
    )
    law, words = broken(laws.determinism_elsewhere, LINES, (ONE,))
    assert law == "determinism"
    assert words.startswith("lines fails in another process: cableformat.errors.UnknownFormatError: ")
    asked = []
    run = laws.subprocess.run

    def watched(command, **keywords):
        asked.append(keywords["env"])
        return (
            run(command, **keywords) if keywords["env"]["PYTHONHASHSEED"] == "0" else Done(1, stderr=b"one\n\xfftwo\n")
        )

    monkeypatch.setattr(laws.subprocess, "run", watched)
    monkeypatch.setenv("ORLEO", "here")
    assert broken(laws.determinism_elsewhere, known, (ONE,)) == (
        "determinism",
        "jsonl fails in another process: \ufffdtwo",
    )
    assert [(env["PYTHONHASHSEED"], env["ORLEO"]) for env in asked] == [("0", "here"), ("1", "here")]


def test_options_reach_the_writer_each_time():
    def writer(cables, sink, options, report):
        changed = [attrs.evolve(cable, grammar=options.grammar) for cable in cables]
        write(changed, sink, options, report)

    def reader(source, options, report):
        assert options == Options()
        yield from read(source, options, report)

    known = attrs.evolve(LINES, writer=writer, reader=reader, options=Options)
    for law in (laws.round_trip, laws.honesty):
        law(known, (ONE,))
        law(known, (THREE,), {"grammar": "uk"})
        assert broken(law, known, (ONE,), {"grammar": "uk"})
    for law in (laws.stability, laws.determinism):
        law(known, (ONE,))
        law(known, (ONE,), {"grammar": "uk"})
