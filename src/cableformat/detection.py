"""Which format is this? Content first, the name second, never the order of installation."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING

import attrs

from cableformat import notices
from cableformat.errors import AmbiguousFormatError, PluginError, UnknownFormatError, UnrecognisedError
from cableformat.registry import HINTS, Claim, Confidence, Format, Input, Registry

if TYPE_CHECKING:
    from collections.abc import Iterable


@attrs.frozen
class Detection:
    """One format that an input may be.

    Attributes:
        format: The format's name.
        confidence: How sure.
        evidence: Why, in words.
    """

    format: str
    confidence: Confidence
    evidence: str


def candidates(source: Input, registry: Registry) -> tuple[Detection, ...]:
    """Every format that claims the input, the surest first; within one confidence by name."""
    head = source.head
    found: list[Detection] = []
    for known in registry.readable:
        claim = _marked(known, head) if known.magic or known.marker else None
        if claim is None:
            if known.sniff is None:
                claim = _declared(known, source)
            elif not known.magic:
                claim = _sniffed(known, source)
        if claim is not None:
            found.append(Detection(known.name, claim.confidence, claim.evidence))
    return tuple(sorted(found, key=lambda d: (-d.confidence, d.format)))


def _marked(known: Format, head: bytes) -> Claim | None:
    """What a format's own mark says: its magic, or a marker."""
    if known.magic and head.startswith(known.magic):
        magic = next(magic for magic in known.magic if head.startswith(magic))
        return Claim(Confidence.EXACT, f"it begins with {_shown(magic)}")
    for pattern in known.markers:
        match = pattern.search(head)
        if match:
            return Claim(Confidence.EXACT, f"it marks itself: {_shown(match.group())}")
    return None


def _declared(known: Format, source: Input) -> Claim | None:
    """What the media type says, or the name."""
    if source.media_type is not None and source.media_type in known.media_types:
        return Claim(Confidence.HINT, f"it is declared as {source.media_type}")
    if source.name is None:
        return None
    suffix = next((s for s in known.suffixes if source.name.lower().endswith(s)), None)
    return Claim(Confidence.HINT, f"its name ends in {suffix}") if suffix else None


def _sniffed(known: Format, source: Input) -> Claim | None:
    try:
        sniff = known.load_sniff()
        claim = sniff(source) if sniff is not None else None
    except (Exception, SystemExit) as error:  # a plugin may do anything; none stops the others
        words = f"The sniff of the format {known.name} failed: {type(error).__name__}: {error}."
        if os.environ.get("CABLEFORMAT_STRICT") == "1":
            raise PluginError(words) from error
        notices.warn(__name__, words)
        return None
    if claim is None or claim.confidence <= Confidence.DIALECT:
        return claim
    return attrs.evolve(claim, confidence=Confidence.DIALECT)  # only a declared self-mark is exact


def _shown(marker: bytes) -> str:
    words = " ".join(marker.decode("ascii", "backslashreplace").split())
    return f"{words[:57]}..." if len(words) > 60 else words  # noqa: PLR2004 - a line of a table


def identify(source: Input, registry: Registry) -> Detection:
    """The format of an input.

    Of the surest claims, one that is refined by another gives way to it. `CABLEFORMAT_PREFER` (names joined by
    commas) decides between the rest.

    Raises:
        UnrecognisedError: The input is empty, or no format claims it.
        AmbiguousFormatError: Several do, with equal confidence.
    """
    if not source.head:
        raise UnrecognisedError("The input is empty.", source=source.name, offset=0)
    found = candidates(source, registry)
    if not found:
        raise UnrecognisedError(
            f"No installed format recognises it ({', '.join(known.name for known in registry.readable)}).",
            source=source.name,
            offset=0,
            hint="If you know what it is, name the format with --from.",
        )
    surest = [d for d in found if d.confidence == found[0].confidence]
    if len(surest) == 1:
        return surest[0]
    refined = {base for d in surest for base in _bases(registry.get(d.format), registry)}
    finest = [d for d in surest if d.format not in refined]
    if len(finest) == 1:
        return finest[0]
    for name in os.environ.get("CABLEFORMAT_PREFER", "").split(","):
        for detection in finest:
            if detection.format == name.strip():
                return detection
    claims = "; ".join(f"{d.format} ({d.evidence})" for d in finest)
    raise AmbiguousFormatError(
        f"It could be any of these: {claims}.",
        source=source.name,
        offset=0,
        hint="Say which with --from, or set CABLEFORMAT_PREFER.",
    )


def _bases(known: Format, registry: Registry) -> Iterable[str]:
    """The names of the formats that this one refines, nearest first."""
    by_name = {f.name: f for f in registry.formats}
    seen: list[str] = []
    while known.refines is not None and known.refines not in seen:
        seen.append(known.refines)
        if known.refines not in by_name:
            break
        known = by_name[known.refines]
    return seen


def format_for_target(name: str, registry: Registry) -> Format:
    """The format to write a file of that name in, by its suffix; a dialect is written only when it is named.

    Raises:
        UnknownFormatError: No format, or more than one, writes files with that suffix.
    """
    writing = [known for known in registry.by_suffix(name) if known.writer is not None]
    plain = [known for known in writing if known.refines is None] or writing
    if len(plain) == 1:
        return plain[0]
    suffix = PurePath(name).suffix
    what = f"files that end in {suffix}" if suffix else "files without a suffix"
    if not plain:
        hint = f" It may come with: pip install '{HINTS[suffix[1:]]}'." if suffix[1:] in HINTS else ""
        raise UnknownFormatError(f"{name}: No installed format writes {what}; name the format with --to.{hint}")
    names = " or ".join(known.name for known in plain)
    raise UnknownFormatError(f"{name}: Several formats write {what}; say --to {names}.")
