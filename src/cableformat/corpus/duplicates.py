"""The same cable among several mirrors: by its identifier, and by its wording."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from cableformat.corpus.fingerprint import fingerprint, words
from cableformat.corpus.model import Failure
from cableformat.corpus.sources import cables

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator


@attrs.frozen
class Copy:
    """One copy of a cable.

    Attributes:
        name: The file it is in.
        number: Its number in the file, from 1.
        reference_id: Its identifier, or None.
        words: How many words its paragraphs hold.
        fields: How many of identifier, date, classification, subject, TAGS, sender, recipients and references it says.
        wording: The fingerprint of its words, or None.
    """

    name: str
    number: int
    reference_id: str | None
    words: int
    fields: int
    wording: str | None


@attrs.frozen
class Duplicates:
    """The copies of one cable, the one that holds most first.

    Attributes:
        by: `identifier`, `wording`, or `identifier and wording`: what all of them have in common.
        copies: The copies.
    """

    by: str
    copies: tuple[Copy, ...]


_FIELDS = ("reference_id", "created", "classification", "subject", "tags", "sender", "recipients", "references")


def duplicates(
    sources: Iterable[str | os.PathLike[str]], failures: list[Failure] | None = None
) -> Iterator[Duplicates]:
    """The cables that are there more than once, in the order in which they are first met.

    Args:
        sources: As `convert_many` takes them.
        failures: Gets what could not be read.
    """
    copies: list[Copy] = []
    numbers: dict[str, int] = defaultdict(int)
    for found in cables(sources):
        if isinstance(found, Failure):
            if failures is not None:
                failures.append(found)
            continue
        name, cable = found
        numbers[name] += 1
        said = sum(1 for field in _FIELDS if getattr(cable, field))
        copies.append(Copy(name, numbers[name], cable.reference_id, len(words(cable)), said, fingerprint(cable)))
    for group in _groups(copies):
        ids = {copy.reference_id for copy in group}
        wordings = {copy.wording for copy in group}
        common = [
            word
            for word, values in (("identifier", ids), ("wording", wordings))
            if len(values) == 1 and None not in values
        ]
        by = " and ".join(common) or "identifier or wording"
        yield Duplicates(by, tuple(sorted(group, key=lambda copy: (-copy.words, -copy.fields, copy.name))))


def _groups(copies: list[Copy]) -> Iterator[list[Copy]]:
    """Copies that share an identifier or a wording, also by way of a third."""
    group_of = list(range(len(copies)))

    def top(i: int) -> int:
        while group_of[i] != i:
            group_of[i] = group_of[group_of[i]]
            i = group_of[i]
        return i

    first: dict[tuple[str, str], int] = {}
    for i, copy in enumerate(copies):
        for kind, value in (("id", copy.reference_id), ("wording", copy.wording)):
            if value is not None:
                a, b = sorted((top(i), top(first.setdefault((kind, value), i))))
                group_of[b] = a
    groups: dict[int, list[Copy]] = defaultdict(list)
    for i, copy in enumerate(copies):
        groups[top(i)].append(copy)
    return (group for group in groups.values() if len(group) > 1)
