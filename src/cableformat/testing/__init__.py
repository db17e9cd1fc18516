"""The conformance kit: the laws of the design as functions, strategies that feed them, and a verdict over a format.

It needs Hypothesis (`pip install cableformat[testing]`). Names are imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cableformat.testing.conformance import LAWS as LAWS
    from cableformat.testing.conformance import check_format as check_format
    from cableformat.testing.exploration import PROFILES as PROFILES
    from cableformat.testing.exploration import Profile as Profile
    from cableformat.testing.injecting import Injection as Injection
    from cableformat.testing.injecting import injections as injections
    from cableformat.testing.injecting import possible_injections as possible_injections
    from cableformat.testing.laws import LawError as LawError
    from cableformat.testing.recovering import recovery as recovery
    from cableformat.testing.specifications import specs as specs
    from cableformat.testing.strategies import cables as cables
    from cableformat.testing.strategies import hostile_bytes as hostile_bytes
    from cableformat.testing.strategies import realistic_cables as realistic_cables
    from cableformat.testing.strategies import records as records
    from cableformat.testing.strategies import telegram_texts as telegram_texts
    from cableformat.testing.strategies import texts as texts
    from cableformat.testing.verdict import Outcome as Outcome
    from cableformat.testing.verdict import Verdict as Verdict

_HOMES = {
    "cableformat.testing.conformance": ("LAWS", "check_format"),
    "cableformat.testing.exploration": ("PROFILES", "Profile"),
    "cableformat.testing.injecting": ("Injection", "injections", "possible_injections"),
    "cableformat.testing.laws": ("LawError",),
    "cableformat.testing.recovering": ("recovery",),
    "cableformat.testing.specifications": ("specs",),
    "cableformat.testing.strategies": (
        "cables",
        "hostile_bytes",
        "realistic_cables",
        "records",
        "telegram_texts",
        "texts",
    ),
    "cableformat.testing.verdict": ("Outcome", "Verdict"),
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [*_MODULE_OF]  # noqa: PLE0604 - the names of the table above


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'cableformat.testing' has no attribute {name!r}")
    try:
        value = getattr(import_module(_MODULE_OF[name]), name)
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        raise ModuleNotFoundError(
            "cableformat.testing needs Hypothesis; it comes with: pip install 'cableformat[testing]'.", name=error.name
        ) from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
