"""Sphinx configuration."""

import cableformat

project = "cableformat"
author = "The cableformat authors"
release = cableformat.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
autodoc_typehints = "description"
nitpicky = False
