"""Which cables the layouts can hold: light, because a format declares it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat.patterns import on_use

if TYPE_CHECKING:
    from cableformat import Cable

_UNCARRIED = on_use("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
# An `&` that begins a reference must be escaped, which the cablegate mirror never does.
_REFERENCE = on_use(r"&(?:#[0-9]|#[xX][0-9a-fA-F]|[A-Za-z][A-Za-z0-9]{1,31};)")
_STATEMENTS = ("reference_id", "created", "released", "classification", "origin", "subject")


def fits_cablegate(cable: Cable) -> bool:
    """Whether cablegate's page can hold the cable: a body, perhaps a header before it, and texts that XHTML carries."""
    telegram = [part for part in cable.parts if part.role in {"header", "body"}]
    ids = [(part.id, part.role) for part in telegram]
    if ids not in ([("header", "header"), ("body", "body")], [("body", "body")]):
        return False
    texts = [part.text for part in telegram]
    texts += [value for field in _STATEMENTS if (value := getattr(cable.record, field))]
    return not any(_UNCARRIED.search(text) or _REFERENCE.search(text) for text in texts)
