"""Specifications of telegrams as posts send them, for law 11."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from cableformat.telegram.identifiers import identifier
from cableformat.telegram.specification import (
    LEVELS,
    PROSIGNS,
    OfficialSpec,
    ParagraphSpec,
    PassageSpec,
    ReferenceSpec,
    Specification,
)
from cableformat.telegram.values import Addressee, Mark
from cableformat.telegram.vocabulary import rows

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_INVENTED = ("PORT MERIDIAN", "SAINT ORRIN", "LOW HARBOR", "VELDE")
_FIRST_NAMES = ("Ines", "Tomas", "Ada B.", "J. Maren")
_SURNAMES = ("Halloway", "Orleo", "Tarrant", "Okonjo-Reyes", "McVane", "D'Arvel")
_RANKS = ("CDA", "Ambassador", "DCM", "Charge d'Affaires", "Acting Deputy Chief of Mission", "POLCOUNS")
_OFFICES = ("Political Counselor", "Economic Officer", "POL", "ECON Chief")
_SENTENCES = (
    "Talks went on.",
    "Minister Orleo told the Ambassador on March 3 that he wants two more weeks.",
    "The port authority agrees with the plan, but not with its price.",
    'He called the draft "workable" and asked for a copy in French.',
    "Harbor dues may rise by 8 to 12 per cent in 2032, i.e. by USD 1.4 million.",
    "Opposition leaders (who met separately) took a softer line.",
    "Secretary Halloway and the Secretary General sent confidential letters to both; secret ballots followed.",
    "Paragraph 12. of the treaty, and part A. of its annex, are still - as in 2030 - not ratified.",
    "Minister’s staff — “all of them” – agreed; so did SIPDIS users, PAGE by PAGE.",
    "XXXXXXXXXXXX asked that his name be protected.",
    "See SECTION 2 of the law, and TAGS of the files; REF B has the text.",
    # A last line such as `IT IS!` would be taken for a heading where a page ends above it, also by people.
    "IS THIS A QUESTION? IT IS, HE SAID.",
)
_HEADINGS = ("Who Is to Pay", "THE ROAD AHEAD", "Comment", "Dredging: Now or Never?", "2031 and After", "COMMENT")
_SUBJECTS = (
    "HARBOR TALKS",
    "Harbor Dredging Talks: Minister Orleo Seeks a Delay until after the Vote of October",
    "PORT MERIDIAN: 3 OF 4 SHIPPING LINES WANT THE OUTER BASIN DREDGED BEFORE 2033, AND SO DOES THE OPPOSITION",
    "DEMARCHE DELIVERED ON SAINT ORRIN'S REFERENDUM",
    "MEDIA REACTION, MARCH 3-9",
    'ORLEO "NOT INTERESTED" IN TALKS',
    "CORRECTED COPY: TARRANT & VELDE ON DUES",
)
_EVENTS = ("OADR", "N/A", "MR", "UPON THE END OF THE TALKS", "GDS 3/4/89 (HALLOWAY, INES) OR-M")
_ITEMS = (
    "-- two more weeks;",
    "-- the dues, which rise;",
    "-- a copy in French.",
    "-- Orleo's consent, in writing, before the budget is passed by the lower house.",
)
_LETTERED = (
    "A. The price.",
    "B. The date: March 12.",
    "C. The ships of the lines, and who is to tow them through the outer basin in winter.",
)
_OTHER_KINDS = (
    ("EMAIL", "HALLOWAY-ORLEO E-MAIL OF MARCH 3"),
    ("TEL", "TARRANT-VELDE TELCON OF MARCH 3"),
    ("LETTER", "ORLEO LETTER"),
    ("FAX", "FAX FROM THE MINISTRY"),
    ("REPORT", "IIR 6 800 0117 31"),
)
_PASSAGES = ("summary", "comment", "note", "action_request", "text", "background")
_CAVEATS = ("NF", "REL NATO", "FGI", "SENSITIVE")
_AGENT = re.compile(r"[A-Z]{3,}(?:OR|CER|SER|SUL|CHE|ARY|MAN|ANT|IST|COUNS|OFF)|CHIEF")
_LETTERS = "ABCDEFGH"


# Those with `cache` are made once: Hypothesis checks each strategy that a composite makes anew for each example.
@cache
def _posts() -> SearchStrategy[str]:
    known = sorted(row["name"] for row in rows("posts"))
    return st.one_of(st.sampled_from(_INVENTED), st.sampled_from(known))


@cache
def _routes() -> SearchStrategy[str]:
    known = sorted({row["route"] for row in rows("posts") if row["route"]})
    return st.one_of(st.sampled_from(("RUEHPM", "RUEHC", "RUEKJCS")), st.sampled_from(known))


@cache
def _prose() -> SearchStrategy[str]:
    return st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=5).map(" ".join)


def _moments() -> SearchStrategy[datetime]:
    """Whole minutes of the years that two digits can tell."""
    minutes = st.integers(0, 40 * 365 * 24 * 60)
    return minutes.map(lambda m: datetime(2009, 3, 4, 9, 12, tzinfo=UTC) + timedelta(minutes=m))


_MCNS = st.one_of(st.none(), st.integers(1, 9999).map(lambda n: f"{n:04d}"))


@st.composite
def _addressees(draw: DrawFn) -> Addressee:
    route = draw(_routes())
    post = draw(_posts())
    name = draw(st.sampled_from((f"AMEMBASSY {post}", f"AMCONSUL {post}", "SECSTATE WASHDC", "JOINT STAFF//J5//")))
    precedence = draw(st.one_of(st.none(), st.sampled_from((*PROSIGNS, "NIACT IMMEDIATE"))))
    return Addressee(route, name, precedence, draw(_MCNS))


_MARK_CAVEATS = st.lists(st.sampled_from(_CAVEATS), max_size=2, unique=True)


@st.composite
def _marks(draw: DrawFn) -> Mark:
    level = draw(st.sampled_from(("U", "C", "S", "SBU", "LOU", "TS")))
    return Mark(level, tuple(draw(_MARK_CAVEATS)))


@cache
def _codes() -> SearchStrategy[list[str]]:
    codes = sorted(
        row["tag"]
        for row in rows("tags")
        if row["kind"] in {"subject", "geography", "organisation", "programme", "person"}
    )
    return st.lists(st.one_of(st.sampled_from(("PREL", "EWWT")), st.sampled_from(codes)), max_size=9, unique=True)


@st.composite
def _tags(draw: DrawFn) -> tuple[str, ...]:
    """Codes of the vocabulary; a person behind one that takes a person."""
    found = draw(_codes())
    if found and "OVIP" not in found and draw(st.booleans()):
        found += ["OVIP", f"{draw(st.sampled_from(_SURNAMES)).upper()}, TOMAS"]
    return tuple(found)


@st.composite
def _cited(draw: DrawFn) -> tuple[str, str]:
    if draw(st.integers(0, 3)) == 3:  # noqa: PLR2004 - one in four
        kind, words = draw(st.sampled_from(_OTHER_KINDS))
        return words, kind
    return identifier(draw(st.integers(0, 99)), draw(_posts()), str(draw(st.integers(1, 250_000)))), "CABLE"


_ALL_CITED = st.lists(_cited(), max_size=len(_LETTERS))


@st.composite
def _references(draw: DrawFn) -> tuple[ReferenceSpec, ...]:
    cited = draw(_ALL_CITED)
    has_bullets = len(cited) > 1 or draw(st.booleans())
    return tuple(
        ReferenceSpec(value, letter if has_bullets else None, kind, kind == "CABLE" and draw(st.booleans()))
        for (value, kind), letter in zip(cited, _LETTERS, strict=False)
    )


@cache
def _ranks() -> SearchStrategy[str | None]:
    # The vocabulary's small words (UNDER, BY) and adjectives are no ranks by themselves; its nouns of agents are.
    words = sorted(row["word"].title() for row in rows("ranks_and_offices") if _AGENT.fullmatch(row["word"]))
    return st.one_of(st.none(), st.sampled_from(_RANKS), st.sampled_from(words))


@st.composite
def _officials(draw: DrawFn) -> OfficialSpec:
    name = f"{draw(st.sampled_from(_FIRST_NAMES))} {draw(st.sampled_from(_SURNAMES))}"
    return OfficialSpec(name, draw(_ranks()), draw(st.one_of(st.none(), st.sampled_from(_OFFICES))))


@st.composite
def _paragraphs(draw: DrawFn) -> tuple[ParagraphSpec, ...]:
    count = draw(st.integers(1, 7))
    is_numbered = count > 1 or draw(st.booleans())
    is_marked = draw(st.booleans())
    found = []
    under: str | None = None
    for number in range(1, count + 1):
        heading = draw(st.one_of(st.none(), st.none(), st.sampled_from(_HEADINGS))) if number > 1 else None
        under = heading or under
        text: list[str | PassageSpec] = [draw(_prose())]
        # Under the heading COMMENT nobody marks a comment again: all of it is one.
        kinds = [kind for kind in _PASSAGES if kind != (under or "").lower()]
        kind = draw(st.one_of(st.none(), st.none(), st.sampled_from(kinds)))
        if kind is not None and number == 1 and draw(st.booleans()):
            text = []
        if kind is not None:
            text.append(PassageSpec(kind, draw(_prose())))
            if draw(st.booleans()):
                text.append(draw(_prose()))
        items = draw(st.one_of(st.just(()), st.just(()), st.sampled_from((_ITEMS, _LETTERED))))
        found.append(
            ParagraphSpec(
                text,
                number=number if is_numbered else None,
                mark=draw(_marks()) if is_marked else None,
                heading=heading,
                items=items[: draw(st.integers(1, len(items)))] if items else (),
            )
        )
    return tuple(found)


@cache
def _captions() -> SearchStrategy[list[str]]:
    known = sorted(row["caption"] for row in rows("captions"))
    return st.lists(st.one_of(st.just("SIPDIS"), st.sampled_from(known)), max_size=3, unique=True)


_RECIPIENTS = st.lists(_addressees(), max_size=3, unique=True)
_INFO_RECIPIENTS = st.lists(_addressees(), max_size=5, unique=True)
_DAYS = st.integers(0, 9000).map(lambda n: date(2015, 5, 26) + timedelta(days=n))
_DECLASSIFICATIONS = st.one_of(st.none(), _DAYS, st.sampled_from(_EVENTS))
_AUTHORITIES = st.lists(_officials(), max_size=2, unique_by=lambda official: official.name)
_REASONS = st.lists(st.sampled_from("abcdefgh"), max_size=3, unique=True).map(sorted)
_SIGNATURES = st.lists(st.sampled_from(_SURNAMES).map(str.upper), max_size=2, unique=True)


@st.composite
def specs(draw: DrawFn) -> Specification:
    """Specifications of telegrams that a post might send; each shrinks to a short, readable one.

    Posts, offices and TAGS are of the vocabularies as well as invented.
    """
    created = draw(st.one_of(st.none(), _moments()))
    year = None if created else draw(st.one_of(st.none(), st.integers(1966, 2049)))
    classification = draw(st.sampled_from(tuple(LEVELS)))
    is_classified = classification not in {"UNCLASSIFIED", "LIMITED OFFICIAL USE"}
    has_number = draw(st.booleans())
    paragraphs = draw(_paragraphs())
    has_header = created is not None and draw(st.booleans())
    section = draw(st.sampled_from(("1.4", "1.5"))) if is_classified else "1.4"
    known = {row["reason"] for row in rows("reasons")}
    reasons = tuple(r for letter in draw(_REASONS) if (r := f"{section}({letter})") in known) if is_classified else ()
    return Specification(
        transmission_id=draw(st.sampled_from((None, "VZCZCXRO7916", "VZCZCXYZ0015"))) if has_header else None,
        precedence=draw(st.one_of(st.none(), st.sampled_from(tuple(PROSIGNS)))) if has_header else None,
        routes=draw(st.lists(_routes(), max_size=10)) if has_header else (),
        created=created,
        sender=draw(st.one_of(st.none(), _senders())) if has_header else None,
        recipients=draw(_RECIPIENTS) if has_header else (),
        info_recipients=draw(_INFO_RECIPIENTS) if has_header else (),
        classification=classification,
        post=draw(_posts()) if has_number else None,
        serial=draw(st.integers(1, 9999)) if has_number else None,
        year=year,
        sections=draw(st.integers(1, min(3, len(paragraphs)))),
        captions=draw(_captions()),
        declassification=draw(_DECLASSIFICATIONS),
        tags=draw(_tags()),
        subject=draw(st.one_of(st.none(), st.sampled_from(_SUBJECTS))),
        references=draw(_references()) if year or created else (),
        classified_by=draw(_AUTHORITIES) if is_classified else (),
        reasons=reasons,
        paragraphs=paragraphs,
        signed_by=draw(_SIGNATURES),
    )


@st.composite
def _senders(draw: DrawFn) -> Addressee:
    return Addressee(draw(st.one_of(st.none(), _routes())), f"AMEMBASSY {draw(_posts())}")
