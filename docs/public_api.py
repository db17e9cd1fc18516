"""The public API as signatures in `docs/api/`, and what a change of it breaks, by griffe.

    python docs/public_api.py            # adds what is new; refuses what breaks, and names it
    python docs/public_api.py --breaks   # takes that, too: before a release that may break, with a line in CHANGELOG.md

The files hold what was released or is about to be: a name, a parameter or a default that goes is a breakage.
"""

from __future__ import annotations

import enum
import inspect
import sys
import tempfile
import typing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).with_name("api")
MODULES = {
    "cableformat": "__init__",
    "cableformat.corpus": "corpus",
    "cableformat.testing": "testing",
    "cableformat.vocabulary": "vocabulary",
}
_PLAIN = (bool, int, float, str, bytes, tuple, frozenset, type(None))


def stub(module: str) -> str:
    """The public names of a module and what they take, as the text of a stub."""
    home = import_module(module)
    names = sorted(name for name in home.__all__ if not name.startswith("_"))
    found = ("\n".join(_lines(name, getattr(home, name))) for name in names)
    return f'"""The public names of {module}, made by `make api`."""\n\n' + "\n\n".join(found) + "\n"


def _lines(name: str, value: object) -> Iterator[str]:
    if inspect.isclass(value):
        bases = [base.__name__ for base in value.__bases__ if base is not object]
        yield f"class {name}({', '.join(bases)}):" if bases else f"class {name}:"
        members = [f"    {line}" for line in _members(value)]
        yield from members or ["    ..."]
    elif inspect.isroutine(inspect.unwrap(value)):
        yield _function(name, value)
    else:
        yield f"{name}: {type(value).__name__}"


def _members(cls: type[Any]) -> Iterator[str]:
    """The public members, those of bases that are not public themselves included."""
    ours = [base for base in reversed(cls.__mro__) if base.__module__.partition(".")[0] == "cableformat"]
    annotated = {name: words for base in ours for name, words in base.__annotations__.items()}
    if hasattr(cls, "__attrs_attrs__"):
        yield _function("__init__", cls.__init__)
    # What has no slot in the class, and no default, is only said by attrs.
    members = {field.name: None for field in getattr(cls, "__attrs_attrs__", ())}
    members |= {name: value for base in ours for name, value in vars(base).items()}
    for name, value in sorted(members.items()):
        if name.startswith("_") and not (name == "__call__" or (name == "__init__" and not _is_made(cls))):
            continue
        if isinstance(value, enum.Enum):
            yield f"{name} = {value.value!r}"
        elif isinstance(value, (staticmethod, classmethod)):
            yield f"@{type(value).__name__}"
            yield _function(name, value.__func__)
        elif inspect.isfunction(value):
            yield _function(name, value)
        else:
            yield f"{name}: {_type(name, value, annotated)}"


def _is_made(cls: type[Any]) -> bool:
    """Whether the class's constructor is made for it, or not its own."""
    return hasattr(cls, "__attrs_attrs__") or issubclass(cls, enum.Enum) or typing.is_typeddict(cls)


def _type(name: str, value: object, annotated: dict[str, Any]) -> str:
    getter = getattr(value, "fget", None) or getattr(value, "func", None)
    words = getter.__annotations__.get("return") if getter else annotated.get(name, type(value).__name__)
    return words if isinstance(words, str) else getattr(words, "__name__", str(words))


def _function(name: str, function: Any) -> str:  # noqa: ANN401 - anything that can be called
    signature = inspect.signature(function)
    taken = [
        parameter.replace(annotation=_words(parameter.annotation), default=_default(parameter.default))
        for parameter in signature.parameters.values()
    ]
    shown = signature.replace(parameters=taken, return_annotation=_words(signature.return_annotation))
    return f"def {name}{shown}: ..."


class _Shown:
    """Something that is shown as it is written."""

    def __init__(self, words: str) -> None:
        self._words = words

    def __repr__(self) -> str:
        return self._words


def _words(annotation: Any) -> Any:  # noqa: ANN401 - annotations are anything
    """The words of an annotation: ours are strings; what a library puts in is nothing that is promised."""
    words = "None" if annotation is None else annotation
    return _Shown(words) if isinstance(words, str) else inspect.Parameter.empty


def _default(value: Any) -> Any:  # noqa: ANN401 - defaults are anything
    return value if isinstance(value, _PLAIN) or value is inspect.Parameter.empty else _Shown("...")


def write(folder: Path) -> None:
    """Write the stubs of the code as it is."""
    package = folder / "cableformat"
    package.mkdir(parents=True, exist_ok=True)
    for module, name in MODULES.items():
        (package / f"{name}.pyi").write_text(stub(module), "utf-8", newline="\n")


def breakages(old: Path, new: Path) -> list[str]:
    """What code that uses the API of one folder of stubs cannot do with that of another, a line each."""
    before, after = (
        griffe.load("cableformat", search_paths=[folder], allow_inspection=False, find_stubs_package=False)
        for folder in (old, new)
    )
    return [
        f"{found.obj.path}: {found.kind.value}" + (f" ({found.details})" if getattr(found, "details", "") else "")
        for found in griffe.find_breaking_changes(before, after)
    ]


def changes(folder: Path = FOLDER) -> tuple[list[str], bool]:
    """What the code breaks of the API that is kept in a folder, and whether it is the same."""
    with tempfile.TemporaryDirectory() as made:
        write(Path(made))
        names = [f"cableformat/{name}.pyi" for name in MODULES.values()]
        is_same = all(
            (folder / name).is_file() and (folder / name).read_bytes() == (Path(made) / name).read_bytes()
            for name in names
        )
        return ([] if is_same else breakages(folder, Path(made))), is_same


def main() -> None:
    """Compare, and write what may be written."""
    found, is_same = changes() if FOLDER.is_dir() else ([], False)
    for line in found:
        print(line)  # noqa: T201 - a script
    if found and "--breaks" not in sys.argv:
        sys.exit(f"{len(found)} breakages of the public API. If they are meant: make api BREAKS=1, and CHANGELOG.md.")
    if not is_same:
        write(FOLDER)
        print(f"written: {FOLDER.relative_to(Path.cwd())}/")  # noqa: T201 - as above


if __name__ == "__main__":
    main()
