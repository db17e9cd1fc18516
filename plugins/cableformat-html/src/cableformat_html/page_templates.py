"""The templates of the page: Jinja2 with everything escaped, compiled once."""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from cableformat import OptionError
from cableformat_html.visible_text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping


def _finalize(value: object) -> object:
    """What HTML cannot hold, and what reorders the words around it, is shown as U+FFFD; autoescape does the rest."""
    return printable(value) if type(value) is str else value


@functools.lru_cache(maxsize=8)
def _page(folder: str) -> tuple[jinja2.Template, Markup, str]:
    """The template of the page, its style, and the policy that allows this style and nothing else."""
    if folder and not Path(folder).is_dir():
        raise OptionError(f"There is no folder {folder} to take templates from.")
    own = jinja2.PackageLoader("cableformat_html")
    loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader(folder), own]) if folder else own
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        auto_reload=False,
    )
    style = _sheet(environment)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return environment.get_template("page.html"), Markup(style), policy  # noqa: S704 - the designer's own file


def _sheet(environment: jinja2.Environment) -> str:
    """`page.css`, which is not rendered."""
    assert environment.loader is not None  # noqa: S101 - given above
    style = environment.loader.get_source(environment, "page.css")[0].replace("\r\n", "\n").strip()
    if "</" in style:
        raise OptionError("page.css holds '</', which would end the style of the page.")
    return style


def render(folder: str, facts: Mapping[str, object]) -> str:
    """The page.

    Args:
        folder: Where templates are looked for before the page's own; empty for none.
        facts: What the templates show.

    Raises:
        OptionError: There is no such folder; or a template of it is not valid, or asks for what there is not.
    """
    try:
        template, style, policy = _page(folder)
        return template.render(facts, style=style, policy=policy)
    except jinja2.TemplateError as error:
        raise OptionError(f"The templates in {folder or 'the package'} do not work: {error}") from error
