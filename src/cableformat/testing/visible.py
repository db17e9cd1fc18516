"""Law 12: what people see is the truth, also where a copy of the cable is embedded beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from cableformat.errors import FormatError
from cableformat.fidelity import diff, project
from cableformat.testing.laws import LawError, read_back, written
from cableformat.text import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cableformat.cable import Cable
    from cableformat.registry import Format

LAW = "visible truth"
SEEN = "QMERIDIANQ"
EDITED = "ZMERIDIANZ"
HIDDEN = "XREDACTEDX"
"""Words that stand nowhere else: in the text, in its place after an edit, and where the format does not promise to
show them."""


def one_by_one(data: bytes, old: str, new: str) -> Iterator[bytes]:
    """The files in which one occurrence of a word is replaced, for each that stands in the bytes as it is."""
    at = data.find(old.encode())
    while at >= 0:
        yield data[:at] + new.encode() + data[at + len(old) :]
        at = data.find(old.encode(), at + 1)


def embeds(known: Format) -> bool:
    """Whether a format has the option `embed`, so that the law is about it."""
    return any(option.name == "embed" for option in attrs.fields(known.options))


def visible_truth(
    known: Format, cable: Cable, edits: Callable[[bytes, str, str], Iterator[bytes]] = one_by_one
) -> None:
    """Law 12, for a format with the option `embed`.

    Without the copy, what it declares as `visible` is kept, and nothing survives that is not visible. With the copy
    and the visible text edited, the reader takes the visible text and reports what that changes.

    Args:
        known: The format.
        cable: Any cable; words are put into its body and an extension to look for.
        edits: Gives the files in which one place that shows a word shows another.
    """
    if known.visible.level == "NONE":
        raise LawError(LAW, f"{known.name} embeds a copy and declares nothing as visible (Format.visible).")
    body = next((part for part in cable.parts if part.role == "body"), Part("body", "body", ""))
    shown = attrs.evolve(body, text=f"{body.text}\n{SEEN}\n")
    parts = tuple(shown if part is body else part for part in cable.parts)
    cable = attrs.evolve(
        cable,
        parts=parts if shown in parts else (*(p for p in parts if p.id != shown.id), shown),
        annotations=(),
        extensions={**dict(cable.extensions), "kit.hidden": f'"{HIDDEN}"'},
    )
    _without_the_copy(known, cable)
    _edited(known, cable, shown.id, edits)


def _without_the_copy(known: Format, cable: Cable) -> None:
    data, _ = written(known, (cable,), {"embed": False})
    back, _ = read_back(known, data)
    if len(back) != 1:
        raise LawError(LAW, f"{known.name} gives {len(back)} cables for one, with embed off.")
    if known.visible.covers(cable):
        found = diff(project(cable, known.visible), project(back[0], known.visible))
        if found:
            paths = ", ".join(f"{path} ({kind})" for kind, path in found[:5])
            raise LawError(LAW, f"{known.name} says it keeps {paths} visible, and does not with embed off.")
    is_left = HIDDEN.encode() in data or "kit.hidden" in dict(back[0].extensions)
    if is_left and "extensions[kit.hidden]" not in known.visible:
        raise LawError(LAW, f"{known.name} leaves an extension in the file with embed off.")


def _edited(known: Format, cable: Cable, part_id: str, edits: Callable[[bytes, str, str], Iterator[bytes]]) -> None:
    data, _ = written(known, (cable,))
    (start,), _ = read_back(known, data)
    honoured = 0
    for edited in edits(data, SEEN, EDITED):
        try:
            back, said = read_back(known, edited)
        except FormatError:
            continue  # it noticed that the copy was touched
        if len(back) != 1:
            raise LawError(LAW, f"{known.name} gives {len(back)} cables after an edit.")
        reported = {event.path for event in said}
        silent = [path for _, path in diff(start, back[0]) if path not in reported and path.split(".")[0] != "source"]
        if silent:
            raise LawError(LAW, f"after an edit {known.name} changes {', '.join(silent[:5])} in silence.")
        texts = {part.id: part.text for part in back[0].parts}
        honoured += EDITED in texts.get(part_id, "")
    if not honoured:
        raise LawError(LAW, f"{known.name} gives the embedded cable where the visible text was edited.")
