"""Law 11, Recovery: what was composed is read back, also with artefacts in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat.cable import Cable
from cableformat.errors import ModelError
from cableformat.telegram.blocks import ArtefactKind
from cableformat.telegram.recovered import unrecovered
from cableformat.testing.laws import LawError

if TYPE_CHECKING:
    from cableformat.telegram.specification import Specification
    from cableformat.testing.injecting import Injection

_KINDS = frozenset(kind.value for kind in ArtefactKind)


def recovery(spec: Specification, artefact: Injection | None = None) -> None:
    """Law 11: `parse(compose(spec))` gives back each of its fields, also after an artefact is injected.

    Args:
        spec: A specification of the realistic generator.
        artefact: One of `injections(spec)`, or None.

    Raises:
        LawError: A field does not come back, or the artefact is not seen for what it is.
    """
    try:
        cable = Cable.compose(spec)
    except ModelError as error:
        raise LawError("recovery", str(error)) from error
    lost = unrecovered(spec, cable.telegram)
    if artefact is not None:
        before = {(found.kind, found.raw) for found in cable.telegram.artefacts}
        cable = artefact.into(cable)
        lost = unrecovered(spec, cable.telegram)
        if artefact.kind == "repeated_header":
            lost = [field for field in lost if (field.field, field.read) != ("sections", [(1, 2), (2, 2)])]
        kind = artefact.kind.removesuffix("_inline")
        if kind in _KINDS and not any(
            found.kind == kind and (found.kind, found.raw) not in before for found in cable.telegram.artefacts
        ):
            raise LawError("recovery", f"the {kind} {artefact.text!r} at {artefact.where} is not seen.")
    if lost:
        behind = f" behind the {artefact.kind} {artefact.text!r} at {artefact.where}" if artefact else ""
        raise LawError("recovery", f"{'; '.join(map(str, lost))}{behind}.")
