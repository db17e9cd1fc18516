"""Options of commands that are given as KEY=VALUE, any number of times."""

from __future__ import annotations

import click


def key_values(_: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """The values by their keys, as click's callback; the last of a key counts.

    Raises:
        click.BadParameter: One of them has no key or no equals sign; the error says the form in the option's words.
    """
    values: dict[str, str] = {}
    for item in given:
        key, equals, value = item.partition("=")
        if not key or not equals:
            raise click.BadParameter(f"{item!r} is not {parameter.metavar}.")
        values[key] = value
    return values


reading_options = click.option(
    "-I",
    "reading",
    multiple=True,
    metavar="KEY=VALUE",
    callback=key_values,
    help="Option of the format that is read.",
)
"""The option of commands that read: `reading`, as `key_values` gives it."""
