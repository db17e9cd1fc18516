"""`cableformat validate`: a document against the profile, with line, element and rule in words."""

from __future__ import annotations

import copy
from functools import cache
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING

import attrs
from lxml import etree

from cableformat import Problem
from cableformat_tei.exact_text import shown
from cableformat_tei.fields import local_name
from cableformat_tei.flow import XML_ID
from cableformat_tei.names import PROFILE
from cableformat_tei.parsing import Parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import Input

_RELAX_NG = "{http://relaxng.org/ns/structure/1.0}"
_DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
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
            line=references.root_line,
            where="TEI",
            rule=_rules().get("TEI"),
        )
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    yield from islice(_problems(tree, "TEI"), _MAX_PROBLEMS)
    yield from references.problems()


@cache
def _grammar() -> etree._Element:
    """The profile, with a definition of its own for each element that it names."""
    with resources.files("cableformat_tei").joinpath("profile.rng").open("rb") as stream:
        grammar = etree.parse(stream, etree.XMLParser(remove_blank_text=True)).getroot()
    for i, element in enumerate(list(grammar.iter(f"{_RELAX_NG}element"))):
        holder = element.getparent()
        if holder is None or element.get("name") is None or holder.tag == f"{_RELAX_NG}define":
            continue
        name = f"{element.get('name')}-{i}"
        holder.replace(element, etree.Element(f"{_RELAX_NG}ref", name=name))
        etree.SubElement(grammar, f"{_RELAX_NG}define", name=name).append(element)
    return grammar


@cache
def _schema(definition: str) -> etree.RelaxNG:
    """The profile with one of its definitions as the root."""
    grammar = copy.deepcopy(_grammar())
    (root,) = grammar.iterfind(f"{_RELAX_NG}start/{_RELAX_NG}ref")
    root.set("name", definition)
    return etree.RelaxNG(grammar)


@cache
def _define(name: str) -> etree._Element:
    return next(d for d in _grammar().iterfind(f"{_RELAX_NG}define") if d.get("name") == name)


@attrs.frozen
class _Content:
    """What a definition allows inside its element: the definitions of elements by name, any element, bare text."""

    elements: dict[str, list[str]]
    is_open: bool
    has_text: bool


@cache
def _content(definition: str) -> _Content:
    """What a definition allows inside its element."""
    elements: dict[str, list[str]] = {}
    is_open = has_text = False
    waiting = [_define(definition)]
    seen: set[str] = set()
    while waiting:
        part = waiting.pop()
        has_text = has_text or any(
            text.getparent().tag != f"{_RELAX_NG}attribute"  # type: ignore[union-attr]
            for text in part.iter(f"{_RELAX_NG}text", f"{_RELAX_NG}data")
        )
        for reference in part.iter(f"{_RELAX_NG}ref"):
            name = reference.get("name", "")
            if name in seen:
                continue
            seen.add(name)
            if name in {"anything", "further"}:
                is_open = True
                continue
            define = _define(name)
            inner = define.findall(f"{_RELAX_NG}element")
            if len(inner) == 1 and inner[0].get("name"):
                elements.setdefault(inner[0].get("name", ""), []).append(name)
            elif define.find(f"{_RELAX_NG}choice/{_RELAX_NG}element") is not None:  # elements that are all alike
                for alike in define.iter(f"{_RELAX_NG}element"):
                    elements.setdefault(alike.get("name", ""), [])
            else:
                waiting.append(define)
    return _Content(elements, is_open, has_text)


@cache
def _rules() -> dict[str, str]:
    """The rule for each element: its documentation in the profile."""
    rules: dict[str, str] = {}
    for words in _grammar().iter(_DOCUMENTATION):
        holder = words.getparent()
        if holder is None:
            continue
        for element in holder.iter(f"{_RELAX_NG}element", f"{_RELAX_NG}ref"):
            name = element.get("name", "").partition("-")[0]
            if element is holder or holder.tag == f"{_RELAX_NG}define":
                rules.setdefault(name, " ".join((words.text or "").split()))
    return rules


def _problems(element: etree._Element, definition: str) -> Iterator[Problem]:
    """What is wrong in an element: the innermost elements that are not what they should be.

    A validator of RELAX NG says which document is wrong, but names the outermost element as the reason. So each
    element is tried alone, from outside in.
    """
    schema = _schema(definition)
    if schema.validate(element):
        return
    entries = list(schema.error_log)
    is_inside = False
    for child in element.iterchildren(tag=etree.Element):
        choices = _fitting(child, _content(definition).elements.get(local_name(_plain(child.tag)), []))
        if choices and not any(_schema(choice).validate(child) for choice in choices):
            is_inside = True
            yield from _problems(child, choices[0])
    if is_inside:
        return
    name = local_name(_plain(element.tag))
    misplaced = _misplaced(element, _content(definition))
    if misplaced is not None:
        message, line = misplaced
    elif entries:
        said = "".join(f' {local_name(_plain(key))}="{element.get(key)}"' for key in element.attrib)
        message = f"{entries[0].message.rstrip('.')}: <{name}{said[:80]}>."
        line = entries[0].line or element.sourceline
    else:
        message, line = "It is not as it should be.", element.sourceline
    yield Problem(message, line=_line(line), where=name, rule=_rule(definition) or _rules().get(name))


def _rule(definition: str) -> str | None:
    """The documentation of a definition."""
    words = _define(definition).findtext(f".//{_DOCUMENTATION}")
    return None if words is None else " ".join(words.split())


def _misplaced(element: etree._Element, content: _Content) -> tuple[str, object] | None:
    """An element or text that has no place in this element, and the line of it; None where all have."""
    if not content.has_text:
        for holder, text in [(element, element.text), *((child, child.tail) for child in element)]:
            if text and text.strip():
                after = element[0] if holder is element and len(element) else holder.getnext()
                line = _line((holder if after is None else after).sourceline) or 1
                before = text.count("\n") if after is not None else 0  # the text ends on the line of what follows it
                return f"Text stands outside any block: {shown(text)[:40]!r}.", line - before
    if not content.is_open:
        for child in element.iterchildren(tag=etree.Element):
            name = local_name(_plain(child.tag))
            if name not in content.elements:
                return f"The element {name} has no place in {local_name(_plain(element.tag))}.", child.sourceline
    return None


def _line(line: object) -> int | None:
    """A line as a number, where there is one."""
    return line if isinstance(line, int) else None


def _fitting(element: etree._Element, definitions: list[str]) -> list[str]:
    """The definitions that an element can be meant by: those that ask for its @type, if any does."""
    asked = [d for d in definitions if element.get("type") in _types(d)]
    return asked or definitions


@cache
def _types(definition: str) -> frozenset[str]:
    """The values that a definition allows for @type."""
    attributes = (a for a in _define(definition).iter(f"{_RELAX_NG}attribute") if a.get("name") == "type")
    return frozenset(v.text or "" for a in attributes for v in a.iter(f"{_RELAX_NG}value"))


def _plain(tag: object) -> str:
    """A tag as the rest of the plugin names elements: namespace, blank, local name."""
    name = etree.QName(str(tag))
    return f"{name.namespace} {name.localname}" if name.namespace else name.localname


class _References:
    """What points to something, and what is there to be pointed to: no grammar can check that."""

    def __init__(self) -> None:
        self.is_own = False
        self.parser: Parser | None = None
        self.root_line: int | None = None
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
            self.root_line = self._line
            self.is_own = local == "TEI" and attributes.get("subtype") == PROFILE
        id_ = attributes.get(XML_ID)
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
