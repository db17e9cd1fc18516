"""`jcvignoli` and `mrkva` as pages: laid out as text, and read as the text copies of these mirrors are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from cableformat import Cable, Input, Report
from cableformat_html import jcvignoli_text, mrkva_text
from cableformat_html.layout import lay_out
from cableformat_html.page_bytes import PageBytes
from cableformat_html.webpage import url_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import NoOptions


def read_jcvignoli(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's
    """The cable of a page of the jcvignoli mirror; each cell of its table is a line, as in the copies.

    Raises:
        FormatError: The page has not the mirror's lines.
    """
    html, charset = PageBytes.of(source).text()
    record, parts = jcvignoli_text.parse(lay_out(html, cells="\n").text)
    record = attrs.evolve(record, url=url_of(html))
    yield Cable(record, parts, source=source.source("jcvignoli", charset=charset))


def read_mrkva(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a page of the mrkva mirror; the cells of a row stand on one line, as in the copies.

    Raises:
        FormatError: The page has not the mirror's rows.
    """
    html, charset = PageBytes.of(source).text()
    record, parts = mrkva_text.parse(lay_out(html).text)
    record = attrs.evolve(record, url=url_of(html))
    yield Cable(record, parts, source=source.source("mrkva", charset=charset))
