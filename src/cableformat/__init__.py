"""cableformat: diplomatic cables, read from whatever they were published as, and written back without loss.

The public API, all of it. Names are imported on first use, so that `import cableformat` costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # what type checkers take for `typing.TYPE_CHECKING`; `typing` takes longer than all of this
if TYPE_CHECKING:
    from cableformat.cable import Cable as Cable
    from cableformat.codec import dumps as dumps
    from cableformat.codec import loads as loads
    from cableformat.comparison import Comparison as Comparison
    from cableformat.comparison import compare as compare
    from cableformat.conversion import convert as convert
    from cableformat.conversion import formats as formats
    from cableformat.conversion import identify as identify
    from cableformat.conversion import read as read
    from cableformat.conversion import read_all as read_all
    from cableformat.conversion import validate as validate
    from cableformat.conversion import write as write
    from cableformat.detection import Detection as Detection
    from cableformat.differences import Difference as Difference
    from cableformat.differences import DifferenceKind as DifferenceKind
    from cableformat.errors import AmbiguousFormatError as AmbiguousFormatError
    from cableformat.errors import CableError as CableError
    from cableformat.errors import CardinalityError as CardinalityError
    from cableformat.errors import FormatError as FormatError
    from cableformat.errors import LossError as LossError
    from cableformat.errors import ModelError as ModelError
    from cableformat.errors import OptionError as OptionError
    from cableformat.errors import PluginError as PluginError
    from cableformat.errors import UnknownFormatError as UnknownFormatError
    from cableformat.errors import UnrecognisedError as UnrecognisedError
    from cableformat.events import Event as Event
    from cableformat.fidelity import MODEL as MODEL
    from cableformat.fidelity import NONE as NONE
    from cableformat.fidelity import Keeps as Keeps
    from cableformat.fidelity import Report as Report
    from cableformat.fidelity import diff as diff
    from cableformat.fidelity import fields as fields
    from cableformat.plugins import hookimpl as hookimpl
    from cableformat.record import Annotation as Annotation
    from cableformat.record import Record as Record
    from cableformat.record import Source as Source
    from cableformat.registry import Claim as Claim
    from cableformat.registry import Confidence as Confidence
    from cableformat.registry import Format as Format
    from cableformat.registry import Input as Input
    from cableformat.registry import NoOptions as NoOptions
    from cableformat.registry import Piece as Piece
    from cableformat.registry import PluginFailure as PluginFailure
    from cableformat.registry import Problem as Problem
    from cableformat.registry import Sink as Sink
    from cableformat.telegram import Addressee as Addressee
    from cableformat.telegram import Artefact as Artefact
    from cableformat.telegram import Block as Block
    from cableformat.telegram import BlockKind as BlockKind
    from cableformat.telegram import Mark as Mark
    from cableformat.telegram import Paragraph as Paragraph
    from cableformat.telegram import Passage as Passage
    from cableformat.telegram import Reference as Reference
    from cableformat.telegram import Section as Section
    from cableformat.telegram import Telegram as Telegram
    from cableformat.telegram import Value as Value
    from cableformat.telegram.discrepancies import Discrepancy as Discrepancy
    from cableformat.telegram.identifiers import Identifier as Identifier
    from cableformat.telegram.identifiers import canonical_id as canonical_id
    from cableformat.telegram.specification import OfficialSpec as OfficialSpec
    from cableformat.telegram.specification import ParagraphSpec as ParagraphSpec
    from cableformat.telegram.specification import PassageSpec as PassageSpec
    from cableformat.telegram.specification import ReferenceSpec as ReferenceSpec
    from cableformat.telegram.specification import Specification as Specification
    from cableformat.text import Part as Part
    from cableformat.text import Span as Span
    from cableformat.vocabulary import Term as Term
    from cableformat.vocabulary import explain as explain
    from cableformat.vocabulary import terms as terms

__version__ = "0.1.0"

_HOMES = {
    "cableformat.cable": ("Cable",),
    "cableformat.codec": ("dumps", "loads"),
    "cableformat.comparison": ("Comparison", "compare"),
    "cableformat.conversion": ("convert", "formats", "identify", "read", "read_all", "validate", "write"),
    "cableformat.detection": ("Detection",),
    "cableformat.differences": ("Difference", "DifferenceKind"),
    "cableformat.errors": (
        "AmbiguousFormatError",
        "CableError",
        "CardinalityError",
        "FormatError",
        "LossError",
        "ModelError",
        "OptionError",
        "PluginError",
        "UnknownFormatError",
        "UnrecognisedError",
    ),
    "cableformat.events": ("Event",),
    "cableformat.fidelity": ("MODEL", "NONE", "Keeps", "Report", "diff", "fields"),
    "cableformat.plugins": ("hookimpl",),
    "cableformat.record": ("Annotation", "Record", "Source"),
    "cableformat.registry": (
        "Claim",
        "Confidence",
        "Format",
        "Input",
        "NoOptions",
        "Piece",
        "PluginFailure",
        "Problem",
        "Sink",
    ),
    "cableformat.telegram": (
        "Addressee",
        "Artefact",
        "Block",
        "BlockKind",
        "Mark",
        "Paragraph",
        "Passage",
        "Reference",
        "Section",
        "Telegram",
        "Value",
    ),
    "cableformat.telegram.discrepancies": ("Discrepancy",),
    "cableformat.telegram.identifiers": ("Identifier", "canonical_id"),
    "cableformat.telegram.specification": (
        "OfficialSpec",
        "ParagraphSpec",
        "PassageSpec",
        "ReferenceSpec",
        "Specification",
    ),
    "cableformat.text": ("Part", "Span"),
    "cableformat.vocabulary": ("Term", "explain", "terms"),
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [  # noqa: PLE0604 - the names of the table above, checked by a test
    "__version__",
    *_MODULE_OF,
]


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'cableformat' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - as all else here, on first use

    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
