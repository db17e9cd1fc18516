"""Cables as Markdown with front matter, to read and annotate in any editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat import MODEL, Format, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cableformat import Claim, Input

__version__ = "0.1.0"

# The mark is a key of the front matter: the first as written, any after an editor has sorted them.
_MARKER = rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:(?!---)[^\n]*+\n)*?cableformat-markdown:"


def no_other(source: Input) -> Claim | None:  # noqa: ARG001 - the contract's shape
    """Nothing: a file that ends in `.md` and has no mark is somebody's notes."""
    return None


@hookimpl
def cableformat_formats() -> Iterable[Format]:
    """The formats of this plugin."""
    yield Format(
        name="markdown",
        title="Markdown with front matter, to read and annotate in any editor",
        media_types=("text/markdown",),
        suffixes=(".md", ".markdown"),
        marker=(_MARKER,),
        sniff=no_other,
        reader="cableformat_markdown.reader:read",
        writer="cableformat_markdown.writer:write",
        keeps=MODEL,
        needs="cableformat-markdown",
    )
