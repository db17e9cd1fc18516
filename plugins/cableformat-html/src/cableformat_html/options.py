"""Options of the formats, apart from the code that needs lxml."""

from __future__ import annotations

import re

import attrs

from cableformat.patterns import on_use

# A page of the web, or one beside this page; neither another scheme nor another host in disguise.
_PATTERN = on_use(r"(?:https?://[^\s/\\]+/|(?![^/?#]*:)(?![/\\]{2}))[^\s\\]*", re.IGNORECASE)


def _links(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    if not value:
        return
    if "{id}" not in value:
        raise ValueError(f"{attribute.name} has no {{id}} in it, where the identifier of a cable is put")
    if not _PATTERN.fullmatch(value):
        raise ValueError(f"{attribute.name} is neither an http(s) address nor a relative one: {value!r}")


def _beside(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    for name in value.split(","):
        if name and not re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", name.strip()):
            raise ValueError(f"{attribute.name} takes names of formats joined by commas, not {name!r}")


@attrs.frozen
class PageOptions:
    """Options of `html`.

    Attributes:
        embed: Whether the page carries the whole cable inside. Without it the page holds what people see and nothing
            else, which is what a redacted cable needs.
        links: Where the cables that this one refers to stand: an address with `{id}` in it, or nothing.
        beside: The formats in which the same cable lies beside the page, under the same name, joined by commas.
        templates: A folder with templates that take the place of the page's own, or nothing.
    """

    embed: bool = attrs.field(
        default=True, metadata={"help": "carry the whole cable inside; false leaves only what people see"}
    )
    links: str = attrs.field(
        default="",
        validator=_links,
        metadata={"help": "where the cables stand that it refers to, such as https://example.org/{id}.html"},
    )
    beside: str = attrs.field(
        default="",
        validator=_beside,
        metadata={"help": "formats in which the same cable lies beside the page, such as json,tei,pdf"},
    )
    templates: str = attrs.field(
        default="",
        metadata={"help": "a folder whose page.html, page.css or parts of them replace the page's own"},
    )
