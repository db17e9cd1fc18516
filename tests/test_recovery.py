"""Law 11: what was composed is read back, also with artefacts in it."""

from __future__ import annotations

import re

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cableformat import Cable, Mark
from cableformat.telegram import recovered
from cableformat.telegram.blocks import ArtefactKind
from cableformat.telegram.specification import ParagraphSpec, PassageSpec, ReferenceSpec, Specification
from cableformat.testing import Injection, LawError, injections, possible_injections, recovery, specs

CLASSIFIED = Specification(classification="CONFIDENTIAL", classified_by="Ines Halloway")


@given(specs())
@example(attrs.evolve(CLASSIFIED, paragraphs=(ParagraphSpec("Talks went on.", mark="C", items=("-- two weeks;",)),)))
@example(attrs.evolve(CLASSIFIED, paragraphs=(ParagraphSpec("IS THIS A QUESTION? IT IS, HE SAID.", mark="C"),)))
@example(
    Specification(
        year=1966,
        references=(ReferenceSpec("00PORTMERIDIAN1"),),
        paragraphs=(ParagraphSpec("IS THIS A QUESTION? IT IS, HE SAID.", mark="C", items=("-- two more weeks;",)),),
    )
)
def test_every_field_comes_back(spec):
    recovery(spec)


@given(specs(), st.data())
def test_every_field_comes_back_with_an_artefact(spec, data):
    recovery(spec, data.draw(injections(spec)))


SPEC = Specification(
    post="PORT MERIDIAN",
    serial=117,
    year=2031,
    classification="CONFIDENTIAL",
    captions=("SIPDIS",),
    declassification="OADR",
    tags=("PREL", "EWWT"),
    subject="HARBOR TALKS",
    classified_by="Ines Halloway",
    paragraphs=(
        ParagraphSpec(
            PassageSpec("summary", "Secretary Halloway spoke with Minister Orleo, who (as he said) was in a hurry."),
            number=1,
            mark="C",
        ),
        ParagraphSpec(
            "The port authority agrees with the plan, but it will not pay for the dredging of the outer basin.",
            number=2,
            mark="C",
        ),
    ),
    signed_by="HALLOWAY",
)


def test_each_kind_of_artefact_can_stand_in_it():
    kinds = [kind[0].kind for kind in possible_injections(SPEC, Cable.compose(SPEC))]
    assert {"pager", "pager_inline", "page_break", "sipdis_echo", "repeated_header", "stamp"} <= set(kinds)
    assert {"class_echo", "interruption"} <= set(kinds)
    assert {kind.removesuffix("_inline") for kind in kinds} - set(ArtefactKind) == {"class_echo"}


def test_every_artefact_at_every_place():
    for kind in possible_injections(SPEC, Cable.compose(SPEC)):
        for artefact in kind:
            recovery(SPEC, artefact)


def test_a_stamp_in_the_last_sentence_makes_no_signature_of_its_last_word():
    words = "IS THIS A QUESTION? IT IS, HE SAID."
    spec = Specification(classification="UNCLASSIFIED", paragraphs=(ParagraphSpec(f"{words} {words}"),))
    stamp = "Declassified/Released US Department of State EO Systematic Review 05 JUL 2036\n"
    at = Cable.compose(spec).text.rindex("SAID.")
    recovery(spec, Injection("stamp", stamp, (at, at)))
    signed = f"UNCLASSIFIED\n\n{words} {words}\n{stamp}HALLOWAY.\n"
    assert Cable.from_text(signed).signed_by == ("HALLOWAY",)


def test_where_a_paragraph_may_as_well_end_is_no_place_for_an_echo():
    sentence = (
        "Secretary Halloway and the Secretary General sent confidential letters to both; secret ballots followed."
    )
    behind = "Paragraph 12. of the treaty, and part A. of its annex, are still - as in 2030 - not ratified."
    text = f"{sentence} {behind}"
    for spec, places in (
        (attrs.evolve(CLASSIFIED, paragraphs=(ParagraphSpec(text, mark="U"),)), False),
        (attrs.evolve(CLASSIFIED, paragraphs=(ParagraphSpec(text, mark="U", number=1),)), True),
    ):
        cable = Cable.compose(spec)
        echoes = [one for kind in possible_injections(spec, cable) for one in kind if one.kind == "sipdis_echo"]
        assert any(one.text.strip().startswith("confidential") for one in echoes) is places
        for echo in echoes:
            recovery(spec, echo)


def test_what_is_no_artefact_breaks_the_law():
    cable = Cable.compose(SPEC)
    end = cable.paragraphs[1].where.end
    (pager, *_), *_ = [kind for kind in possible_injections(SPEC, cable) if kind[0].kind == "pager"]
    for artefact, words in [
        (Injection("class_echo", " And more.", (end, end)), f" behind the class_echo ' And more.' at ({end}, {end})."),
        (Injection("class_echo", "\n\n3. (U) More.", (end, end)), "'3. (U) More.'] behind the class_echo"),
        (Injection("pager", "\n\n", (end, end)), f"recovery: the pager '\\n\\n' at ({end}, {end}) is not seen."),
        (Injection("pager_inline", "", (end, end)), f"recovery: the pager '' at ({end}, {end}) is not seen."),
        (attrs.evolve(pager, kind="stamp"), "recovery: the stamp "),
    ]:
        with pytest.raises(LawError, match=re.escape(words)) as caught:
            recovery(SPEC, artefact)
        assert caught.value.law == "recovery"


def test_a_specification_that_is_read_otherwise_breaks_the_law():
    with pytest.raises(LawError, match="passages") as caught:
        recovery(attrs.evolve(SPEC, paragraphs=ParagraphSpec("Comment: he is in a hurry.", number=1)))
    assert caught.value.law == "recovery"


def test_what_is_composed_otherwise_breaks_the_law(monkeypatch):
    cable = Cable.compose(SPEC)
    headers = [kind for kind in possible_injections(SPEC, cable) if kind[0].kind == "repeated_header"]
    asked = attrs.evolve(SPEC, subject="HARBOR", tags=("PREL",))
    monkeypatch.setattr(Cable, "compose", staticmethod(lambda _: cable))
    lost = "; ".join(map(str, recovered.unrecovered(asked, cable.telegram)))
    assert ("tags" in lost, "subject" in lost) == (True, True)
    with pytest.raises(LawError) as caught:
        recovery(asked)
    assert str(caught.value) == f"recovery: {lost}."
    with pytest.raises(LawError, match="subject.* behind the repeated_header"):
        recovery(asked, headers[0][0])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("created", None),
        ("captions", ("NOFORN",)),
        ("classification", "SECRET"),
        ("serial", 118),
        ("year", 2032),
        ("order", 12356),
        ("declassification", "N/A"),
        ("tags", ("PREL",)),
        ("subject", "HARBOR"),
        ("reasons", ("1.4(b)",)),
        ("references", ("31LOWHARBOR98",)),
        ("classified_by", ("Ines Orleo",)),
        ("sender", "AMEMBASSY PORT MERIDIAN"),
        ("recipients", ("SECSTATE WASHDC",)),
        ("info_recipients", ("SECSTATE WASHDC",)),
        ("transmission_id", "VZCZCXYZ0015"),
        ("routes", ("RUEHC",)),
        ("sections", 2),
        ("signed_by", ("ORLEO",)),
        ("paragraphs", SPEC.paragraphs[:1]),
        ("paragraphs", (attrs.evolve(SPEC.paragraphs[0], mark=Mark("S")), SPEC.paragraphs[1])),
        ("paragraphs", (attrs.evolve(SPEC.paragraphs[0], heading="Talks"), SPEC.paragraphs[1])),
        ("paragraphs", (attrs.evolve(SPEC.paragraphs[0], number=3), SPEC.paragraphs[1])),
    ],
)
def test_each_field_is_compared(field, value):
    """A comparison that cannot fail proves nothing."""
    telegram = Cable.compose(SPEC).telegram
    assert recovered.unrecovered(SPEC, telegram) == []
    lost = recovered.unrecovered(attrs.evolve(SPEC, **{field: value}), telegram)
    assert bool(lost) is (field != "created")
