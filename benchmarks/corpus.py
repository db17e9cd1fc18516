"""A seeded generator of corpora: telegrams of invented posts, as the dump has them, in any number.

`python benchmarks/corpus.py 10000 cables.csv.gz --seed 7` writes one in any format. What each cable says is known from
its specification, so the answers to questions asked of a corpus are known without reading it. Memory does not grow with
the number of cables.
"""

from __future__ import annotations

import argparse
import random
from collections import deque
from datetime import UTC, date, datetime, timedelta

from cableformat import Addressee, Cable, ParagraphSpec, Part, Record, ReferenceSpec, Specification, write

FIRST_YEAR = 2025
YEARS = 10

# Post, kind, routing indicator, and how much it sends.
POSTS = (
    ("PORT MERIDIAN", "AMEMBASSY", "RUEHPM", 40),
    ("SAINT ORRIN", "AMCONSUL", "RUEHSO", 20),
    ("LOW HARBOR", "AMEMBASSY", "RUEHLH", 12),
    ("VELDE", "AMEMBASSY", "RUEHVL", 10),
    ("CAPE TARRANT", "AMCONSUL", "RUEHCT", 8),
    ("GRAY SOUND", "USMISSION", "RUEHGS", 6),
    ("OKONJO BAY", "AMEMBASSY", "RUEHOB", 4),
)
_ORIGINS = {"AMEMBASSY": "Embassy", "AMCONSUL": "Consulate", "USMISSION": "Mission"}
# Level, its portion mark, and how much of the published set is of it, in per cent.
_LEVELS = (("UNCLASSIFIED", "U", 53), ("CONFIDENTIAL", "C", 40), ("SECRET", "S", 7))
_TAGS = (("PREL", 40), ("PGOV", 30), ("ECON", 15), ("EWWT", 10), ("KDEM", 8), ("PHUM", 8), ("ETRD", 6), ("MARR", 4))
_REASONS = (("1.4(b)", 50), ("1.4(d)", 45), ("1.4(c)", 5))
_CAPTIONS = (("SIPDIS", 70), ("NOFORN", 6), ("SENSITIVE", 10))
_SURNAMES = ("Halloway", "Orleo", "Tarrant", "Okonjo-Reyes", "Velde", "McVane")
_FIRST_NAMES = ("Ines", "Tomas", "Ada", "Maren")
_WHO = (
    "Minister {name}",
    "the port authority",
    "{name}'s deputy",
    "a member of the opposition",
    "the head of the shippers' union",
    "Secretary General {name}",
    "an adviser to {name}, who asked not to be named,",
)
_DID = (
    "told the Ambassador that",
    "argued in a speech of March {day} that",
    "asked in writing why",
    "does not believe that",
    'said - he called it "obvious" - that',
    "hinted over lunch that",
)
_WHAT = (
    "the harbor dues will rise by {day} per cent before the vote",
    "the dredging of the outer basin costs USD {day} million more than planned",
    "two of the lines want to leave for another port",
    "the treaty will not be ratified this year",
    "the budget has no room for the loan of {year}",
    "the talks of {year} went nowhere",
    "the lower house is split over the referendum",
)
_THEN = (
    "",
    ", and that nobody in the cabinet objects",
    ", although his own party asked for a delay until after the summer",
    ", which our contacts at the exchange confirm",
    " (ref has the details)",
)
_SUBJECTS = (
    "{post}: {noun} TALKS GO ON",
    "{noun} BILL PASSES FIRST READING",
    "{name} ON THE {noun} QUESTION",
    "MEDIA REACTION: {noun}",
    "SCENESETTER FOR THE {noun} ROUND",
)
_NOUNS = ("DREDGING", "HARBOR DUES", "FISHERIES", "REFERENDUM", "BUDGET", "CUSTOMS")
_PARTIAL = (
    "This record is a partial extract of the original cable. The full text of the original cable is not available.\n"
)
_REMEMBERED = 500
"""Cables that later ones may refer to."""


def specifications(size, seed=1):
    """What the cables of a corpus say, in order of their dates.

    Args:
        size: How many.
        seed: The same seed and size give the same corpus, everywhere.
    """
    draw = random.Random(seed)
    serials = {}
    sent = deque(maxlen=_REMEMBERED)
    start = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    minutes = YEARS * 365 * 24 * 60
    for i in range(size):
        created = start + timedelta(minutes=i * minutes // size + draw.randrange(max(1, minutes // size)))
        spec = _specification(draw, created, serials, sent)
        sent.append(spec.reference_id)
        yield spec, created


def cables(size, seed=1):
    """The cables of a corpus, as rows of the dump, each with the specification that it was made from."""
    for number, (spec, created) in enumerate(specifications(size, seed), 1):
        made = Cable.compose(spec)
        header = next((part.text for part in made.parts if part.role == "header"), _PARTIAL)
        kind = next(kind for post, kind, _, _ in POSTS if post == spec.post)
        record = Record(
            reference_id=spec.reference_id,
            created=f"{created.month}/{created.day}/{created.year} {created.hour}:{created.minute:02d}",
            origin=f"{_ORIGINS[kind]} {spec.post.title()}",
            classification="//".join([spec.classification, *(c for c in spec.captions if c == "NOFORN")]),
            references="|".join(reference.value for reference in spec.references),
            extra=(("id", str(number)),),
        )
        yield Cable(record, (Part("header", "header", header), Part("body", "body", made.part("body").text))), spec


def _specification(draw, created, serials, sent):
    post, kind, route, _ = _one(draw, POSTS)
    level, mark, _ = _one(draw, _LEVELS)
    is_classified = level != "UNCLASSIFIED"
    place = (post, created.year)
    serials[place] = serials.get(place, 0) + draw.randint(1, 3)
    cited = draw.sample(sorted(set(sent)), min(len(sent), draw.choice((0, 0, 0, 1, 1, 2, 3))))
    has_bullets = len(cited) > 1
    captions = [c for c, share in _CAPTIONS if draw.randrange(100) < share and (is_classified or c != "NOFORN")]
    if is_classified:
        captions = [c for c in captions if c != "SENSITIVE"]
    surname = draw.choice(_SURNAMES)
    body = {
        "classification": level,
        "post": post,
        "serial": serials[place],
        "captions": captions,
        "declassification": date(created.year + 10, created.month, min(created.day, 28)) if is_classified else "N/A",
        "tags": _some(draw, _TAGS, draw.randint(1, 4)),
        "subject": _filled(draw, draw.choice(_SUBJECTS), created, post),
        "references": [ReferenceSpec(v, "ABC"[n] if has_bullets else None) for n, v in enumerate(cited)],
        "classified_by": (f"{draw.choice(_FIRST_NAMES)} {surname}",) if is_classified else (),
        "reasons": sorted(_some(draw, _REASONS, draw.randint(1, 2))) if is_classified else (),
        "paragraphs": [
            ParagraphSpec(_prose(draw, created), number=number, mark=mark)
            for number in range(1, draw.choice((2, 3, 5, 8, 8, 12, 20)) + 1)
        ],
        "signed_by": (surname.upper(),),
    }
    if draw.randrange(5) == 0:  # a partial extract: what stood in the header is not known
        return Specification(year=created.year, **body)
    others = [other for other in POSTS if other[0] != post]
    return Specification(
        transmission_id=f"VZCZCXRO{draw.randrange(10_000):04d}",
        precedence=draw.choice(("ROUTINE", "PRIORITY", "IMMEDIATE")),
        created=created,
        sender=Addressee(route, f"{kind} {post}"),
        recipients=[Addressee("RUEHC", "SECSTATE WASHDC", mcn=f"{draw.randrange(1, 10_000):04d}")],
        info_recipients=[Addressee(r, f"{k} {p}") for p, k, r, _ in draw.sample(others, draw.randint(0, 3))],
        **body,
    )


def _one(draw, weighed):
    return draw.choices(weighed, [row[-1] for row in weighed])[0]


def _some(draw, weighed, count):
    return tuple(dict.fromkeys(_one(draw, weighed)[0] for _ in range(count)))


def _prose(draw, created):
    sentences = (
        draw.choice(_WHO) + " " + draw.choice(_DID) + " " + draw.choice(_WHAT) + draw.choice(_THEN) + "."
        for _ in range(draw.randint(1, 7))
    )
    return " ".join(s[0].upper() + s[1:] for s in (_filled(draw, sentence, created, "") for sentence in sentences))


def _filled(draw, words, created, post):
    return words.format(
        name=draw.choice(_SURNAMES) if not post else draw.choice(_SURNAMES).upper(),
        day=draw.randint(2, 28),
        year=created.year - 1,
        noun=draw.choice(_NOUNS),
        post=post,
    )


def main():
    parser = argparse.ArgumentParser(description="Write a corpus of invented cables.")
    parser.add_argument("size", type=int, help="how many cables")
    parser.add_argument("target", help="the file; its suffix says the format")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write((cable for cable, _ in cables(given.size, given.seed)), given.target)


if __name__ == "__main__":
    main()
