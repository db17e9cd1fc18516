"""The invented telegrams and the page of a mirror that several measurements share."""

from __future__ import annotations

KB = 1024
# As long as those of the sample cables are on the average: 576 characters.
PARAGRAPH = (
    "{n}. (C) Minister Orleo told the Ambassador on March 3 that he wants\n"
    "two more weeks.  The port authority agrees with the plan, but not\n"
    "with its price, and asks for a loan of two thirds of the cost.  Its\n"
    "director, whom we met on the same day, said that nobody had asked\n"
    "her; the berths of the north mole would have to be closed for most\n"
    "of a year, and the fishing fleet has nowhere else to go.  They will\n"
    "hear of it in every council, she said, before the first stone is\n"
    "laid.  The Ambassador offered to send the two studies of 2029, of\n"
    "which the Ministry has the short one only.\n\n"
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
_TOP = (
    "<?xml version='1.0' encoding='utf-8' ?>\n"
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
    ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
    "<html lang='en' xml:lang='en' xmlns='http://www.w3.org/1999/xhtml'>\n<head>\n<title>Cable Viewer</title>\n"
    "</head>\n<body>\n<div class='main'>\n<div class='pane small'>\n<h3>Browse by TAG</h3>\n"
)
_LINKS_OF_ONE = 9


def telegram(size):
    """The text of a telegram of about that many bytes."""
    count = max(1, (size - len(HEAD)) // len(PARAGRAPH))
    return f"{HEAD}{''.join(PARAGRAPH.replace('{n}', str(n)) for n in range(1, count + 1))}HALLOWAY\n"


def navigation(size):
    """The lists of links that are most of a page of the cablegate mirror, of about that many bytes.

    As there (measured on the two sample pages), lists have some nine links and one that shows them, a tag takes 42
    bytes, an attribute 34.
    """
    found, length, n = [], 0, 0
    while length < size:
        group, place = divmod(n, _LINKS_OF_ONE)
        letter = chr(65 + group % 26)
        if group % 2:
            link = f"<a href='/date/20{group % 60:02}-{place:02}_0.html'>20{group % 60:02}/{place:02}</a>\n"
        else:
            link = f"<a href='/tag/{letter}{place:02}T_0.html'>{letter}{place:02}T</a>\n"
        if not place:
            name = f"tag_{group:03}"
            shown = f"<a class='sort' href='#{name}' onclick=\"return swap('{name}');\">{letter}</a>\n"
            link = f"</div>\n{shown}<div class='sort' id='{name}'>\n{link}"
        found.append(link)
        length += len(link)
        n += 1
    return f"<div class='sort' id='tags'>\n{''.join(found)}</div>\n"


def page(size=65 * KB, body=8 * KB):
    """A page of the cablegate mirror of that size: mostly navigation, as there."""
    cells = "".join(
        f"<td>\n<a href='/cable/{n}.html'>{value}</a>\n</td>\n"
        for n, value in enumerate(("31PORTMERIDIAN117", "2031-03-04 17:42", "2033-08-30 01:44", "CONFIDENTIAL"))
    )
    header, text = (words.replace("\n", "&#x000A;") for words in (HEADER, telegram(body)))
    shown = (
        "<div class='pane big'>\n<h3>Viewing cable 31PORTMERIDIAN117, HARBOR TALKS</h3>\n<table class='cable'>\n"
        "<tr>\n<th>Reference ID</th>\n<th>Created</th>\n<th>Released</th>\n<th>Classification</th>\n"
        f"<th>Origin</th>\n</tr>\n<tr>\n{cells}<td>\n<a href='/origin/1.html'>Embassy Port Meridian</a>\n</td>\n"
        f"</tr>\n</table>\n<pre>{header}</pre>\n<pre>{text}</pre>\n</div>\n</div>\n</body>\n</html>\n"
    )
    return with_navigation(shown, size).encode()


def with_navigation(shown, size):
    """A page of about that many bytes: what it shows, behind navigation."""
    return f"{_TOP}{navigation(size - len(_TOP) - len(shown))}</div>\n{shown}"
