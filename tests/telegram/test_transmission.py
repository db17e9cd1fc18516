from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableformat.telegram.transmission import date_time_group, info_recipients, recipients, sender
from cableformat.telegram.values import Region
from cableformat.text import Part


def region(text):
    return Region(Part("body", "body", text), 0, len(text))


def stands(value, text):
    return value.raw == text[value.where.start : value.where.end]


HEADER = """VZCZCXRO7916
OO RUEHAA RUEHBB
DE RUEHPM #0117/01 0421815
ZNY CCCCC ZZH
O P 111815Z FEB 31 ZDK
FM AMEMBASSY PORT MERIDIAN
TO RUEHC/SECSTATE WASHDC IMMEDIATE 6479
RHMFISS/HQ EXAMPLE COMMAND//J5/PA// NIACT  IMMEDIATE
INFO RUEHSO/AMCONSUL SAINT ORRIN PRIORITY 0121
RUEUITH/DET 1 39LG ZAMORA CITY ZR
AMEMBASSY OSLO
C O N F I D E N T I A L PORT MERIDIAN 000117
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O 100936Z SEP 31", "2031-09-10T09:36:00+00:00"),
        ("P R 281848Z DEC 66", "1966-12-28T18:48:00+00:00"),
        ("170856Z May 00", "2000-05-17T08:56:00+00:00"),
        ("R 010000Z JAN 49 ZDK ZFF3 (CCY AD12 MSI2)", "2049-01-01T00:00:00+00:00"),
        ("R 010000Z JAN 50", "1950-01-01T00:00:00+00:00"),
        ("O 310000Z FEB 31\nO 020304Z MAR 31", "2031-03-02T03:04:00+00:00"),
    ],
)
def test_date_time_groups(text, expected):
    assert date_time_group(region(text)).value.isoformat() == expected


@pytest.mark.parametrize("text", ["", "O 310000Z FEB 31", "O 992599Z XYZ 31", "DE RUEHPM #0117 0421815"])
def test_no_date_time_group(text):
    assert date_time_group(region(text)) is None


def test_addressees_have_route_precedence_and_number():
    assert sender(region(HEADER)).value.name == "AMEMBASSY PORT MERIDIAN"
    to = [attrs.astuple(each.value) for each in recipients(region(HEADER))]
    assert to == [
        ("RUEHC", "SECSTATE WASHDC", "IMMEDIATE", "6479", ()),
        ("RHMFISS", "HQ EXAMPLE COMMAND//J5/PA//", "NIACT IMMEDIATE", None, ()),
    ]
    info = [attrs.astuple(each.value)[:4] for each in info_recipients(region(HEADER))]
    assert info == [
        ("RUEHSO", "AMCONSUL SAINT ORRIN", "PRIORITY", "0121"),
        ("RUEUITH", "DET 1 39LG ZAMORA CITY ZR", None, None),
        (None, "AMEMBASSY OSLO", None, None),
    ]


def test_a_collective_names_the_posts_that_it_exempts():
    text = "TO ALL POSTS PRIORITY\nXMT AMCONSUL SAINT ORRIN\nAMEMBASSY PORT MERIDIAN\nINFO AMEMBASSY OSLO"
    (address,) = recipients(region(text))
    assert address.value.excluded == ("AMCONSUL SAINT ORRIN", "AMEMBASSY PORT MERIDIAN")
    assert [each.value.name for each in info_recipients(region(text))] == ["AMEMBASSY OSLO"]


def test_punctuation_is_not_of_an_address():
    text = "TO SECSTATE WASHDC, PRIORITY 0872.\nALL POSTS\nXMT AMEMBASSY OSLO, AMEMBASSY ROME"
    first, second = (each.value for each in recipients(region(text)))
    assert attrs.astuple(first)[1:4] == ("SECSTATE WASHDC", "PRIORITY", "0872")
    assert second.excluded == ("AMEMBASSY OSLO", "AMEMBASSY ROME")


@pytest.mark.parametrize("end", ["UNCLAS OSLO 000117", "SECRET OSLO 000117", "BT", "SUBJECT: TALKS", "----------"])
def test_the_list_ends_before_what_can_be_no_address(end):
    text = f"TO SECSTATE WASHDC\n{end}\nAMEMBASSY OSLO"
    assert [each.value.name for each in recipients(region(text))] == ["SECSTATE WASHDC"]


def test_a_page_line_in_the_list_is_no_addressee():
    text = "TO PAGE 02        STATE   015113  182333Z \nAMEMBASSY OSLO PRIORITY"
    assert [each.value.name for each in recipients(region(text))] == ["AMEMBASSY OSLO"]


def test_copies_inside_the_department_are_no_addressees():
    text = "ACTION AF-00\nINFO  LOG-00   MFA-00\n      AOP-00   /037 W\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC"
    assert info_recipients(region(text)) == ()
    assert [each.value.name for each in recipients(region(text))] == ["SECSTATE WASHDC"]


HOSTILE = st.text(st.sampled_from("FMTOINFXZ/ 0123\r\n\t\x00\x85\xa0\U0001f600AE")) | st.text()


@given(st.lists(st.sampled_from([*HEADER.split("\n"), "XMT X", "TO ", "INFO", "FM"]) | HOSTILE).map("\n".join))
def test_any_text_is_read_and_each_raw_stands_where_it_says(text):
    values = [date_time_group(region(text)), sender(region(text))]
    values += [*recipients(region(text)), *info_recipients(region(text))]
    assert all(stands(value, text) for value in values if value)


def test_the_routing_indicator_of_the_sender_is_that_of_the_de_line():
    text = "OO RUEHXX\nDE RUEHPM #0117/01 0630912\nZNY CCCCC ZZH\nFM AMEMBASSY PORT MERIDIAN\nTO RUEHC/SECSTATE\n"
    found = sender(region(text))
    assert (found.value.route, found.value.name, found.raw) == ("RUEHPM", *["AMEMBASSY PORT MERIDIAN"] * 2)
    assert sender(region("FM AMEMBASSY PORT MERIDIAN\n")).value.route is None
    assert sender(region("DE RUEHPM #0117\nFM RUEHLH/AMCONSUL LOW HARBOR\n")).value.route == "RUEHLH"
