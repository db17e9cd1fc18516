"""Law 12 by itself: what it says of a page with an embedded copy and one fault."""

from __future__ import annotations

import json
from itertools import islice

import attrs
import pytest

from cableformat import Annotation, Cable, Format, FormatError, Part, Record, Source, dumps, fields, loads
from cableformat.fidelity import NONE
from cableformat.testing import LawError
from cableformat.testing.visible import embeds, one_by_one, visible_truth

ONE = Cable(parts=(Part("text", "body", "1. (C) Orleo agrees.\n"), Part("note", "note", "kept")), extensions={"p": "1"})


@attrs.frozen
class Options:
    embed: bool = True


def parts_of(page):
    return tuple(Part(*part) for part in page["seen"])


def read(source, options, report):
    try:
        page = json.loads(source.read())
    except ValueError:
        raise FormatError("No page.", offset=0) from None
    seen = Cable(parts=parts_of(page))
    copy = seen if page["copy"] is None else loads(bytes.fromhex(page["copy"]))
    if copy.parts != seen.parts:
        report.differences(copy, seen, "the text was edited")
        copy = seen
    yield copy


def write(cables, sink, options, report):
    for cable in cables:
        seen = [[part.id, part.role, part.text] for part in cable.parts]
        sink.write(json.dumps({"seen": seen, "copy": dumps(cable).hex() if options.embed else None}).encode())


PAGE = Format(name="page", title="Shows the parts", reader=read, writer=write, visible=fields("parts"), options=Options)


def reading(change, **declared):
    """Reads the page as it is, with one fault in what it makes of the page and the cable."""

    def reader(source, options, report):
        data = source.read()
        yield from change(json.loads(data), report)

    return attrs.evolve(PAGE, reader=reader, **declared)


def writing(change, **declared):
    def writer(cables, sink, options, report):
        write(map(change, cables) if not options.embed else cables, sink, options, report)

    return attrs.evolve(PAGE, writer=writer, **declared)


def broken(known, cable=ONE, *edits):
    with pytest.raises(LawError) as caught:
        visible_truth(known, cable, *edits)
    assert caught.value.law == "visible truth"
    return str(caught.value).removeprefix("visible truth: ")


def test_which_formats_it_is_about():
    assert embeds(PAGE)
    assert not embeds(Format(name="plain", title="Embeds nothing"))


def test_each_occurrence_is_edited_once():
    assert list(islice(one_by_one(b"ab ab ab", "ab", "xyz"), 4)) == [b"xyz ab ab", b"ab xyz ab", b"ab ab xyz"]
    assert list(islice(one_by_one(b"aaa", "aa", "b"), 3)) == [b"ba", b"ab"]
    assert list(islice(one_by_one(b"c", "ab", "x"), 3)) == []


@pytest.mark.parametrize(
    "cable",
    [
        ONE,
        Cable(),
        Cable(parts=(Part("body", "note", "its id is taken"),)),
        attrs.evolve(ONE, annotations=(Annotation("note", 0, 2, "x"),)),
        attrs.evolve(ONE, parts=ONE.parts[::-1]),
    ],
)
def test_it_holds_for_a_page_that_shows_what_is_so(cable):
    visible_truth(PAGE, cable)


def test_the_words_stand_in_the_body_and_an_extension():
    seen = []

    def noted(cable):
        seen.append(cable)
        return cable

    visible_truth(writing(noted), attrs.evolve(ONE, annotations=(Annotation("note", 0, 2, "x"),)))
    (cable,) = seen
    assert [part.id for part in cable.parts] == ["text", "note"]
    assert cable.parts[0].text == "1. (C) Orleo agrees.\n\nQMERIDIANQ\n"
    assert cable.parts[1] == ONE.parts[1]
    assert cable.extensions == (("kit.hidden", '"XREDACTEDX"'), ("p", "1"))
    assert cable.annotations == ()
    visible_truth(writing(noted), Cable(parts=(ONE.parts[1], Part("body", "note", "its id is taken"))))
    assert seen[1].parts == (ONE.parts[1], Part("body", "body", "\nQMERIDIANQ\n"))


def test_without_the_copy():
    assert broken(attrs.evolve(PAGE, visible=NONE)) == (
        "page embeds a copy and declares nothing as visible (Format.visible)."
    )
    assert broken(reading(lambda *_: [])) == "page gives 0 cables for one, with embed off."
    shorter = writing(lambda cable: attrs.evolve(cable, parts=cable.parts[1:]))
    assert broken(shorter) == "page says it keeps parts[text] (lost) visible, and does not with embed off."
    many = attrs.evolve(ONE, parts=tuple(Part(f"p{i}", "note", "") for i in range(7)))
    words = broken(writing(lambda cable: attrs.evolve(cable, parts=())), many)
    assert "parts[p3] (lost), parts[p4] (lost) visible" in words
    assert words.count("(lost)") == 5
    elsewhere = fields("parts", domain=lambda cable: len(cable.parts) != 2)
    visible_truth(attrs.evolve(shorter, visible=elsewhere), ONE)


def test_nothing_is_left_that_is_not_visible():
    left = "page leaves an extension in the file with embed off."

    def words(cables, sink, options, report):
        (cable,) = cables
        seen = [[part.id, part.role, part.text] for part in cable.parts]
        hidden = None if options.embed else dict(cable.extensions)["kit.hidden"]
        copy = dumps(cable).hex() if options.embed else None
        sink.write(json.dumps({"seen": seen, "copy": copy, "hidden": hidden}).encode())

    assert broken(attrs.evolve(PAGE, writer=words)) == left
    declared = fields("parts", "extensions[kit.hidden]", domain=lambda cable: not cable.parts)
    visible_truth(attrs.evolve(PAGE, writer=words, visible=declared), ONE, editing)

    def named(page, report):
        seen = Cable(parts=parts_of(page), extensions={"kit.hidden": "0"})
        return [seen]

    assert broken(reading(named)) == left


def editing(data, old, new):
    """Edits what is seen."""
    page = json.loads(data)
    page["seen"] = [[i, role, text.replace(old, new)] for i, role, text in page["seen"]]
    yield json.dumps(page).encode()


def test_an_edit_is_the_truth():
    silent = reading(lambda page, _: [Cable(parts=parts_of(page))])
    assert broken(silent) == "after an edit page changes parts[text] in silence."
    assert broken(reading(lambda page, _: [Cable(parts=parts_of(page))] * (1 + ("ZM" in str(page))))) == (
        "page gives 2 cables after an edit."
    )

    def trusting(page, report):
        return [loads(bytes.fromhex(page["copy"])) if page["copy"] else Cable(parts=parts_of(page))]

    untrue = "page gives the embedded cable where the visible text was edited."
    assert broken(reading(trusting)) == untrue
    assert broken(PAGE, ONE, lambda *_: iter(())) == untrue
    assert broken(PAGE, ONE, lambda *_: iter((b"no page",))) == untrue
    assert broken(PAGE, ONE, lambda *_: iter((b'{"seen": [], "copy": null}',))).endswith(" in silence.")
    assert broken(reading(lambda page, _: [Cable(parts=parts_of(page))]), ONE, lambda data, *_: iter((data,))) == untrue
    visible_truth(PAGE, ONE, lambda data, old, new: iter((b"no page", *editing(data, old, new), data)))

    def elsewhere(page, report):  # the edited words stand in another part
        parts = parts_of(page)
        texts = [part.text for part in parts[1:]] + [parts[0].text]
        cable = Cable(parts=tuple(attrs.evolve(part, text=text) for part, text in zip(parts, texts, strict=True)))
        for part in parts if page["copy"] else ():
            report.altered(f"parts[{part.id}]", "they are turned round")
        return [cable if "ZM" in str(parts) else Cable(parts=parts)]

    assert broken(reading(elsewhere)) == untrue


def test_a_part_that_goes_missing_with_an_edit_was_not_read():
    def gone(page, report):
        parts = parts_of(page)
        if "ZM" in str(parts):
            for part in parts:
                report.lost(f"parts[{part.id}]", "it was edited")
            return [Cable()]
        return [Cable(parts=parts)]

    assert broken(reading(gone)) == "page gives the embedded cable where the visible text was edited."


def test_the_source_is_another_after_an_edit():
    def sourced(page, report):
        edited = "ZM" in str(page["seen"])
        report.altered("parts[text]", "it was edited")
        yield Cable(parts=parts_of(page), source=Source("page", name=str(edited)))

    visible_truth(reading(sourced), ONE)

    def dated(page, report):
        record = Record(created="2031") if "ZM" in str(page["seen"]) else Record()
        report.altered("parts[text]", "it was edited")
        yield Cable(record, parts_of(page))

    assert broken(reading(dated)) == "after an edit page changes record.created in silence."


def test_at_most_five_changes_are_named():
    def emptied(page, report):
        record = Record() if "ZM" in str(page["seen"]) else Record("1", "2", "3", "4", "5", "6", "7")
        yield Cable(record, parts_of(page))

    words = broken(reading(emptied))
    assert words.count("record.") == 5
    assert "record.reference_id, record.created" in words
