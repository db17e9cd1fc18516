"""Counts over a corpus: by year, classification, post and TAGS."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from cableformat.corpus.model import Failure
from cableformat.corpus.sources import cables

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable


@attrs.define
class Statistics:
    """How many cables say what; `""` counts those that do not say.

    Attributes:
        cables: All of them.
        years: By the year they were sent in.
        classifications: By level.
        posts: By the post that sent them.
        tags: By each of their TAGS.
        failures: What could not be read.
    """

    cables: int = 0
    years: Counter[str] = attrs.Factory(Counter)
    classifications: Counter[str] = attrs.Factory(Counter)
    posts: Counter[str] = attrs.Factory(Counter)
    tags: Counter[str] = attrs.Factory(Counter)
    failures: list[Failure] = attrs.Factory(list)


def statistics(sources: Iterable[str | os.PathLike[str]]) -> Statistics:
    """Count the cables of some sources, as `convert_many` takes them."""
    counts = Statistics()
    for found in cables(sources):
        if isinstance(found, Failure):
            counts.failures.append(found)
            continue
        _, cable = found
        created = cable.created
        mrn = cable.mrn
        counts.cables += 1
        counts.years[str(created.year) if created else ""] += 1
        counts.classifications[cable.classification or ""] += 1
        counts.posts[mrn.rpartition(" ")[0] if mrn else ""] += 1
        counts.tags.update(set(cable.tags) or {""})
    return counts
