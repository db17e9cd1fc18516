"""`country-mirror`: pages of WordPress mirrors that republished cablegate's pages of one country (field notes §5).

They keep cablegate's heading and help text; its table has become one flat line; header and body follow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cableformat import Cable, FormatError, Input, Record, Report
from cableformat_html.layout import lay_out
from cableformat_html.page_bytes import PageBytes
from cableformat_html.telegram_finder import NONE_FOUND, telegrams
from cableformat_html.webpage import telegram_parts, title_of, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cableformat import NoOptions

_HEADING = re.compile(r"^[ \t]*+Viewing cable (?P<number>[^\s,]{1,80})(?:, ?(?P<subject>[^\n]*+))?", re.MULTILINE)
_MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?"
_TABLE = re.compile(
    rf"(?<![A-Z0-9])(?P<reference_id>\d\d[A-Z][A-Z0-9]{{2,60}})\s{{1,20}}(?P<created>{_MOMENT})"
    rf"(?:\s{{1,20}}(?P<released>{_MOMENT}))?\s{{1,20}}(?P<classification>[A-Z][A-Z/, ]{{2,60}}[A-Z])\s{{1,20}}"
    r"(?P<origin>[A-Z][^\n\t]{0,120})"
)


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cables of a page: a flat line with the table's values before each telegram.

    Raises:
        FormatError: The page has no such line, or no telegram below it.
    """
    html, charset = PageBytes.of(source).text()
    layout = lay_out(html)
    tables = list(_TABLE.finditer(layout.text))
    if not tables:
        raise FormatError("The page has no line with the values of cablegate's table.", source=source.name, offset=0)
    headings = list(_HEADING.finditer(layout.text))
    found = telegrams(layout, tables[0].end())
    if not found:
        raise FormatError(f"{NONE_FOUND}.", source=source.name, offset=0)
    for telegram, table in zip(found, tables, strict=False):
        said = {name: value.strip(" \xa0") for name, value in table.groupdict().items() if value is not None}
        subjects = [found["subject"] or "" for found in headings if found["number"] == said["reference_id"]]
        record = Record(
            **said, subject=subjects[0].strip(" \xa0") if subjects else None, url=url_of(html), extra=title_of(html)
        )
        facts = source.source("country-mirror", charset=charset, position=telegram.where)
        yield Cable(record, telegram_parts(telegram.texts), source=facts)
