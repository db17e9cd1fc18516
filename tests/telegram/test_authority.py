from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableformat.telegram.authority import classified_by, reasons
from cableformat.telegram.values import Region
from cableformat.text import Part


def region(text):
    return Region(Part("body", "body", text), 0, len(text))


def stands(value, text):
    return value.raw == text[value.where.start : value.where.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Classified By: CDA Ada Marlowe, reasons\n1. 4 (B) and (D).", ["Ada Marlowe"]),
        ("Classified By: Ambassador Ada B. Marlowe, Jr. for reasons 1.4 (b)", ["Ada B. Marlowe, Jr."]),
        ("CLASSIFIED BY: MARLOWE ADA, AMBASSADOR; REASON: 1.4(B)", ["MARLOWE ADA"]),
        ("1. (U) CLASSIFIED BY DCM ADA MARLOWE - 1.5 B,D.", ["ADA MARLOWE"]),
        ("Classified By: Charge d'Affaires, a.i., Ada Marlowe\n\n1. (C) The Harbour Master", ["Ada Marlowe"]),
        ("Classified By: (U) Classified by A/DCM A.B. Marlowe. Reason: 1.4", ["A.B. Marlowe"]),
        ("Classified By: Ambasasdor Ada Marlowe for reasons 1.4 (b)", ["Ada Marlowe"]),
        (
            "Classified By: Minister Counselor for Economic and \nPolitical Affairs Ada Marlowe",
            ["Ada Marlowe"],
        ),
        ("Classified By: PRT Kirkuk Section Head Ada Marlowe for reasons 1.4", ["Ada Marlowe"]),
        ("Classified By: DCM Chad Marlowe, reasons 1.4", ["Chad Marlowe"]),
        ("Classified By: A/DCM Ada Major. Reason: 1.4", ["Ada Major"]),
        ("CLASSIFIED BY: DCM ADA B. POST; REASONS 1.4 (B)", ["ADA B. POST"]),
        ("Classified By: Ada B. Chief, Consul General, Reason 1.4 (d)", ["Ada B. Chief"]),
        ("Classified By: Under Secretary Ada Marlowe under 1.4 (b)", ["Ada Marlowe"]),
        (
            "CLASSIFIED BY AF ADA MARLOWE, ACTING AND S/CT DAS SAUL ORRIN; REASON: 1.4",
            ["ADA MARLOWE", "SAUL ORRIN"],
        ),
        ("Classified By: AMB:AMARLOWE, Reasons 1.4 (b)", ["AMARLOWE"]),
        ("Classified By: Political Counselor for reasons 1.4 (b)", []),
        ("CLASSIFIED BY SECTION 1.5 (B)\nAND (D).  THE TALKS GO ON.", []),
        ("Classified By: Ludwig van Marlowe, POLOFF", ["Ludwig van Marlowe"]),
        ("classified by: ambassador ada marlowe, reasons 1.4", ["ada marlowe"]),
        ("Classified By: PRT Kirkuk Team Leader Ada Marlowe for reasons 1.4", ["Ada Marlowe"]),
        ("Classified By: Ambassador to the Holy See Ada Marlowe, reasons 1.4", ["Ada Marlowe"]),
        ("CLASSIFIED BY: AMBASSADOR TO TRINIDAD AND TOBAGO, ADA MARLOWE, 1.4 (B)", ["ADA MARLOWE"]),
        ("CLASSIFIED BY: CG SAO PAULO ADA MARLOWE, REASON 1.4 (B)", ["ADA MARLOWE"]),
        ("Classified By: Charge de Affaires Ada de la Marlowe, reasons 1.4", ["Ada de la Marlowe"]),
        ("CLASSIFIED BY: DCM ADA FIELD. REASON: 1.4 (B)", ["ADA FIELD"]),
        ("CLASSIFIED BY: DMC ADA MARLOWE. REASON: 1.4 (B)", ["ADA MARLOWE"]),
        ("Classified By: ADA B. MARLOWE, Ambassador; Reason 1.4", ["ADA B. MARLOWE"]),
        ("Classified By: Ambassador Ada Marlowe, Jr.. Reason 1.4", ["Ada Marlowe, Jr."]),
        ("Classified By: Ambassador Ada Marlowe fpr reasons 1.4", ["Ada Marlowe"]),
        ("Classified By: Ambassador Ada Marlowe for rea sons 1.4", ["Ada Marlowe"]),
        ("Classified By: Ambassador Ada Marlowe.Reasons 1.4", ["Ada Marlowe"]),
        ("Classified By: AmbassadorAda Marlowe X1.4 (b)", ["Ada Marlowe"]),
        ("Classified By: Ambassador Ada LeMarlowe, 1.4", ["Ada LeMarlowe"]),
        ("CLASSIFIED BY: DCM ADA FOX FOR REASONS 1.4 (B)", ["ADA FOX"]),
        ("Classified By: CDA Ada Paris a.i., reasons 1.4", ["Ada Paris"]),
        ("Classified By: CDA a. i. Ada du Marlowe, reasons 1.4", ["Ada du Marlowe"]),
        ("Classified By: EUR/PRA-Ada Marlowe, reasons 1.4", ["Ada Marlowe"]),
        ("Classified By: Ada Marlowe/EUR. Reasons 1.4", ["Ada Marlowe"]),
        ("CLASSIFIED BY: ADA MARLOWE/NEA, REASONS 1.4", ["ADA MARLOWE"]),
        ("Classified By: Ada Marlowe (T), reasons 1.4", ["Ada Marlowe"]),
        ("Classified By: Ada Marlowe (TREASURY), reasons 1.4", ["Ada Marlowe"]),
        ("Classified By: Ada Kim-Marlowe, reasons 1.4", ["Ada Kim-Marlowe"]),
        ("CLASSIFIED BY: CHEIF OF MISSION ADA PARSONS, 1.4 (B)", ["ADA PARSONS"]),
        ("Classified By: Offficer Ada Medina Fields, reasons 1.4", ["Ada Medina Fields"]),
        ("Classified By: Ambassador to Saint Kitts and Nevis Ada Sawyer", ["Ada Sawyer"]),
        ("Classified By: Ambassador Chad B. Marlowe, reasons 1.4", ["Chad B. Marlowe"]),
        ("Classified By: Embassy Baku B. Marlowe, reasons 1.4", ["B. Marlowe"]),
        ("Classified By: Envoy for Sudan and Chad B. Marlowe, reasons 1.4", ["B. Marlowe"]),
        ("Classified By: DCM Georgia Marlowe, Jr., reasons 1.4", ["Georgia Marlowe, Jr."]),
        ("Classified By: DCM Ada Jordan, Jr. for reasons 1.4", ["Ada Jordan, Jr."]),
        ("Classified By: DCM Ada Jordan Marlowe, reasons 1.4", ["Ada Jordan Marlowe"]),
        ("CLASSIFIED BY: DCM T. SALVADOR MARLOWE, REASONS 1.4", ["T. SALVADOR MARLOWE"]),
        ("Classified By: DCM Ada B. Eason, resaons 1.4", ["Ada B. Eason"]),
        ("classified by: dcm ada b. ford for reasons 1.4 (b)", ["ada b. ford"]),
        ("classified by: dcm ada b. ford fro reasons 1.4 (b)", ["ada b. ford"]),
        ("Classified By: DCM Ada Marlowe fot reasons 1.4 (b)", ["Ada Marlowe"]),
        ("DERIVED FROM: DSCG 05-1", []),
        ("", []),
    ],
)
def test_who_classified(text, expected):
    assert [name.value for name in classified_by(region(text))] == expected


def test_a_line_as_wide_as_the_form_may_end_with_the_name():
    line = "Classified By: Provincial and Other Affairs Deputy Coordinator Ada Maro"
    assert len(line) == 71
    (name,) = classified_by(region(f"{line}\nfor reasons 1.4 (b)"))
    assert name.value == "Ada Maro"
    assert stands(name, line)


def test_a_name_that_the_form_broke_at_its_width_is_joined():
    line = "Classified By: Interagency Provincial Affairs Deputy Coordinator Ada Ma"
    assert len(line) == 71
    (name,) = classified_by(region(f"{line} \nrlowe for reasons 1.4 (b)"))
    assert (name.value, name.raw) == ("Ada Marlowe", "Ada Ma \nrlowe")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reasons 1.4 (b) and (d)", ["1.4(b)", "1.4(d)"]),
        ("REASON: 1.5 (B)", ["1.5(b)"]),
        ("1.4(b/d)", ["1.4(b)", "1.4(d)"]),
        ("1. 4 (B) and (D).", ["1.4(b)", "1.4(d)"]),
        ("1.4 (b,d)", ["1.4(b)", "1.4(d)"]),
        ("1.4 (b) through (d)", ["1.4(b)", "1.4(c)", "1.4(d)"]),
        ("1.4 a,b,and d", ["1.4(a)", "1.4(b)", "1.4(d)"]),
        ("1.4 (b) a \nnd (d)", ["1.4(b)", "1.4(d)"]),
        ("1.4 (b) and 1.4 (d)", ["1.4(b)", "1.4(d)"]),
        ("1.4 (b)\n\n1. (C) A harbour", ["1.4(b)"]),
        ("11.4 (b), 1.45", []),
    ],
)
def test_reasons(text, expected):
    assert [reason.value for reason in reasons(region(text))] == expected


def test_the_raw_of_each_reason_is_its_own_words():
    assert [reason.raw for reason in reasons(region("1.4 (b) and (d)"))] == ["1.4 (b)", "(d)"]


PIECES = st.sampled_from(
    [
        "Classified By:",
        "CDA",
        "Ada",
        "MARLOWE,",
        "Jr.",
        "and",
        "AND",
        "for reasons",
        "1.4",
        "(b)",
        "\n",
        "\n \n",
        "-REASON",
    ]
)


@given(st.text() | st.lists(PIECES | st.text(max_size=4)).map(" ".join))
def test_any_text_is_read_and_each_raw_stands_where_it_says(text):
    for start in ("", "CLASSIFIED BY:"):
        each = region(start + text)
        assert all(stands(value, start + text) for value in [*classified_by(each), *reasons(each)])
