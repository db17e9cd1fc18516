"""Two texts collated: their words aligned, and what stands between the words compared.

A word is a run of letters and digits, or one of the signs that stand for a word (`%`, `$`). All else stands between
words: white space is layout, other characters are punctuation. So no change of layout can show as one of wording.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

import attrs

from cableformat.alignment import align
from cableformat.differences import DifferenceKind
from cableformat.spacing import INK, Finding, between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cableformat.alignment import Pair

_OPENS = re.compile(r"(?<=\s)\S+\Z")  # a bracket or a quotation mark right before a word
_WORD = re.compile(r"[^\W_]+|[%&$£€¥§@+]")
_TELLING = 10
"""The rarest words of a paragraph, so many of them, tell which others it may be like."""
_CANDIDATES = 40
"""Paragraphs looked at for each of these words."""
_COMPARED = 4
"""Paragraphs that are compared word by word, those with the most of these words."""
_NEAR = 5
"""A paragraph that shares less than one word in so many with the other side has no counterpart there."""
_LEAST_REPETITION = 5
"""Words that a repeated head has at least."""
_MOST_REPETITION = 400
"""Words that it is looked for in at most."""


@attrs.frozen
class Paragraph:
    """A paragraph of a text, by its offsets.

    Attributes:
        start: First character.
        end: One past the last.
        number: Its number, or None.
    """

    start: int
    end: int
    number: int | None


@attrs.frozen
class Text:
    """A text to collate, and what is known of it.

    Attributes:
        text: The text.
        paragraphs: Its paragraphs, in order.
        artefacts: The runs of it that are not of the message, in order.
    """

    text: str
    paragraphs: Sequence[Paragraph] = ()
    artefacts: Sequence[tuple[int, int]] = ()


class _Side:
    """The words of one text."""

    def __init__(self, text: Text) -> None:
        self.text = text.text
        self.spans = [match.span() for match in _WORD.finditer(text.text)]
        self.keys = [text.text[start:end].casefold() for start, end in self.spans]
        self.marks = list(self.keys)
        self.paragraphs = text.paragraphs
        starts = [start for start, _ in self.spans]
        self.ranges = [(bisect_right(starts, p.start - 1), bisect_right(starts, p.end - 1)) for p in text.paragraphs]
        for paragraph, (first, last) in zip(text.paragraphs, self.ranges, strict=True):
            if paragraph.number is not None and first < last:
                self.marks[first] = f"¶{paragraph.number}"
        self.is_artefact = bytearray(len(self.spans))
        for start, end in text.artefacts:
            for at in range(bisect_right(starts, start - 1), bisect_right(starts, end - 1)):
                self.is_artefact[at] = 1
        self.artefacts = text.artefacts

    def before(self, word: int) -> int:
        """Where what stands before a word begins: the end of the word before it."""
        return self.spans[word - 1][1] if word else 0

    def at(self, word: int) -> int:
        """Where a word begins; behind the last, where the text ends."""
        return self.spans[word][0] if word < len(self.spans) else len(self.text)

    def words(self, first: int, last: int) -> list[int]:
        """The words of a range that are of the message."""
        return [word for word in range(first, last) if not self.is_artefact[word]]

    def paragraph_of(self, word: int) -> int | None:
        """The paragraph that a word stands in."""
        at = bisect_right(self.ranges, word, key=lambda r: r[0]) - 1
        return at if at >= 0 and word < self.ranges[at][1] else None

    def artefacts_in(self, start: int, end: int) -> Sequence[Pair]:
        """The artefacts that reach into a run."""
        first = bisect_right(self.artefacts, start, key=lambda artefact: artefact[1])
        return self.artefacts[first : bisect_left(self.artefacts, end, key=lambda artefact: artefact[0])]

    def punctuation(self, start: int, end: int) -> str:
        """The characters of a run that are neither white space nor of words or artefacts."""
        pieces, at = [], start
        for a, b in self.artefacts_in(start, end):
            pieces.append(self.text[at : max(a, at)])
            at = max(at, b)
        pieces.append(self.text[at:end])
        return "".join(INK.findall(_WORD.sub(" ", "".join(pieces))))

    def whole(self, first: int, last: int) -> list[int]:
        """The paragraphs that have all their words in a range."""
        at = bisect_left(self.ranges, first, key=lambda r: r[0])
        found = []
        while at < len(self.ranges) and self.ranges[at][1] <= last and self.ranges[at][0] < last:
            if self.ranges[at][0] < self.ranges[at][1]:
                found.append(at)
            at += 1
        return found

    def numbers(self, paragraphs: Iterable[int]) -> dict[int, int]:
        """The numbers of those paragraphs that have one."""
        return {p: number for p in paragraphs if (number := self.paragraphs[p].number) is not None}

    def extent(self, paragraph: int) -> Pair:
        """The offsets of a paragraph."""
        return self.paragraphs[paragraph].start, self.paragraphs[paragraph].end

    def rests(self, words: Pair, without: list[int]) -> list[Pair]:
        """What is left of a range of words without some paragraphs."""
        found, at = [], words[0]
        for paragraph in without:
            found.append((at, self.ranges[paragraph][0]))
            at = self.ranges[paragraph][1]
        found.append((at, words[1]))
        return [(first, last) for first, last in found if first < last]

    def artefact_groups(self, first: int, last: int) -> Iterator[Pair]:
        """The runs of words in a range that are of artefacts, as offsets."""
        for is_artefact, words in groupby(range(first, last), key=self.is_artefact.__getitem__):
            if is_artefact:
                row = list(words)
                yield self.stretch(row[0], row[-1] + 1)

    def stretch(self, first: int, last: int) -> Pair:
        """The offsets from the first word of a range to its last."""
        return self.spans[first][0], self.spans[last - 1][1]

    def hull(self, words: list[int], otherwise: int) -> Pair:
        """From the first to the last of some words; without any, the point before another word and what opens it."""
        if not words:
            point = self.at(otherwise)
            opens = _OPENS.search(self.text, self.before(otherwise), point) if otherwise < len(self.spans) else None
            return (opens.start(), opens.start()) if opens else (point, point)
        return self.stretch(words[0], words[-1] + 1)

    def repeated(self, first: int, last: int) -> Pair:
        """The words at either end of a range that stand a second time right beside it, outside the paragraphs.

        The range from `first` is a head and its repetition in either order; empty where nothing is repeated.
        """
        keys = self.keys
        if _LEAST_REPETITION <= last - first <= _MOST_REPETITION:
            for at in range(first, last - _LEAST_REPETITION + 1):
                size = last - at
                if keys[at : at + size] == keys[last : last + size] and not self.is_of_paragraph(at, last):
                    return at, last
            for end in range(last, first + _LEAST_REPETITION - 1, -1):
                size = end - first
                if (
                    size <= first
                    and keys[first:end] == keys[first - size : first]
                    and not self.is_of_paragraph(first, end)
                ):
                    return first, end
        return first, first

    def is_of_paragraph(self, first: int, last: int) -> bool:
        """Whether the first or the last word of a range is of a paragraph."""
        return self.paragraph_of(first) is not None or self.paragraph_of(last - 1) is not None

    def bag(self, run: Pair) -> Counter[str]:
        """The words of a run, counted."""
        return Counter(match.group().casefold() for match in _WORD.finditer(self.text, *run))

    def part(self, start: int, end: int) -> Text:
        """A run as a text of its own."""
        inside = [(a - start, b - start) for a, b in self.artefacts_in(start, end) if start <= a and b <= end]
        return Text(self.text[start:end], (), inside)


def collate(left: Text, right: Text) -> list[Finding]:
    r"""All differences between two texts, in order; none exactly where the texts are equal.

    The order of the sides does not matter to what is found.

    Example:
        >>> [finding.kind.value for finding in collate(Text("PGOV, PREL\n"), Text("PGOV  PREL\r\n"))]
        ['punctuation', 'double_spaces', 'line_ends']
    """
    if left.text == right.text:
        return []
    if left.text > right.text:  # of several equal alignments the same is taken, whichever side is named first
        return [Finding(kind, there, here) for kind, here, there in _Collation(_Side(right), _Side(left)).findings()]
    return _Collation(_Side(left), _Side(right)).findings()


class _Collation:
    """One collation of two sides."""

    def __init__(self, left: _Side, right: _Side) -> None:
        self.left = left
        self.right = right
        pairs = align(left.keys, right.keys, left.marks, right.marks)
        self.pairs = self._without_chance(pairs) if left.keys != right.keys else pairs

    def _without_chance(self, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The pairs without the few that a paragraph shares by chance with others than its counterpart."""
        left, right = self.left, self.right
        chance: set[tuple[int, int]] = set()
        places = tuple([pair[index] for pair in pairs] for index in (0, 1))
        for side, other, index in ((left, right, 0), (right, left, 1)):
            for number, (first, last) in enumerate(side.ranges):
                low, high = (bisect_left(places[index], word) for word in (first, last))
                if (high - low) * _NEAR >= last - first:
                    continue
                own = side.paragraphs[number].number
                for pair in pairs[low:high]:
                    home = other.paragraph_of(pair[1 - index])
                    if home is None or own is None or other.paragraphs[home].number != own:
                        chance.add(pair)
        return [pair for pair in pairs if pair not in chance] if chance else pairs

    def findings(self) -> list[Finding]:
        """The differences in order of the texts."""
        left, right = self.left, self.right
        found: list[Finding] = []
        i = j = 0
        for next_i, next_j in (*self.pairs, (len(left.spans), len(right.spans))):
            if (i, j) == (next_i, next_j):
                found += between(left.text, right.text, (left.before(i), left.at(i)), (right.before(j), right.at(j)))
            else:
                found += self._run((i, next_i), (j, next_j))
            if next_i < len(left.spans):
                found += self._case(next_i, next_j)
            i, j = next_i + 1, next_j + 1
        found = self._with_moves(found)
        found.sort(key=lambda finding: (finding.left, finding.right))
        return found

    def _run(self, ours: Pair, theirs: Pair) -> Iterator[Finding]:
        """Words without counterpart between two pairs of words: paragraphs of one side, then what is left."""
        left, right = self.left, self.right
        whole_left, whole_right = left.whole(*ours), right.whole(*theirs)
        only_left, only_right = _unpaired(left, whole_left, right, whole_right)
        if not only_left and not only_right:
            yield from self._without_repetition(ours, theirs)
            return
        here, there = left.at(ours[0]), right.at(theirs[0])
        for number in only_left:
            yield Finding(DifferenceKind.MISSING, left.extent(number), (there, there))
        for number in only_right:
            yield Finding(DifferenceKind.MISSING, (here, here), right.extent(number))
        rests = zip_longest(left.rests(ours, only_left), right.rests(theirs, only_right))
        for our_rest, their_rest in rests:
            yield from self._words(our_rest or (ours[1], ours[1]), their_rest or (theirs[1], theirs[1]), alone=False)

    def _without_repetition(self, ours: Pair, theirs: Pair) -> Iterator[Finding]:
        """Words of either side, those apart that one side has twice in a row."""
        start, end = self.left.repeated(*ours) if theirs[0] == theirs[1] else (0, 0)
        other_start, other_end = self.right.repeated(*theirs) if ours[0] == ours[1] else (0, 0)
        if start == end and other_start == other_end:
            yield from self._words(ours, theirs)
        elif start < end:
            there = (self.right.at(theirs[0]),) * 2
            yield Finding(DifferenceKind.REPETITION, self.left.stretch(start, end), there)
            for rest in ((ours[0], start), (end, ours[1])):
                if rest[0] < rest[1]:
                    yield from self._words(rest, theirs, alone=False)
        else:
            here = (self.left.at(ours[0]),) * 2
            yield Finding(DifferenceKind.REPETITION, here, self.right.stretch(other_start, other_end))
            for rest in ((theirs[0], other_start), (other_end, theirs[1])):
                if rest[0] < rest[1]:
                    yield from self._words(ours, rest, alone=False)

    def _words(self, ours: Pair, theirs: Pair, *, alone: bool = True) -> Iterator[Finding]:
        """Words of either side that have no counterpart; `alone` where nothing else stands between the same pairs."""
        left, right = self.left, self.right
        for group in left.artefact_groups(*ours):
            yield Finding(DifferenceKind.ARTEFACT, group, (right.at(theirs[0]),) * 2)
        for group in right.artefact_groups(*theirs):
            yield Finding(DifferenceKind.ARTEFACT, (left.at(ours[0]),) * 2, group)
        mine, others = left.words(*ours), right.words(*theirs)
        our_gap = (left.before(ours[0]), left.at(ours[1]))
        their_gap = (right.before(theirs[0]), right.at(theirs[1]))
        if not mine and not others:
            if alone and left.punctuation(*our_gap) != right.punctuation(*their_gap):
                yield Finding(DifferenceKind.PUNCTUATION, our_gap, their_gap)
            return
        hull = left.hull(mine, ours[0])
        other_hull = right.hull(others, theirs[0])
        keys, other_keys = [left.keys[word] for word in mine], [right.keys[word] for word in others]
        letters = "".join(keys)
        if keys == other_keys:  # the same words after all: their pairs had been taken for chance
            yield from self._same(mine, others)
        elif letters == "".join(other_keys) and not any(map(str.isdigit, letters)):
            same = left.punctuation(*hull) == right.punctuation(*other_hull)
            yield Finding(DifferenceKind.JOINED if same else DifferenceKind.PUNCTUATION, hull, other_hull)
        else:
            yield Finding(DifferenceKind.WORDING, hull, other_hull)
        if alone and mine and others:
            start, end = (our_gap[0], hull[0]), (hull[1], our_gap[1])
            yield from between(left.text, right.text, start, (their_gap[0], other_hull[0]))
            yield from between(left.text, right.text, end, (other_hull[1], their_gap[1]))
        elif alone:
            full, bare = (left, right) if mine else (right, left)
            gap, words, bare_gap = (our_gap, hull, their_gap) if mine else (their_gap, other_hull, our_gap)
            before, behind = full.punctuation(gap[0], words[0]), full.punctuation(words[1], gap[1])
            if bare.punctuation(*bare_gap) not in {before, behind, before + behind}:
                yield Finding(DifferenceKind.PUNCTUATION, our_gap, their_gap)

    def _same(self, mine: list[int], others: list[int]) -> Iterator[Finding]:
        """What differs in and between words that are the same."""
        left, right = self.left, self.right
        for at, (word, other) in enumerate(zip(mine, others, strict=True)):
            if at:
                ours = left.spans[mine[at - 1]][1], left.at(word)
                theirs = right.spans[others[at - 1]][1], right.at(other)
                yield from between(left.text, right.text, ours, theirs)
            yield from self._case(word, other)

    def _case(self, word: int, other: int) -> Iterator[Finding]:
        """That two words that are the same have other capitals."""
        ours, theirs = self.left.spans[word], self.right.spans[other]
        if self.left.text[slice(*ours)] != self.right.text[slice(*theirs)]:
            yield Finding(DifferenceKind.CASE, ours, theirs)

    def _with_moves(self, found: list[Finding]) -> list[Finding]:
        """Paragraphs that one side lacks in one place and has in another are moved, and are compared there."""
        missing = DifferenceKind.MISSING
        ours = [f for f in found if f.kind is missing and f.left[0] < f.left[1]]
        theirs = [f for f in found if f.kind is missing and f.right[0] < f.right[1]]
        if not ours or not theirs:
            return found
        paired: set[Finding] = set()
        moved: list[Finding] = []
        for gone, come in _alike([self.left.bag(f.left) for f in ours], [self.right.bag(f.right) for f in theirs]):
            one, other = ours[gone], theirs[come]
            paired |= {one, other}
            moved.append(Finding(DifferenceKind.MOVED, one.left, other.right))
            for kind, (a, b), (c, d) in collate(self.left.part(*one.left), self.right.part(*other.right)):
                here, there = one.left[0], other.right[0]
                moved.append(Finding(kind, (a + here, b + here), (c + there, d + there)))
        return [finding for finding in found if finding not in paired] + moved


def _unpaired(left: _Side, ours: list[int], right: _Side, theirs: list[int]) -> tuple[list[int], list[int]]:
    """The paragraphs between two pairs of words that have no counterpart there, by number or else by order."""
    numbers, others = left.numbers(ours), right.numbers(theirs)
    plain, other_plain = [p for p in ours if p not in numbers], [p for p in theirs if p not in others]
    common = set(numbers.values()) & set(others.values())
    only_left = [p for p, number in numbers.items() if number not in common]
    only_right = [p for p, number in others.items() if number not in common]
    both = min(len(plain), len(other_plain))
    return sorted(only_left + plain[both:]), sorted(only_right + other_plain[both:])


def _alike(ours: list[Counter[str]], theirs: list[Counter[str]]) -> list[Pair]:
    """Pairs of paragraphs that share at least half of their words, the most alike first."""
    holders: dict[str, list[int]] = {}
    for at, bag in enumerate(theirs):
        for word in bag:
            holders.setdefault(word, []).append(at)
    scores: list[tuple[float, int, int]] = []
    for i, bag in enumerate(ours):
        rarest = sorted((word for word in bag if word in holders), key=lambda word: (len(holders[word]), word))
        seen = Counter(j for word in rarest[:_TELLING] for j in holders[word][:_CANDIDATES])
        for j, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:_COMPARED]:
            score = 2 * (bag & theirs[j]).total() / (bag.total() + theirs[j].total())
            if score >= 0.5:  # noqa: PLR2004 - half of the words
                scores.append((-score, i, j))
    pairs: list[Pair] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(scores):
        if i not in taken[0] and j not in taken[1]:
            pairs.append((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return pairs
