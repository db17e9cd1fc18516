"""A law that cannot fail is worthless: formats with one fault each, every one of which a law catches."""

from __future__ import annotations

import itertools

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cableformat import Cable, Format, FormatError, Part, Report, dumps, fields, loads
from cableformat.fidelity import MODEL
from cableformat.registry import Confidence, Registry
from cableformat.testing import LawError, cables, hostile_bytes, laws

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
    import time

    started = time.process_time()
    while time.process_time() - started < 1.3:
        pass
    yield from read(source, options, report)


BATCH = st.tuples(cables())
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
    "grows with each trip": ("stability", attrs.evolve(FAULTLESS, reader=_grows, keeps=fields("parts"))),
    "writes what the clock says": ("determinism", attrs.evolve(FAULTLESS, writer=_counts)),
    "does not know its own": ("recognition", attrs.evolve(FAULTLESS, magic=(b"SOMETHING ELSE",))),
    "takes its own for another's": ("recognition", attrs.evolve(FAULTLESS, magic=(b"FAULTLESS", b"{"))),
    "breaks on a cable without parts": ("totality", attrs.evolve(FAULTLESS, reader=_raises)),
    "has no words for bad input": ("totality", attrs.evolve(FAULTLESS, reader=_raises_without_words)),
    "gives no cable": ("totality", attrs.evolve(FAULTLESS, reader=_gives_text)),
    "takes memory without measure": ("totality", attrs.evolve(FAULTLESS, reader=_hoards)),
    "takes its time": ("totality", attrs.evolve(FAULTLESS, reader=_dawdles)),
    "is not whole in its changes": (
        "every pair",
        writing(
            lambda cable: attrs.evolve(cable, record=attrs.evolve(cable.record, url=None)),
            keeps=fields("parts"),
        ),
    ),
}

LARGE = b"FAULTLESS\n" + dumps(Cable(parts=(Part("body", "body", "x" * 300_000),)))


def judge(law, known, cable, noise):
    """Run one law over a format."""
    if law == "recognition":
        registry = Registry((known, attrs.evolve(FAULTLESS, name="other", magic=(b"{", b"FAULTLESS"), refines=None)))
        laws.recognition(known, cable, registry if "{" in str(known.magic) else Registry((known,)), realistic=False)
    elif law == "totality":
        for data in (noise, b"FAULTLESS\n" + dumps(cable), LARGE):
            laws.totality(known, data)
    elif law == "every pair":
        laws.every_pair(FAULTLESS, known, cable)
    else:
        {
            "round trip": laws.round_trip,
            "honesty": laws.honesty,
            "stability": laws.stability,
            "determinism": laws.determinism,
        }[law](known, (cable,))


@pytest.mark.parametrize(("law", "known"), FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_is_caught_by_its_law(law, known):
    @settings(max_examples=300, phases=[Phase.explicit, Phase.generate], database=None, derandomize=True)
    @given(cables(), hostile_bytes())
    def check(cable, noise):
        judge(law, known, cable, noise)

    with pytest.raises(LawError, match=f"^{law}: "):
        check()


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(cables(), hostile_bytes())
@pytest.mark.parametrize("law", sorted({law for law, _ in FAULTS.values()}))
def test_the_faultless_format_keeps_every_law(law, cable, noise):
    judge(law, FAULTLESS, cable, noise if law != "totality" else noise[:1000])


def test_confidence_is_ordinal():
    assert Confidence.HINT < Confidence.CONTAINER < Confidence.DIALECT < Confidence.EXACT
