"""Canonical JSON: the one text of a cable that carries all of it (`loads(dumps(cable)) == cable`)."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs
import msgspec

from cableformat import strictjson
from cableformat.cable import Cable
from cableformat.errors import FormatError, ModelError
from cableformat.record import Annotation, Record, Source
from cableformat.text import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA_VERSION = "1.0"
"""Version of the document's shape: a newer minor version adds members, a newer major version changes them."""

UNKNOWN_MEMBERS = "cableformat.members"
"""The extension that holds members of a newer minor version, by the path of the object they stand in."""

_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})")
_MEMBERS: dict[str, frozenset[str]] = {
    name: frozenset(attribute.name for attribute in attrs.fields(cls))
    for name, cls in (("record", Record), ("parts", Part), ("annotations", Annotation), ("source", Source))
}
_TYPES: dict[str, Any] = {
    "record": Record,
    "parts": tuple[Part, ...],
    "annotations": tuple[Annotation, ...],
    "source": Source | None,
    "grammar": str,
}
_DOCUMENT_MEMBERS = frozenset({"cableformat", *(attribute.name for attribute in attrs.fields(Cable))})


def dumps(cable: Cable, *, compact: bool = False) -> bytes:
    r"""The canonical bytes of a cable: equal exactly for equal cables.

    Args:
        cable: The cable.
        compact: One line without blanks (a row of JSON Lines) instead of the indented document.

    Returns:
        UTF-8, ending in a line feed.

    Example:
        >>> dumps(Cable(), compact=True)
        b'{"cableformat":"1.0","record":{},"parts":[],"annotations":[],"extensions":{},"source":null,"grammar":"us"}\n'
    """
    document = _document(cable)
    if compact:
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    else:
        text = json.dumps(document, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def loads(data: str | bytes, *, line: int | None = None) -> Cable:
    """The cable of a canonical document, or of any JSON that says the same.

    Args:
        data: The document; bytes must be UTF-8 (a byte order mark is passed over).
        line: The number of the line it begins on in a larger file, for errors.

    Raises:
        FormatError: It is not JSON, not a cable, or of a newer major version.
    """
    if isinstance(data, bytes):
        try:
            data = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise FormatError("Not valid UTF-8, which JSON must be.", offset=error.start) from None
    document = strictjson.parse(data, line=line or 1)
    if not isinstance(document, dict) or "cableformat" not in document:
        raise FormatError('Not a cable: the document has no member "cableformat".', line=line, path="the top")
    _check_version(document["cableformat"], line)
    unknown = _take_unknown(document)
    members: dict[str, Any] = {}
    name = ""
    try:
        for name, value in document.items():  # in the document's own order, so that the first fault is named
            if name == "extensions":
                members[name] = _extensions(value, unknown)
            elif name != "cableformat":
                members[name] = msgspec.convert(value, _TYPES[name])
        name = ""
        if unknown and "extensions" not in members:
            members["extensions"] = _extensions({}, unknown)
        return Cable(**members)
    except ValueError as error:  # msgspec's and the model's own are both ValueErrors
        message, _, path = str(error).replace("`", "").partition(" - at $")
        raise FormatError(f"{message.rstrip('.')}.", line=line, path=f"{name}{path}" or "the top") from None


def _extensions(value: object, unknown: dict[str, dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """The extensions of a document, with the members that this version does not know as one of them."""
    if not isinstance(value, dict):
        raise ModelError("Expected object, got something else")
    if unknown and UNKNOWN_MEMBERS in value:
        raise ModelError(
            f"The document has unknown members and the extension {UNKNOWN_MEMBERS}, which holds such; it can have only "
            "one of them"
        )
    held = {**value, UNKNOWN_MEMBERS: unknown} if unknown else value
    return tuple((name, strictjson.canonical(item)) for name, item in held.items())


@lru_cache(maxsize=16)
def _major(version: str) -> int | None:
    """The major version that a version names, or None if it is none."""
    match = _VERSION.fullmatch(version)
    return int(match[1]) if match else None


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of canonical documents, made from the model.

    Members that it does not name are allowed, as a newer minor version may have them.
    """
    _, definitions = msgspec.json.schema_components((Record, Part, Annotation, Source))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A diplomatic cable",
        "type": "object",
        "required": ["cableformat"],
        "properties": {
            "cableformat": {"type": "string", "pattern": r"^1\.[0-9]{1,4}$"},
            "record": {"$ref": "#/$defs/Record"},
            "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}},
            "annotations": {"type": "array", "items": {"$ref": "#/$defs/Annotation"}},
            "extensions": {"type": "object"},
            "source": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/Source"}]},
            "grammar": {"type": "string"},
        },
        "$defs": definitions,
    }


def _check_version(version: object, line: int | None) -> None:
    major = _major(version) if isinstance(version, str) else None
    if major is None:
        raise FormatError(
            f'"cableformat" must be a version such as "{SCHEMA_VERSION}", not {version!r:.40}.',
            line=line,
            path="cableformat",
        )
    ours = int(SCHEMA_VERSION.partition(".")[0])
    if major > ours:
        raise FormatError(
            f"The document is of schema version {version}, and this cableformat reads up to {ours}.x.",
            line=line,
            path="cableformat",
            hint="Upgrade cableformat to read it.",
        )
    if major < ours:
        raise FormatError(
            f"There is no schema version {version}; the first is {SCHEMA_VERSION}.",
            line=line,
            path="cableformat",
        )


def _document(cable: Cable) -> dict[str, Any]:
    extensions = {name: json.loads(text) for name, text in cable.extensions}
    document: dict[str, Any] = {
        "cableformat": SCHEMA_VERSION,
        "record": _present(cable.record),
        "parts": [attrs.asdict(part) for part in cable.parts],
        "annotations": [attrs.asdict(note) for note in cable.annotations],
        "extensions": extensions,
        "source": None if cable.source is None else _present(cable.source),
        "grammar": cable.grammar,
    }
    _put_unknown(document)
    return document


def _present(model: Record | Source) -> dict[str, Any]:
    """The members that say something: None is left out, "" is not, and so is an empty `extra`."""
    names = (attribute.name for attribute in attrs.fields(type(model)))
    return {name: value for name in names if (value := getattr(model, name)) is not None and value != ()}


def _holders(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], frozenset[str]]]:
    """Each object of a document that has members of the model: its path, itself, and the members known to it."""
    yield "document", document, _DOCUMENT_MEMBERS
    for name in ("record", "source"):
        if isinstance(document.get(name), dict):
            yield name, document[name], _MEMBERS[name]
    for name in ("parts", "annotations"):
        items = document.get(name)
        for i, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield f"{name}[{item.get('id', i)}]", item, _MEMBERS[name]


def _take_unknown(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Take the members that this version does not know out of a document, by the path of their object."""
    unknown: dict[str, dict[str, Any]] = {}
    for path, holder, known in _holders(document):
        names = holder.keys() - known
        if names:
            unknown[path] = {name: holder.pop(name) for name in sorted(names)}
    return unknown


def _put_unknown(document: dict[str, Any]) -> None:
    """Put such members back where they stood, if each still has its place; else they stay an extension."""
    unknown = document["extensions"].get(UNKNOWN_MEMBERS)
    if not isinstance(unknown, dict) or not unknown:
        return
    holders = {path: (holder, known) for path, holder, known in _holders(document)}
    for path, members in unknown.items():
        if path not in holders or not isinstance(members, dict) or not members or members.keys() & holders[path][1]:
            return
    del document["extensions"][UNKNOWN_MEMBERS]
    for path, members in unknown.items():
        holders[path][0].update(members)
