"""TEI-XML and the volumes of the Foreign Relations of the United States, as formats of cableformat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat import MODEL, Format, hookimpl
from cableformat_tei import recognition

if TYPE_CHECKING:
    from collections.abc import Iterable

__version__ = "0.1.0"


@hookimpl
def cableformat_formats() -> Iterable[Format]:
    """The formats of this plugin."""
    yield Format(
        name="tei",
        title="TEI-XML, immune to white-space processing",
        media_types=("application/tei+xml", "application/xml", "text/xml"),
        suffixes=(".tei.xml", ".xml", ".tei"),
        marker=recognition.MARKERS,
        sniff=recognition.sniff_tei,
        reader="cableformat_tei.reader:read",
        writer="cableformat_tei.writer:write",
        validator="cableformat_tei.profile:validate",
        keeps=MODEL,
        needs="cableformat-tei",
    )
    yield Format(
        name="frus",
        title="Volumes of the Foreign Relations of the United States",
        media_types=("application/tei+xml",),
        suffixes=(".xml",),
        refines="tei",
        sniff=recognition.sniff_frus,
        reader="cableformat_tei.frus:read",
        cardinality="many",
        needs="cableformat-tei",
    )
