"""Plugins: the hook they implement, and the loader that lets none of them stop the others."""

from __future__ import annotations

import os
import re
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

import attrs
import pluggy

from cableformat import notices
from cableformat.builtin import BUILTIN_FORMATS
from cableformat.errors import PluginError
from cableformat.registry import Format, PluginFailure, PluginInfo, Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

API = "cableformat.v1"
"""The entry point group of plugins for this version of the hook."""

PROJECT = "cableformat"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a plugin's implementation of the hook."""


class Hooks:
    """The hooks that a plugin can implement."""

    @hookspec
    def cableformat_formats(self) -> Iterable[Format]:  # type: ignore[empty-body]
        """The formats that the plugin provides."""


def registry() -> Registry:
    """All formats that are installed, loaded once for each selection of plugins.

    The environment decides: `CABLEFORMAT_PLUGINS=a,b` selects distributions (empty: none but the core);
    `CABLEFORMAT_STRICT=1` raises for the first plugin that fails.

    Raises:
        PluginError: A plugin failed, under `CABLEFORMAT_STRICT=1`.
    """
    selection = os.environ.get("CABLEFORMAT_PLUGINS")
    return _registry(selection, strict=os.environ.get("CABLEFORMAT_STRICT") == "1")


@cache
def _registry(selection: str | None, *, strict: bool) -> Registry:
    wanted = None if selection is None else {_normal(name) for name in selection.split(",") if name.strip()}
    installed = entry_points()
    found = [
        point
        for group in installed.groups
        if re.fullmatch(rf"{PROJECT}\.v\d+", group)
        for point in installed.select(group=group)
        if (wanted is None or (point.dist is not None and _normal(point.dist.name) in wanted))
    ]
    loaded = load(found)
    for failure in loaded.failures:
        if strict:
            raise PluginError(str(failure))
        notices.warn(__name__, str(failure))
    return loaded


def _normal(distribution: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", distribution.strip()).lower()


def load(points: Iterable[EntryPoint]) -> Registry:
    """The registry of the built-in formats and those of some entry points.

    Entry points are loaded one by one, in the order of their distributions' names (never that of installation); one
    that cannot be imported, exits, asks for another API, misspells its hook, or repeats a name is left out whole,
    with the reason.
    """
    formats = {known.name: (known, PROJECT) for known in BUILTIN_FORMATS}
    infos: list[PluginInfo] = []
    described = [(PluginInfo(point.name, *_distribution(point)), point) for point in points]
    for info, point in sorted(described, key=lambda pair: (pair[0].distribution or "", pair[1].name, pair[1].group)):
        try:
            given = _formats(point)
            _refuse_repeats(given, {name: owner for name, (_, owner) in formats.items()})
        except PluginError as error:
            infos.append(attrs.evolve(info, failure=PluginFailure(info.plugin, info.distribution, str(error))))
            continue
        formats.update({new.name: (new, info.distribution or info.plugin) for new in given})
        infos.append(attrs.evolve(info, formats=tuple(new.name for new in given)))
    return Registry((known for known, _ in formats.values()), tuple(infos))


def _distribution(point: EntryPoint) -> tuple[str, str] | tuple[None, None]:
    """The name and version of the distribution that an entry point comes in; its metadata are parsed each time."""
    if point.dist is None:
        return None, None
    about = point.dist.metadata
    return about["Name"], about["Version"]


def _refuse_repeats(given: tuple[Format, ...], owners: dict[str, str]) -> None:
    """Raise `PluginError` where a format's name is taken, also within one plugin."""
    taken = dict(owners)
    for new in given:
        if new.name in taken:
            raise PluginError(f"it repeats the format {new.name}, which {taken[new.name]} provides.")
        taken[new.name] = "the same plugin"


def _formats(point: EntryPoint) -> tuple[Format, ...]:
    """The formats of one entry point.

    Raises:
        PluginError: Whatever it did instead of giving formats.
    """
    if point.group != API:
        raise PluginError(f"it asks for the API {point.group}, and this cableformat has {API}.")
    try:
        plugin = point.load()
    except (Exception, SystemExit) as error:
        raise PluginError(f"it cannot be imported ({type(error).__name__}: {error}).") from error
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    try:
        manager.register(plugin, point.name)
        manager.check_pending()
    except (pluggy.PluginValidationError, ValueError) as error:
        raise PluginError(f"its hook does not fit ({str(error).splitlines()[-1].strip()}).") from error
    implementations = manager.hook.cableformat_formats.get_hookimpls()
    if not implementations:
        raise PluginError("it has no function cableformat_formats marked with @hookimpl.")
    function: Callable[[], Any] = implementations[0].function
    try:
        given: tuple[Any, ...] = tuple(function())
    except (Exception, SystemExit) as error:
        raise PluginError(f"its cableformat_formats failed ({type(error).__name__}: {error}).") from error
    if not all(isinstance(new, Format) for new in given):
        raise PluginError("its cableformat_formats gave something that is no Format.")
    return given
