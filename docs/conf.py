"""Sphinx configuration."""

from __future__ import annotations

import importlib.util
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

import cableformat

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

project = "cableformat"
author = "The cableformat authors"
project_copyright = author
release = cableformat.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["page.css"]
html_title = f"cableformat {release}"
autodoc_typehints = "description"
default_role = "code"  # what stands between backticks in a docstring: no emphasis, and no dash for `--from`
myst_heading_anchors = 3
nitpicky = True
nitpick_ignore_regex = [("py:.*", ".*")]  # signatures name types that have no entry of their own

# Napoleon takes what stands before a colon in the docstring of a property or a member for its type. Ours are sentences.
_COLON = "\ue000"
_SENTENCES = {"attribute", "data", "property"}

_PUBLIC = ("cableformat", "cableformat.vocabulary", "cableformat.corpus", "cableformat.testing")
"""The modules whose names are public (CONTRIBUTING.md)."""


def _replacing(old: str, new: str) -> Callable[..., None]:
    def process(_app: Sphinx, what: str, _name: str, _obj: object, _options: object, lines: list[str]) -> None:
        if what in _SENTENCES and lines:
            lines[:] = [line.replace(old, new) for line in lines]

    return process


def _check_links(app: Sphinx, exception: Exception | None) -> None:
    """Fail where a link within the pages leads nowhere; anchors in raw HTML and in images are not Sphinx's to check."""
    if exception is None and app.builder.name == "html":
        spec = importlib.util.spec_from_file_location("links", Path(app.confdir) / "links.py")
        if spec is None or spec.loader is None:
            raise ImportError("links.py")
        links = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(links)
        if found := links.dead(Path(app.outdir)):
            raise SphinxError("Links that lead nowhere:\n" + "\n".join(found))


def _check_names(app: Sphinx, exception: Exception | None) -> None:
    """Fail where a public name has no entry on the page of the interface."""
    if exception is None and app.builder.name == "html":
        page = (Path(app.outdir) / "api.html").read_text("utf-8")
        described = set(re.findall(r'<span class="sig-name descname"><span class="pre">(\w+)</span>', page))
        public = {name for module in _PUBLIC for name in import_module(module).__all__ if not name.startswith("_")}
        if missing := sorted(public - described):
            raise SphinxError(f"Public names that api.md does not describe: {', '.join(missing)}")


def setup(app: Sphinx) -> None:
    """Hide colons from napoleon, whose priority is 500, and check links and public names at the end."""
    app.connect("build-finished", _check_links)
    app.connect("build-finished", _check_names)
    app.connect("autodoc-process-docstring", _replacing(": ", f"{_COLON} "), priority=400)
    app.connect("autodoc-process-docstring", _replacing(_COLON, ":"), priority=600)
