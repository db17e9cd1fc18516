"""Laws 1, 2 and 9 by themselves: what they say of one fault in the codec or in a cable."""

from __future__ import annotations

import inspect
import itertools

import attrs
import pytest

from cableformat import Cable, Part, Record, Span, dumps, loads
from cableformat.testing import LawError, laws

ONE = Cable.from_text("1. (C) Orleo agrees.\n", created="2031")
TWO = Cable.from_text("2. (C) Halloway does not.\n", reference_id="31PORTMERIDIAN117")
THREE = attrs.evolve(ONE, grammar="uk")


def broken(call, *arguments):
    """What the law says that these break."""
    with pytest.raises(LawError) as caught:
        call(*arguments)
    law, _, words = str(caught.value).partition(": ")
    assert caught.value.law == law
    return law, words


def test_codec(monkeypatch):
    laws.codec(ONE)
    for compact in (False, True):

        def forgetful(data, compact=compact):
            cable = loads(data)
            return attrs.evolve(cable, grammar="us") if (b'\n  "' not in data) == compact else cable

        monkeypatch.setattr(laws, "loads", forgetful)
        laws.codec(ONE)
        assert broken(laws.codec, THREE) == ("codec", "loads(dumps(c)) differs at grammar (altered).")
    monkeypatch.setattr(laws, "loads", loads)
    for compact in (False, True):
        count = itertools.count()

        def restless(cable, *, compact, count=count, restless=compact):
            return dumps(cable, compact=compact) + b" " * (next(count) if compact == restless else 0)

        monkeypatch.setattr(laws, "dumps", restless)
        assert broken(laws.codec, ONE) == ("codec", "the bytes change when what was loaded is dumped again.")


def test_codec_tells_apart(monkeypatch):
    laws.codec_tells_apart(ONE, loads(dumps(ONE)))
    laws.codec_tells_apart(ONE, TWO)
    with monkeypatch.context() as patch:
        patch.setattr(laws, "hash", id, raising=False)
        laws.codec_tells_apart(ONE, TWO)
        assert broken(laws.codec_tells_apart, ONE, loads(dumps(ONE))) == ("codec", "equal cables have unequal hashes.")
    with monkeypatch.context() as patch:
        patch.setattr(laws, "diff", lambda *_: ())
        said = broken(laws.codec_tells_apart, ONE, TWO)
        assert said == ("codec", "diff is empty for unequal cables, or not empty for equal ones.")
        patch.setattr(laws, "diff", lambda *_: (("lost", "grammar"),))
        assert broken(laws.codec_tells_apart, ONE, ONE) == said
    count = itertools.count()
    for same in (lambda _: b"", lambda _: str(next(count)).encode()):
        monkeypatch.setattr(laws, "dumps", same)
        other = TWO if same(ONE) == b"" else ONE
        assert broken(laws.codec_tells_apart, ONE, other) == (
            "codec",
            "equal bytes for unequal cables, or unequal bytes for equal ones.",
        )


def understood(text, change):
    """A cable whose telegram is not what its text says."""
    cable = Cable(parts=(Part("body", "body", text), Part("note", "note", "kept")))
    object.__setattr__(cable, "telegram", change(cable.telegram))
    return cable


def shifted(telegram, where, start, end):
    blocks = list(telegram.blocks)
    blocks[where] = attrs.evolve(blocks[where], start=blocks[where].start + start, end=blocks[where].end + end)
    return attrs.evolve(telegram, blocks=tuple(blocks))


def test_tiling():
    text = "UNCLAS PORT MERIDIAN 000117\n\n1. Orleo agrees.\n"
    cable = understood(text, lambda telegram: telegram)
    laws.tiling(cable)
    assert len(cable.telegram.blocks) > 2
    assert broken(laws.tiling, understood(text, lambda t: attrs.evolve(t, blocks=t.blocks[1:]))) == (
        "tiling",
        "the blocks of body do not join to its text.",
    )
    assert broken(laws.tiling, understood(text, lambda t: attrs.evolve(t, blocks=t.blocks[:-1]))) == (
        "tiling",
        "the blocks of note do not join to its text.",
    )

    def empty_between(telegram):
        first, *others = telegram.blocks
        return attrs.evolve(telegram, blocks=(first, attrs.evolve(first, start=first.end), *others))

    def moved(telegram):  # the same characters, from elsewhere
        first, second, *others = telegram.blocks
        part = attrs.evolve(second.part, text=f"x{second.part.text}")
        return attrs.evolve(
            telegram,
            blocks=(first, attrs.evolve(second, part=part, start=second.start + 1, end=second.end + 1), *others),
        )

    for change in (empty_between, moved):
        law, words = broken(laws.tiling, understood(text, change))
        assert law == "tiling"
        assert words.startswith("a block of body is body:")
        assert words.endswith(f"after one that ends at {cable.telegram.blocks[0].end}.")


def test_tiling_of_values():
    text = "UNCLAS PORT MERIDIAN 000117\n\n1. Orleo agrees.\n"

    def misread(telegram):
        object.__setattr__(telegram, "classification", attrs.evolve(telegram.classification, raw="SECRET"))
        return telegram

    law, words = broken(laws.tiling, understood(text, misread))
    assert law == "tiling"
    assert words == "classification says 'SECRET' and 'UNCLAS' stands at body:0-6."
    cable = Cable(Record(subject="HARBOR TALKS"))
    laws.tiling(cable)
    assert ("subject", "HARBOR TALKS", "record.subject") in list(laws.traced(cable))


HEADER = """040912Z MAR 31
FM AMEMBASSY PORT MERIDIAN
TO SECSTATE WASHDC
INFO AMEMBASSY LOW HARBOR
"""
BODY = """C O N F I D E N T I A L PORT MERIDIAN 000117

SIPDIS

E.O. 13526: DECL: 03/04/2041
TAGS: PREL, EWWT
SUBJECT: HARBOR TALKS
REF: 31 LOWHARBOR 98

Classified By: Ines Halloway, for reasons 1.4 (b) and (d).

1. (C) Summary: Orleo agrees. End summary.

2. (C) The port authority
PORT MERI 00000117  002 OF 002
agrees, too.

HALLOWAY
"""


def test_everything_that_stands_somewhere_is_traced(example):
    cable = Cable.from_text(BODY, header=HEADER)
    laws.tiling(cable)
    names = [name for name, _, _ in laws.traced(cable)]
    assert (names.count("tags"), names.count("paragraph"), names.count("artefacts")) == (2, 2, 1)
    assert "is_partial" in [name for name, _, _ in laws.traced(example)]
    for name, value in inspect.getmembers(cable.telegram):
        values = value if isinstance(value, tuple) else (value,)
        if any(hasattr(one, "raw") and hasattr(one, "where") for one in values):
            assert names.count(name) == len(values), name


@attrs.frozen(eq=False)
class Entangled(Cable):
    """A cable whose edits shorten another part, too."""

    def edit(self, where, text):
        edited = Cable.edit(self, where, text)
        cut = [part if part.id == where.part else attrs.evolve(part, text=part.text[1:]) for part in edited.parts]
        return attrs.evolve(edited, parts=tuple(cut))


def test_locality():
    parts = (Part("body", "body", "1. (C) Orleo agrees.\n"), Part("note", "note", "kept"))
    laws.locality(Cable(parts=parts), "body", "2. (S) Halloway does not.\n")
    cable = Entangled(parts=parts)
    assert broken(laws.locality, cable, "body", "") == ("locality", "editing body changes the blocks of note.")
    assert broken(laws.locality, cable, "note", "") == ("locality", "editing note changes the blocks of body.")
    edits = []

    def noted(self, where, text):
        edits.append((where, text))
        return Cable.edit(self, where, text)

    cable = type("Noted", (Cable,), {"edit": noted})(parts=parts)
    laws.locality(cable, "note", "new")
    assert edits == [(Span("note", 0, 4), "new")]
