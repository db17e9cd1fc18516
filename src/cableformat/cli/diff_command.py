"""`cableformat diff`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from cableformat import conversion
from cableformat.cli import app, output
from cableformat.comparison import compare
from cableformat.differences import DifferenceKind
from cableformat.errors import CableError, CardinalityError
from cableformat.registry import Input
from cableformat.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cableformat.cable import Cable
    from cableformat.comparison import Comparison
    from cableformat.differences import Difference

DIFFERENT = 1
"""Exit code where the cables differ."""
TROUBLE = 2
"""Exit code where they could not be compared, as that of POSIX diff; 1 is taken."""

_STANDARD = "-"
_AROUND = 24
_LONG = 160
_HEADINGS = {"record": "Record", "field": "Fields", "text": "Text", "apparatus": "Other parts and notes"}
_EMPTY_LINE = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*+(?:\r\n?|\n)\s*+")
_FIRST_WORD = re.compile(r"\A\S*+\s++")
_LAST_WORD = re.compile(r"\s++\S*+\Z")
_BLANKS = str.maketrans({" ": "\u2423", "\u00a0": "\u237d"})


@click.command("diff")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--from", "from_format", metavar="FORMAT", help="Format of both files (default: identified).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.option(
    "--layout/--no-layout",
    "layout",
    default=None,
    help="Show every difference of layout, or pass over them (default: count them).",
)
@click.option("--color/--no-color", "color", default=None, help="Colours (default: in a terminal).")
def command(  # noqa: PLR0913 - one argument an option
    left: str, right: str, from_format: str | None, *, as_json: bool, layout: bool | None, color: bool | None
) -> int:
    """Compare two versions of a cable: what the files say of it, its fields and its text.

    White space, line ends, pagers and the like are told apart from punctuation, and that from other words. A or B may
    be - for standard input. Cables of files with several are matched by their identifiers.

    In a line of the text, [-words-] stand only in A and {+words+} only in B.

    Exit codes: 0 equal; 1 different; 2 wrong use or bad input; 5 the system refused.
    """
    if left == right == _STANDARD:
        raise click.UsageError("Standard input can be one side only.")
    try:
        ours, theirs = _read(left, from_format), _read(right, from_format)
    except CableError as error:
        app.say(error)
        return max(TROUBLE, app.exit_code(error))
    pairs, only_left, only_right = _matched(ours, theirs)
    compared = [(name, compare(*pair)) for name, pair in pairs]
    kept = [(name, pair, _kept(pair, layout=layout)) for name, pair in compared]
    is_equal = not (only_left or only_right or any(differences for _, _, differences in kept))
    if as_json:
        cables = [_description(name, pair, differences) for name, pair, differences in kept]
        names = {"left": left, "right": right, "is_equal": is_equal}
        output.print_json({**names, "cables": cables, "only_left": only_left, "only_right": only_right})
        return 0 if is_equal else DIFFERENT
    out = output.console(color=color)
    for name, pair, differences in kept:
        if len(kept) > 1 or only_left or only_right:
            out.print(Text(output.visible(name), style="bold"))
        for line in _lines(pair, differences, every=bool(layout)):
            out.print(line)
    for side, names_there in (("A", only_left), ("B", only_right)):
        for name in names_there:
            out.print(Text(f"Only in {side}: {output.visible(name)}", style="yellow"))
    return 0 if is_equal else DIFFERENT


def _read(name: str, from_format: str | None) -> list[Cable]:
    source = Input.of(sys.stdin.buffer if name == _STANDARD else name)
    found = list(conversion.read_all(source, from_format))
    if not found:
        raise CardinalityError(f"{source.name or 'Standard input'}: The input holds no cable.")
    return found


def _matched(
    ours: Sequence[Cable], theirs: Sequence[Cable]
) -> tuple[list[tuple[str, tuple[Cable, Cable]]], list[str], list[str]]:
    """The cables of both sides matched by identifier, and the names of those of one side."""
    if len(ours) == len(theirs) == 1:
        return [(_name(ours[0]), (ours[0], theirs[0]))], [], []
    named, others = _by_name(ours), _by_name(theirs)
    pairs = [(name, (cable, others[name])) for name, cable in named.items() if name in others]
    return pairs, [name for name in named if name not in others], [name for name in others if name not in named]


def _name(cable: Cable) -> str:
    return cable.reference_id or cable.mrn or "no identifier"


def _by_name(cables: Sequence[Cable]) -> dict[str, Cable]:
    """The cables by name; those of a name that has stood before are numbered."""
    found: dict[str, Cable] = {}
    seen: dict[str, int] = {}
    for cable in cables:
        name = _name(cable)
        seen[name] = seen.get(name, 0) + 1
        found[name if seen[name] == 1 else f"{name} #{seen[name]}"] = cable
    return found


def _kept(pair: Comparison, *, layout: bool | None) -> list[Difference]:
    return [d for d in pair if layout is not False or d.group != "layout"]


def _description(name: str, pair: Comparison, differences: Sequence[Difference]) -> dict[str, Any]:
    counts = {kind.value: sum(d.kind is kind for d in differences) for kind in DifferenceKind}
    return {
        "cable": name,
        "is_equal": not differences,
        "same_wording": pair.same_wording,
        "counts": {kind: number for kind, number in counts.items() if number},
        "differences": [
            {
                "kind": d.kind.value,
                "group": d.group,
                "aspect": d.aspect,
                "path": d.path,
                "left": {"where": _where(d.left), "text": d.left_text},
                "right": {"where": _where(d.right), "text": d.right_text},
            }
            for d in differences
        ],
    }


def _where(where: Span | str | None) -> object:
    if isinstance(where, Span):
        return {"part": where.part, "start": where.start, "end": where.end}
    return where


def _lines(pair: Comparison, differences: Sequence[Difference], *, every: bool) -> Iterator[Text]:
    """The differences of one pair for people: a heading for each aspect, layout counted unless all of it is wanted."""
    if not differences:
        yield Text("No difference.")
        return
    verdict = "The words of the telegram are the same." if pair.same_wording else "The words of the telegram differ."
    yield Text(verdict, style="bold green" if pair.same_wording else "bold red")
    shown = [d for d in differences if every or d.group != "layout"]
    for aspect, heading in _HEADINGS.items():
        of_aspect = [d for d in shown if d.aspect == aspect]
        if of_aspect:
            yield Text(f"\n{heading}", style="bold")
        for difference in of_aspect:
            yield _line(f"{difference.path}  {_label(difference.kind)}", difference, pair)
    layout = [d for d in differences if d.group == "layout"]
    if layout and not every:
        yield Text("\nLayout, the first of each kind", style="bold")
        for kind in DifferenceKind:
            of_kind = [d for d in layout if d.kind is kind]
            if of_kind:
                yield _line(f"{len(of_kind):,} {_label(kind)}", of_kind[0], pair)
    counts = {
        group: sum(d.group == group for d in differences) for group in ("layout", "punctuation", "case", "wording")
    }
    yield Text(f"\n{', '.join(f'{group} {number:,}' for group, number in counts.items() if number)}", style="dim")


def _label(kind: DifferenceKind) -> str:
    return kind.value.replace("_", " ")


def _line(label: str, difference: Difference, pair: Comparison) -> Text:
    """One difference between the words around it."""
    before, after = _around(difference, pair)
    line = Text(f"  {output.visible(label)}: ", style="dim")
    line.append(_words(before, difference), style="not dim")
    if difference.left_text:
        line.append(f"[-{_words(difference.left_text, difference)}-]", style="not dim red")
    if difference.right_text:
        line.append(f"{{+{_words(difference.right_text, difference)}+}}", style="not dim green")
    if not difference.left_text and not difference.right_text:
        line.append('None, ""' if difference.left_text is None else '"", None', style="not dim")
    return line.append(_words(after, difference), style="not dim")


def _around(difference: Difference, pair: Comparison) -> tuple[str, str]:
    """The words right before and behind a difference of the text."""
    sides = ((pair.left, difference.left), (pair.right, difference.right))
    if difference.aspect not in {"text", "apparatus"} or difference.kind in {
        DifferenceKind.MISSING,
        DifferenceKind.MOVED,
    }:
        return "", ""
    for cable, where in sides:
        if isinstance(where, Span):
            text = cable.part(where.part).text
            before = _EMPTY_LINE.split(text[max(0, where.start - _AROUND) : where.start])[-1]
            after = _EMPTY_LINE.split(text[where.end : where.end + _AROUND])[0]
            # What the window cuts is not shown as if it were a word.
            before = _FIRST_WORD.sub("", before) if len(before) == _AROUND else before
            return before, _LAST_WORD.sub("", after) if len(after) == _AROUND else after
    return "", ""


def _words(text: str, difference: Difference) -> str:
    """A text as one line, safe for the terminal; blanks are drawn where they are what differs."""
    if len(text) > _LONG:
        text = f"{text[: _LONG // 2]} ... {text[-_LONG // 3 :]}"
    if difference.group == "layout" and not text.strip():
        return output.visible(text.translate(_BLANKS))
    return output.visible(" ".join(text.split()) if text.strip() == text else text)
