"""`cableformat validate`: a document against the profile, with line, element and rule in words."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from lxml import etree

from cableformat import Problem
from cableformat_tei.fields import local_name
from cableformat_tei.names import PROFILE
from cableformat_tei.parsing import Parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import Input

_XML_ID = "http://www.w3.org/XML/1998/namespace id"
_RELAX_NG = "{http://relaxng.org/ns/structure/1.0}"
_DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
_NAMESPACE = re.compile(r"\{[^}]*\}")
_MAX_PROBLEMS = 100


def validate(source: Input) -> Iterator[Problem]:
    """What the profile does not allow in a document.

    Args:
        source: The document.

    Raises:
        FormatError: It is no well-formed XML, or has what is never read: a document type, entities, too deep nesting.
    """
    data = source.read()
    references = _References()
    parser = references.parser = Parser(references, source.charset)
    parser.feed(data, final=True)  # it refuses what would hurt the other parser
    if not references.is_own:
        yield Problem(
            f'The document does not say that it is of this profile (TEI/@subtype "{PROFILE}").',
            line=1,
            where="TEI",
            rule=_rules().get("TEI"),
        )
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    schema = _schema()
    if not schema.validate(tree):
        yield from _problems(schema.error_log, tree)
    yield from references.problems()


@cache
def _grammar() -> etree._ElementTree:
    with resources.files("cableformat_tei").joinpath("profile.rng").open("rb") as stream:
        return etree.parse(stream)


def _schema() -> etree.RelaxNG:
    """The profile, compiled anew for each document: a compiled schema keeps the errors of its last one."""
    return etree.RelaxNG(_grammar())


@cache
def _rules() -> dict[str, str]:
    """The rule for each element: its documentation in the profile."""
    rules: dict[str, str] = {}
    for words in _grammar().iter(_DOCUMENTATION):
        holder = words.getparent()
        for element in () if holder is None else holder.iter(f"{_RELAX_NG}element"):
            if element is holder or holder.tag == f"{_RELAX_NG}define":
                rules.setdefault(element.get("name", ""), " ".join((words.text or "").split()))
    return rules


def _problems(log: etree._ListErrorLog, tree: etree._Element) -> Iterator[Problem]:
    """The errors that are not only the consequence of one further inside."""
    entries = list(log)[:_MAX_PROBLEMS]
    paths = {entry.path for entry in entries if entry.path}
    holders = {path[: m.start()] for path in paths for m in re.finditer("/", path) if m.start()}
    said: set[tuple[int, str]] = set()
    for entry in entries:
        if entry.path in holders and len(entries) > 1:
            continue
        element = _element(tree, entry.path)
        message = _NAMESPACE.sub("", entry.message or "It is not allowed here").rstrip(".") + "."
        key = (entry.line, message)
        if key not in said:
            said.add(key)
            yield Problem(message, line=entry.line, where=element, rule=_rules().get(element))


def _element(tree: etree._Element, path: str | None) -> str:
    """The name of the element at a path."""
    found = tree.xpath(path) if path else []
    if isinstance(found, list) and found and isinstance(found[0], etree._Element):  # noqa: SLF001 - the class has no public name
        return etree.QName(found[0]).localname
    return "TEI"


class _References:
    """What points to something, and what is there to be pointed to: no grammar can check that."""

    def __init__(self) -> None:
        self.is_own = False
        self.parser: Parser | None = None
        self._ids: set[str] = set()
        self._pointers: list[tuple[str, str, int | None]] = []
        self._twice: list[Problem] = []
        self._parts: set[str] = set()
        self._is_root = True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        local = local_name(name)
        if self._is_root:
            self._is_root = False
            self.is_own = local == "TEI" and attributes.get("subtype") == PROFILE
        id_ = attributes.get(_XML_ID)
        if id_ is not None:
            if id_ in self._ids:
                self._say_twice(local, f"Two elements have the xml:id {id_!r}.")
            self._ids.add(id_)
        if local == "milestone" and attributes.get("unit") == "part":
            part = attributes.get("n", "")
            if part in self._parts:
                self._say_twice(local, f"Two parts are named {part!r}.")
            self._parts.add(part)
        for attribute in _POINTING.get(local, ()):
            for pointer in attributes.get(attribute, "").split():
                if pointer.startswith("#"):
                    self._pointers.append((local, pointer[1:], self._line))

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Character data."""

    @property
    def _line(self) -> int | None:
        return self.parser.line if self.parser is not None else None

    def _say_twice(self, local: str, message: str) -> None:
        self._twice.append(Problem(message, line=self._line, where=local, rule="A name is given once."))

    def problems(self) -> Iterator[Problem]:
        """What points to nothing, and what has another's name."""
        yield from self._twice[:_MAX_PROBLEMS]
        missing = [item for item in self._pointers if item[1] not in self._ids]
        for local, target, line in missing[:_MAX_PROBLEMS]:
            message = f"It points to #{target}, and nothing has that xml:id."
            yield Problem(message, line=line, where=local, rule=_rules().get(local))


_POINTING = {
    "g": ("ref",),
    "p": ("ana",),
    "annotation": ("target",),
    "ptr": ("target",),
    "catRef": ("scheme", "target"),
}
"""The attributes that must point to something in the document."""
