"""Sphinx configuration."""

from __future__ import annotations

import importlib.util
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
myst_heading_anchors = 3
nitpicky = True
nitpick_ignore_regex = [("py:.*", ".*")]  # signatures name types that have no entry of their own

# Napoleon takes what stands before a colon in the docstring of a property or a member for its type. Ours are sentences.
_COLON = "\ue000"
_SENTENCES = {"attribute", "data", "property"}


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


def setup(app: Sphinx) -> None:
    """Hide colons from napoleon, whose priority is 500, and check the links at the end."""
    app.connect("build-finished", _check_links)
    app.connect("autodoc-process-docstring", _replacing(": ", f"{_COLON} "), priority=400)
    app.connect("autodoc-process-docstring", _replacing(_COLON, ":"), priority=600)
