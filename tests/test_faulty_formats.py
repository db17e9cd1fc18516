"""A law that cannot fail is worthless: formats with one fault each, every one of which a law catches."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import os
import re
import time
import zlib

import attrs
import pytest

from cableformat import Cable, Format, FormatError, Piece, Report, Source, dumps, fields, loads
from cableformat.builtin import BUILTIN_FORMATS
from cableformat.fidelity import MODEL, NONE
from cableformat.registry import Confidence, Registry, Sink
from cableformat.testing import LAWS, PROFILES, check_format
from cableformat.testing.visible import one_by_one

_counter = itertools.count()


def read(source, options, report):
    yield loads(source.read().partition(b"\n")[2])


def write(cables, sink, options, report):
    for cable in cables:
        sink.write(b"FAULTLESS\n" + dumps(cable))


FAULTLESS = Format(
    name="faultless",
    title="Keeps all",
    magic=(b"FAULTLESS\n",),
    reader=read,
    writer=write,
    keeps=MODEL,
    replays=False,
)


def writing(change, **fields_of_format):
    """The faultless format, but that it writes a changed cable."""

    def changed(cables, sink, options, report):
        write((change(cable) for cable in cables), sink, options, report)

    return attrs.evolve(FAULTLESS, writer=changed, **fields_of_format)


def each_text(change):
    return lambda cable: attrs.evolve(
        cable, parts=tuple(attrs.evolve(part, text=change(part.text)) for part in cable.parts), annotations=()
    )


def _reports_a_loss_that_did_not_happen(cables, sink, options, report):
    for cable in cables:
        report.lost("record.rights", "cried for nothing")
        write((cable,), sink, options, Report())


def _reports_it_twice(cables, sink, options, report):
    for cable in cables:
        write((attrs.evolve(cable, grammar="us"),), sink, options, report)
        if cable.grammar != "us":
            report.altered("grammar", "once")
            report.altered("grammar", "and again")


def _calls_words_white_space(cables, sink, options, report):
    for cable in cables:
        write((attrs.evolve(cable, grammar="us"),), sink, options, Report())
        if cable.grammar != "us":
            report.altered("grammar", "it knows one", layout=True)


def _writes_bare(cables, sink, options, report):
    for cable in cables:
        sink.write(dumps(cable))


def _reads_bare(source, options, report):
    yield loads(source.read())


def _counts(cables, sink, options, report):
    for cable in cables:
        write((cable,), sink, options, report)
        sink.write(b" " * (next(_counter) % 7))


def _grows(source, options, report):
    for cable in read(source, options, report):
        yield attrs.evolve(cable, record=attrs.evolve(cable.record, rights=f"{cable.record.rights or ''}!"))


def _raises(source, options, report):
    for cable in read(source, options, report):
        if not cable.parts:
            raise KeyError("parts")
        yield cable


def _raises_without_words(source, options, report):
    raise FormatError("")
    yield


def _gives_text(source, options, report):
    yield "a cable"


def _hoards(source, options, report):
    size = source.size
    hoard = [bytes(64 * 1024 * 1024), bytes(60 * size)]
    yield from read(source, options, report)
    hoard.clear()


def _dawdles(source, options, report):
    started = time.process_time()
    while time.process_time() - started < 1.3:
        pass
    yield from read(source, options, report)


def _hangs(source, options, report):
    yield from read(source, options, report)
    while True:
        time.sleep(1)


def _prints(source, options, report):
    print("reading")  # noqa: T201 - the fault
    yield from read(source, options, report)


def _prints_past_python(cables, sink, options, report):
    os.write(1, b"writing")
    write(cables, sink, options, report)


def _exits(source, options, report):
    raise SystemExit("no more")
    yield


def _changes_its_input(cables, sink, options, report):
    for cable in cables:
        write((cable,), sink, options, report)
        object.__setattr__(cable, "grammar", "uk")


def _gives_none(source, options, report):
    return None


def _gives_a_lone_surrogate(source, options, report):
    for cable in read(source, options, report):
        record = attrs.evolve(cable.record)
        object.__setattr__(record, "origin", "\ud800")
        yield attrs.evolve(cable, record=record)


def _gives_another_structure(source, options, report):
    for cable in read(source, options, report):
        object.__setattr__(cable, "telegram", Cable.from_text("UNCLAS PORT MERIDIAN 000117\n").telegram)
        yield cable


@attrs.frozen(eq=False)
class Entangled(Cable):
    """A cable whose edits reach into other parts."""

    def edit(self, where, text):  # noqa: ARG002 - the signature of a cable's
        return attrs.evolve(
            self, parts=tuple(attrs.evolve(part, text=f"{text}{part.text}") for part in self.parts), annotations=()
        )


def _entangles(source, options, report):
    for cable in read(source, options, report):
        yield Entangled(cable.record, cable.parts, cable.annotations, cable.extensions, cable.source, cable.grammar)


def _changes_on_replay(source, options, report):
    data = source.read().partition(b"\n")[2]
    yield loads(data.replace(b" \n", b"\n"))


@attrs.frozen
class Embed:
    embed: bool = True


def _page(cable, *, embed):
    seen = [[part.id, part.role, part.text] for part in cable.parts]
    return json.dumps({"seen": seen, "copy": dumps(cable).hex() if embed else None}).encode()


def write_page(cables, sink, options, report):
    for cable in cables:
        data = b"PAGE\n" + _page(cable, embed=options.embed)
        sink.write(data)
        if not options.embed:
            (back,) = read_page(_Bytes(data), options, Report())
            report.differences(cable, back, "not visible")


class _Bytes:
    def __init__(self, data):
        self.data = data

    def read(self):
        return self.data


def _seen(data):
    from cableformat import Part

    return tuple(Part(*part) for part in json.loads(data)["seen"])


def read_page(source, options, report):
    data = source.read()
    if not data.startswith(b"PAGE\n"):
        raise FormatError("No page.", offset=0)
    try:
        page, parts = json.loads(data[5:]), _seen(data[5:])
        copy = None if page["copy"] is None else loads(bytes.fromhex(page["copy"]))
    except Exception as error:
        raise FormatError(f"Not a page: {error}.", offset=5) from error
    if copy is None:
        yield Cable(parts=parts)
    elif copy.parts == parts:
        yield copy
    else:
        cable = Cable(parts=parts)
        report.differences(copy, cable, "the text was edited")
        yield cable


PAGE = Format(
    name="page",
    title="Shows the parts, and holds a copy",
    magic=(b"PAGE\n",),
    reader=read_page,
    writer=write_page,
    keeps=MODEL,
    visible=fields("parts"),
    options=Embed,
)


def _rows(source):
    """The lines behind the mark, each with its number in the file that this may be a piece of."""
    mark, *lines = source.read().splitlines(keepends=True) or [b""]
    if mark != b"ROWS\n":
        raise FormatError("No rows.", offset=0)
    return enumerate(lines, source.first_line + 1)


def read_rows(source, options, report):
    for number, line in _rows(source):
        try:
            cable = loads(line)
        except FormatError:
            report.skipped(f"line {number}", "it is no cable")
            continue
        yield cable


def write_rows(cables, sink, options, report):
    sink.write(b"ROWS\n")
    for cable in cables:
        sink.write(dumps(cable, compact=True))


def split_rows(source, size):
    held, first = [], 1
    for number, line in _rows(source):
        held.append(line)
        if sum(map(len, held)) >= size:
            yield Piece(b"ROWS\n" + b"".join(held), first)
            held, first = [], number
    if held:
        yield Piece(b"ROWS\n" + b"".join(held), first)


def join_rows(sources, sink, options):
    sink.write(b"ROWS\n")
    for source in sources:
        sink.write(source.read().removeprefix(b"ROWS\n"))


ROWS = Format(
    name="rows",
    title="A cable a line",
    magic=(b"ROWS\n",),
    reader=read_rows,
    writer=write_rows,
    splitter=split_rows,
    joiner=join_rows,
    cardinality="many",
    keeps=MODEL,
)


def cutting(change):
    """Rows, but that the pieces are changed."""
    return attrs.evolve(ROWS, splitter=lambda source, size: change(list(split_rows(source, size))))


def _counts_from_its_own_start(source, options, report):
    source.first_line = 1
    yield from read_rows(source, options, report)


def _hashes_the_piece(source, options, report):
    digest = hashlib.sha256(source.read()).hexdigest()
    for cable in read_rows(source, options, report):
        yield attrs.evolve(cable, source=Source("rows", sha256=digest))


def _notices_the_piece(source, options, report):
    if source.first_line > 1:
        report.added("source", "it is a piece")
    yield from read_rows(source, options, report)


def _joins_as_they_are(sources, sink, options):
    for source in sources:
        sink.write(source.read())


def _packed(data):
    return b"PACK\n" + zlib.compress(data)


def _unpacked(data):
    try:
        return zlib.decompress(data.removeprefix(b"PACK\n"))
    except zlib.error as error:
        raise FormatError(f"Not packed: {error}.", offset=5) from error


def write_packed(cables, sink, options, report):
    out = io.BytesIO()
    write_page(cables, Sink(out), options, report)
    sink.write(_packed(out.getvalue()))


def read_packed(source, options, report):
    yield from read_page(_Bytes(_unpacked(source.read())), options, report)


def edits_of_packed(data, old, new):
    for edited in one_by_one(_unpacked(data), old, new):
        yield _packed(edited)


PACKED = attrs.evolve(
    PAGE, name="packed", magic=(b"PACK\n",), reader=read_packed, writer=write_packed, edits=edits_of_packed
)


def _trusts_the_packed_copy(source, options, report):
    yield from _trusts_the_copy(_Bytes(_unpacked(source.read())), options, report)


def _trusts_the_copy(source, options, report):
    page = json.loads(source.read()[5:])
    yield loads(bytes.fromhex(page["copy"])) if page["copy"] else Cable(parts=_seen(json.dumps(page)))


def _takes_the_edit_in_silence(source, options, report):
    yield from read_page(source, options, Report())


def _embeds_all_the_same(cables, sink, options, report):
    write_page(cables, sink, Embed(embed=True), report)


def _leaves_a_trace(cables, sink, options, report):
    for cable in cables:
        write_page((cable,), sink, options, report)
        sink.write(b" " + dict(cable.extensions).get("kit.hidden", "").encode())


FAULTS = {
    "drops a trailing blank": ("round trip", writing(each_text(lambda text: text.removesuffix(" ")))),
    "turns CRLF into LF": ("round trip", writing(each_text(lambda text: text.replace("\r\n", "\n")))),
    "forgets an annotation": (
        "round trip",
        writing(lambda cable: attrs.evolve(cable, annotations=cable.annotations[1:])),
    ),
    "takes None for nothing said": (
        "round trip",
        writing(lambda cable: attrs.evolve(cable, record=attrs.evolve(cable.record, origin=cable.record.origin or ""))),
    ),
    "says that it keeps the record and drops the extra": (
        "round trip",
        writing(
            lambda cable: attrs.evolve(cable, record=attrs.evolve(cable.record, extra=())),
            keeps=fields("record"),
        ),
    ),
    "loses the source in silence": (
        "honesty",
        writing(lambda cable: attrs.evolve(cable, source=None), keeps=fields("parts")),
    ),
    "cries wolf": ("honesty", attrs.evolve(FAULTLESS, writer=_reports_a_loss_that_did_not_happen)),
    "says it twice": ("honesty", attrs.evolve(FAULTLESS, writer=_reports_it_twice, keeps=fields("parts"))),
    "calls words white space": ("honesty", attrs.evolve(FAULTLESS, writer=_calls_words_white_space)),
    "grows with each trip": ("stability", attrs.evolve(FAULTLESS, reader=_grows, keeps=fields("parts"))),
    "is not whole in its changes": (
        "every pair",
        writing(
            lambda cable: attrs.evolve(cable, record=attrs.evolve(cable.record, url=None)),
            keeps=fields("parts"),
        ),
    ),
    "does not know its own": ("recognition", attrs.evolve(FAULTLESS, magic=(b"SOMETHING ELSE",))),
    "takes another's for its own": (
        "recognition",
        attrs.evolve(FAULTLESS, magic=(b"{",), writer=_writes_bare, reader=_reads_bare),
    ),
    "breaks on a cable without parts": ("totality", attrs.evolve(FAULTLESS, reader=_raises)),
    "has no words for bad input": ("totality", attrs.evolve(FAULTLESS, reader=_raises_without_words)),
    "gives text": ("totality", attrs.evolve(FAULTLESS, reader=_gives_text)),
    "gives nothing at all": ("totality", attrs.evolve(FAULTLESS, reader=_gives_none)),
    "takes memory without measure": ("totality", attrs.evolve(FAULTLESS, reader=_hoards)),
    "takes its time": ("totality", attrs.evolve(FAULTLESS, reader=_dawdles)),
    "exits": ("totality", attrs.evolve(FAULTLESS, reader=_exits)),
    "gives what JSON cannot say": ("codec", attrs.evolve(FAULTLESS, reader=_gives_a_lone_surrogate)),
    "gives the structure of another": ("tiling", attrs.evolve(FAULTLESS, reader=_gives_another_structure)),
    "entangles its parts": ("locality", attrs.evolve(FAULTLESS, reader=_entangles)),
    "writes what the clock says": ("determinism", attrs.evolve(FAULTLESS, writer=_counts)),
    "does not replay": (
        "replay",
        attrs.evolve(FAULTLESS, reader=_changes_on_replay, replays=True),
    ),
    "trusts the copy": ("visible truth", attrs.evolve(PAGE, reader=_trusts_the_copy)),
    "trusts the packed copy": ("visible truth", attrs.evolve(PACKED, reader=_trusts_the_packed_copy)),
    "hides its words and shows no edits": ("visible truth", attrs.evolve(PACKED, edits=None)),
    "takes an edit in silence": ("visible truth", attrs.evolve(PAGE, reader=_takes_the_edit_in_silence)),
    "embeds all the same": ("visible truth", attrs.evolve(PAGE, writer=_embeds_all_the_same)),
    "leaves a trace": ("visible truth", attrs.evolve(PAGE, writer=_leaves_a_trace)),
    "declares nothing visible": ("visible truth", attrs.evolve(PAGE, visible=NONE)),
    "loses its last piece": ("splitting", cutting(lambda pieces: pieces[:-1])),
    "gives a piece twice": ("splitting", cutting(lambda pieces: pieces + pieces[-1:])),
    "gives the pieces in another order": ("splitting", cutting(lambda pieces: pieces[::-1])),
    "cuts through a cable": (
        "splitting",
        cutting(lambda pieces: [attrs.evolve(piece, data=piece.data[:-9]) for piece in pieces]),
    ),
    "forgets the mark of a piece": (
        "splitting",
        cutting(lambda pieces: [attrs.evolve(piece, data=piece.data[5:]) for piece in pieces]),
    ),
    "does not cut": ("splitting", attrs.evolve(ROWS, splitter=lambda source, _: [Piece(source.read(), 1)])),
    "says that each piece is the first": (
        "splitting",
        cutting(lambda pieces: [attrs.evolve(piece, line=1) for piece in pieces]),
    ),
    "counts the lines of a piece": ("splitting", attrs.evolve(ROWS, reader=_counts_from_its_own_start)),
    "takes a piece for the file": ("splitting", attrs.evolve(ROWS, reader=_hashes_the_piece)),
    "says more of a piece": ("splitting", attrs.evolve(ROWS, reader=_notices_the_piece)),
    "joins files as they are": ("joining", attrs.evolve(ROWS, joiner=_joins_as_they_are)),
    "joins all but the first file": (
        "joining",
        attrs.evolve(ROWS, joiner=lambda sources, sink, options: join_rows(list(sources)[1:], sink, options)),
    ),
    "joins nothing to nothing": (
        "joining",
        attrs.evolve(ROWS, joiner=lambda sources, *rest: join_rows(found, *rest) if (found := list(sources)) else None),
    ),
    "mangles the subject": ("recovery", writing(each_text(lambda text: text.replace("SUBJECT", "SJBUECT")))),
}
"""Formats with one fault each, and the law that catches it."""

CONDUCT = {
    "hangs": attrs.evolve(FAULTLESS, reader=_hangs),
    "prints": attrs.evolve(FAULTLESS, reader=_prints),
    "prints past Python": attrs.evolve(FAULTLESS, writer=_prints_past_python),
    "exits": attrs.evolve(FAULTLESS, reader=_exits),
    "changes its input": attrs.evolve(FAULTLESS, writer=_changes_its_input),
    "gives text": attrs.evolve(FAULTLESS, reader=_gives_text),
    "gives nothing at all": attrs.evolve(FAULTLESS, reader=_gives_none),
}
"""Formats that misbehave, and what the kit says of them."""

SAID = {
    "hangs": "faultless hangs: no answer within 0.3 s",
    "prints": "faultless writes to standard output: 'reading",
    "prints past Python": "faultless writes to standard output: 'writing",
    "exits": "The reader of faultless failed: SystemExit: no more",
    "changes its input": "faultless changes the cable that it is given",
    "gives text": "The reader of faultless gave a str where a Cable was due",
    "gives nothing at all": "The reader of faultless failed: TypeError",
}

BESIDE = Registry(BUILTIN_FORMATS)
# More examples than quick has: of the rarest fault one in some thirty is a sign, and the search ends with the first.
QUICK = attrs.evolve(PROFILES["quick"], examples=400, shrink_seconds=2.0)


@pytest.mark.parametrize(("law", "known"), FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_is_caught_by_its_law(law, known):
    verdict = check_format(known, profile=QUICK, laws=[law], registry=BESIDE)
    (outcome,) = verdict.outcomes
    assert outcome.status == "broken"
    assert outcome.detail
    assert not verdict.passed


def test_between_them_the_faults_break_every_law():
    assert {law for law, _ in FAULTS.values()} == {law.name for law in LAWS}


@pytest.mark.parametrize("known", [FAULTLESS, PAGE, PACKED], ids=lambda known: known.name)
def test_the_faultless_formats_keep_every_law(known):
    verdict = check_format(known, profile=attrs.evolve(QUICK, examples=40), registry=BESIDE)
    assert verdict.passed, str(verdict)
    assert {outcome.status for outcome in verdict.outcomes} == {"holds", "does not apply"}


@pytest.mark.parametrize("fault", CONDUCT)
def test_misconduct_is_named_law_by_law_and_the_run_goes_on(fault, capfd):
    profile = attrs.evolve(QUICK, examples=5, example_seconds=0.3 if fault == "hangs" else 20.0)
    verdict = check_format(CONDUCT[fault], profile=profile, laws=["round trip", "stability"], registry=BESIDE)
    assert [outcome.status for outcome in verdict.outcomes] == ["broken", "broken"]
    for outcome in verdict.outcomes:
        assert SAID[fault] in outcome.detail
        assert outcome.example
    assert capfd.readouterr().out == ""


def test_a_failure_is_shown_on_a_short_cable():
    def unified(cable):
        parts = (attrs.evolve(part, text=part.text.replace("\r\n", "\n\n")) for part in cable.parts)
        return attrs.evolve(cable, parts=tuple(parts))

    verdict = check_format(writing(unified), laws=["round trip"], registry=BESIDE)
    (outcome,) = verdict.outcomes
    assert re.fullmatch(r"faultless says it keeps parts\[\S+\] \(altered\), and does not\.", outcome.detail)
    assert len(outcome.example) < 100
    (cable,) = eval(outcome.example, {name: getattr(__import__("cableformat"), name) for name in ("Cable", "Part")})  # noqa: S307 - that it is Python is what is tested
    assert "\r\n" in cable.parts[0].text


def test_an_expected_failure_passes_and_one_that_holds_does_not():
    known = FAULTS["turns CRLF into LF"][1]
    expected = {"round trip": "the layout knows one line end."}
    verdict = check_format(known, laws=["round_trip"], expected_failures=expected, registry=BESIDE)
    assert verdict.passed
    assert verdict.outcomes[0].status == "expected"
    assert "one line end" in str(verdict)
    verdict = check_format(FAULTLESS, laws=["round-trip"], expected_failures=expected, registry=BESIDE)
    assert not verdict.passed
    assert verdict.outcomes[0].status == "unexpected"


def test_confidence_is_ordinal():
    assert Confidence.HINT < Confidence.CONTAINER < Confidence.DIALECT < Confidence.EXACT


def test_the_faultless_rows_keep_the_laws_of_many():
    chosen = ["round trip", "stability", "totality", "splitting", "joining"]
    verdict = check_format(ROWS, profile=attrs.evolve(QUICK, examples=40), laws=chosen, registry=BESIDE)
    assert [(outcome.law, outcome.status) for outcome in verdict.outcomes] == [(law, "holds") for law in chosen]
