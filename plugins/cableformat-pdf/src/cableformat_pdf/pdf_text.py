r"""`pdf-text`: what `pdftotext` prints, form feeds and all.

The body is the text, page breaks and page furniture included. The form feed behind the last page is the extractor's
own, and a part of role `container`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cableformat import Cable, FormatError, Input, Part, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cableformat import NoOptions, Sink

PAGE_END = "\x0c"


def read(source: Input, options: NoOptions, report: Report) -> Iterator[Cable]:  # noqa: ARG001 - the contract's shape
    """The cable of a text with pages.

    Raises:
        FormatError: No page ends in it.
    """
    text, charset = source.decode()
    if PAGE_END not in text:
        raise FormatError(
            "No form feed ends a page of it.",
            source=source.name,
            offset=0,
            hint="A telegram without pages is the format text.",
        )
    yield Cable(parts=parts_of(text), source=source.source("pdf-text", charset=charset))


def parts_of(text: str) -> tuple[Part, ...]:
    r"""The parts of a text with pages.

    Example:
        >>> [part.text for part in parts_of("UNCLAS PORT MERIDIAN 000117\n\x0c")]
        ['UNCLAS PORT MERIDIAN 000117\n', '\x0c']
    """
    body = Part("body", "body", text.removesuffix(PAGE_END))
    return (body, Part("container", "container", PAGE_END)) if text.endswith(PAGE_END) else (body,)


def write(cables: Iterable[Cable], sink: Sink, options: NoOptions, report: Report) -> None:
    """Write the telegram as it is, and the end of the last page unless it was read without one."""
    for cable in cables:
        text = cable.text
        is_ended = any((part.id, part.text) == ("container", PAGE_END) for part in cable.parts)
        if is_ended or PAGE_END not in text or text.endswith(PAGE_END):
            text += PAGE_END
        data = sink.write_text(text, cable.source.charset if cable.source else None)
        (back,) = read(Input.from_bytes(data, sink.name), options, Report())
        report.differences(cable, back, "pages of text are a body, and say nothing else")
