"""`foia`: text of releases by the Department of State, with its stamps, also of messages in SMART (field notes §6).

Stamps and exemptions stay in the text, where the grammar types them. The form under a message of SMART (who drafted,
cleared and released it) is a part of role `attributes`. All labels of the form are in the record, too.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, NamedTuple

from cableformat import Cable, FormatError, Input, Part, Record, Report
from cableformat_pdf.pdf_text import PAGE_END
from cableformat_pdf.vocabulary import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import NoOptions

_STAMP = re.compile(r"U\.S\. Department of State Case No\.[^\r\n]{0,120}|PRODUCED TO HOUSE SELECT BENGHAZI COMM\.")
_RELEASE = re.compile(
    r"(?<![^\r\n\x0c])[ \t]*+(RELEASED? IN (?:PART|FULL)"
    r"(?:[ \t]*+,?\s?(?:B[1-9](?:\([A-F]\))?|1\.[45]\([A-H]\))){0,9}+)"
)
_FACTS = {
    "Case No.": re.compile(r"Case No\.[ \t]*+(\S{1,40})"),
    "Doc No.": re.compile(r"Doc No\.[ \t]*+(\S{1,40})"),
    "Date": re.compile(r"Date:[ \t]*+(\d{1,2}/\d{1,2}/\d{4})"),
}
_LINE = re.compile(r"[ \t\x0c]*+([A-Z][A-Za-z0-9./ ]{0,24}?)[ \t]?:(?:[ \t]+|$)(.*)")
_PARAGRAPH = re.compile(r"[ \t\x0c]*+(?:\d{1,3}\.|\([A-Z]{1,3}\))[ \t]")
_CLASSES = ("UNCLASSIFIED", "SENSITIVE BUT UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "TOP SECRET")
_LIKE = 0.8  # how like a word a scanner's reading of it is
_BLANKS = " \t\r\x0c\xa0"
_TO_LETTERS = str.maketrans("01", "ol")
_LABELS = {row["label"]: row for row in rows("smart_labels")}
_FOLDED = {label.translate(_TO_LETTERS).lower(): label for label in _LABELS}


class _Line(NamedTuple):
    """A line with a label of the form."""

    label: str
    value: str
    start: int


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a release.

    Raises:
        FormatError: It has neither a stamp of the Department nor a message number of SMART.
    """
    text, charset = source.decode()
    record, parts = split(text, source.name)
    yield Cable(record, parts, source=source.source("foia", charset=charset))


def split(text: str, name: str | None = None) -> tuple[Record, tuple[Part, ...]]:
    """The record and the parts of a release.

    Args:
        text: The text of its pages.
        name: The file's name, for the error.

    Raises:
        FormatError: It has neither a stamp of the Department nor a message number of SMART.
    """
    stamps = [match.group() for match in _STAMP.finditer(text)]
    release = _RELEASE.search(text)
    form = list(_form(text))
    if not stamps and release is None and not any(line.label == "MRN" for line in form):
        raise FormatError(
            "No stamp of a release by the Department of State stands in it, and no 'MRN:'.",
            source=name,
            line=1,
            hint="Text of another PDF is the format pdf-text.",
        )
    said: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    for label, pattern in _FACTS.items():
        found = next((match[1] for stamp in stamps if (match := pattern.search(stamp))), None)
        if found is not None and label == "Date":
            said["released"] = found
        elif found is not None:
            extra.append((label, found))
    if release is not None:
        said["partial"] = " ".join(release[1].split()) if "PART" in release[1] else ""
    marking = _marking(text)
    if marking is not None:
        said["classification"] = marking
    for line in form:
        field = _LABELS[line.label]["field"]
        if field and field not in said:
            said[field] = line.value
        else:
            extra.append((line.label, line.value))
    tail = next(
        (line.start for line in form if _LABELS[line.label]["place"] == "tail" and line.label != "Signature"), len(text)
    )
    end = text.removesuffix(PAGE_END)
    parts = [
        Part("body", "body", end[:tail]),
        Part("form", "attributes", end[tail:]),
        Part("container", "container", text[len(end) :]),
    ]
    return Record(**said, extra=tuple(extra)), tuple(part for part in parts if part.text or part.id == "body")


def _form(text: str) -> Iterator[_Line]:
    """The lines of the form: above the first paragraph those of its head, under the text those of its tail."""
    place, at, label, value, start = "head", 0, "", [""], 0
    for line in text.split("\n"):
        words = line.strip(_BLANKS)
        found = _LINE.fullmatch(line.rstrip("\r"))
        named = _label(found[1]) if found else ""
        if named and (place == "head" or _LABELS[named]["place"] == "tail"):
            if label:
                yield _Line(label, "\n".join(value), start)
            label, value, start = named, [found[2].strip(_BLANKS)] if found else [""], at
        elif label and (not words or _PARAGRAPH.match(line) or _STAMP.search(line)):
            yield _Line(label, "\n".join(value), start)
            label = ""
        elif label:
            value.append(words)
        if _PARAGRAPH.match(line):
            place = "tail"
        at += len(line) + 1
    if label:
        yield _Line(label, "\n".join(value), start)


def _label(words: str) -> str:
    """The label of the form that words are, with the slips of a scanner: `E.0.`, `Subiect`."""
    folded = words.translate(_TO_LETTERS).lower()
    if folded in _FOLDED:
        return _FOLDED[folded]
    near = difflib.get_close_matches(folded, _FOLDED, 1, _LIKE) if len(folded) > 4 else []  # noqa: PLR2004 - a word
    return _FOLDED[near[0]] if near else ""


def _marking(text: str) -> str | None:
    """The class that stands alone above the message, as a scanner read it."""
    for line in text.split("\n", 40)[:40]:
        words = line.strip(_BLANKS)
        if _PARAGRAPH.match(line):
            return None
        if words and difflib.get_close_matches(
            "".join(words.upper().split()), [c.replace(" ", "") for c in _CLASSES], 1, _LIKE
        ):
            return words
    return None
