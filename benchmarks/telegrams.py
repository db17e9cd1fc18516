"""The invented telegrams and the page of a mirror that several measurements share."""

from __future__ import annotations

KB = 1024
PARAGRAPH = (
    "{n}. (C) Minister Orleo told the Ambassador on March 3 that he wants\n"
    "two more weeks.  The port authority agrees with the plan, but not\n"
    "with its price, and asks for a loan of two thirds of the cost.\n\n"
)
HEAD = (
    "C O N F I D E N T I A L PORT MERIDIAN 000117 \n\nSIPDIS\n\nE.O. 12958: DECL: 03/04/2041\nTAGS: PREL, EWWT\n"
    "SUBJECT: HARBOR TALKS\n\nREF: A. PORT MERIDIAN 98\n     B. LOW HARBOR 12\n\n"
    "Classified By: CDA Ines Halloway for reason 1.4 (d).\n\n"
)
HEADER = (
    "VZCZCXRO8021\nOO RUEHSO\nDE RUEHPM #0117/01 0631742\nZNY CCCCC ZZH\nO 041742Z MAR 31\n"
    "FM AMEMBASSY PORT MERIDIAN\nTO RUEHC/SECSTATE WASHDC IMMEDIATE 1204\n"
    "INFO RUEHSO/AMCONSUL SAINT ORRIN PRIORITY 0301\nRUEHLH/AMEMBASSY LOW HARBOR 0077\n"
)
_LINK = "<li><a href='/date/2031-{n:02}_0.html'>Browse by date, page {n}</a> <i>of the collection</i></li>\n"


def telegram(size):
    """The text of a telegram of about that many bytes."""
    count = max(1, (size - len(HEAD)) // len(PARAGRAPH))
    return f"{HEAD}{''.join(PARAGRAPH.replace('{n}', str(n)) for n in range(1, count + 1))}HALLOWAY\n"


def page(size=65 * KB, body=8 * KB):
    """A page of the cablegate mirror of that size: mostly navigation, as there."""
    cells = "".join(
        f"<td><a href='/cable/{n}.html'>{value}</a></td>"
        for n, value in enumerate(("31PORTMERIDIAN117", "2031-03-04 17:42", "2033-08-30 01:44", "CONFIDENTIAL"))
    )
    header, text = (words.replace("\n", "&#x000A;") for words in (HEADER, telegram(body)))
    shown = (
        "<h3>Viewing cable 31PORTMERIDIAN117, HARBOR TALKS</h3>\n<table class='cable'>\n<tr><th>Reference ID</th>"
        "<th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>\n"
        f"<tr>{cells}<td><a href='/origin/1.html'>Embassy Port Meridian</a></td></tr></table>\n"
        f"<pre>{header}</pre>\n<pre>{text}</pre>\n</body></html>\n"
    )
    top = "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Cable Viewer</title></head><body>\n<ul>"
    rest = size - len(top) - len(shown)
    links = "".join(_LINK.format(n=n % 100) for n in range(rest // len(_LINK) + 1))
    return f"{top}{links}</ul>\n{shown}".encode()
