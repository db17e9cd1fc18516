"""The public API, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import cableformat


def test_every_public_name_is_there():
    for name in cableformat.__all__:
        assert getattr(cableformat, name) is not None
    assert set(cableformat.__all__) <= set(dir(cableformat))
    with pytest.raises(AttributeError):
        cableformat.nonesuch  # noqa: B018 - the access is what is tested


def test_no_public_name_is_hidden_by_a_module():
    """A module that shares a public function's name would take its place once imported."""
    import pkgutil

    modules = {module.name for module in pkgutil.iter_modules(cableformat.__path__)}
    assert not modules & set(cableformat.__all__)


def loaded_by(*arguments):
    program = (
        "import sys, runpy\n"
        "sys.argv = ['cableformat', *sys.argv[1:]]\n"
        "try:\n    runpy.run_module('cableformat', run_name='__main__')\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return done.stdout, {module.partition(".")[0] for module in done.stderr.split()}


def test_the_version_costs_nothing():
    out, modules = loaded_by("--version")
    assert out == f"cableformat {cableformat.__version__}\n"
    assert not modules & {"click", "attrs", "attr", "pluggy", "lxml", "msgspec", "rich", "cableformat_html"}


def test_importing_loads_no_plugin():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import cableformat, sys; cableformat.Cable, cableformat.dumps; print(*sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(done.stdout.split()) & {"lxml", "cableformat_html", "pluggy", "click", "hypothesis"}
