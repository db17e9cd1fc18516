"""A plugin may do anything; none stops the others, and the reason is shown."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cableformat import Cable, PluginError, UnknownFormatError, dumps
from cableformat.plugins import registry

GOOD = """
from cableformat import Cable, Format, Part, hookimpl

def read(source, options, report):
    yield Cable(parts=(Part("body", "body", source.decode()[0]),))

@hookimpl
def cableformat_formats():
    yield Format(name="{name}", title="A stranger's format", magic=(b"STRANGE",), reader=read)
"""

BAD = {
    "cannot-import": ("import no_such_module_anywhere", "cannot be imported (ModuleNotFoundError"),
    "exits": ("raise SystemExit(3)", "cannot be imported (SystemExit: 3)"),
    "exits-in-hook": (
        "from cableformat import hookimpl\n@hookimpl\ndef cableformat_formats():\n    raise SystemExit(4)",
        "cableformat_formats failed (SystemExit: 4)",
    ),
    "misspells": (
        "from cableformat import hookimpl\n@hookimpl\ndef cableformat_format():\n    return ()",
        "its hook does not fit (unknown hook 'cableformat_format'",
    ),
    "forgets-the-mark": (
        "def cableformat_formats():\n    return ()",
        "no function cableformat_formats marked",
    ),
    "gives-nonsense": (
        "from cableformat import hookimpl\n@hookimpl\ndef cableformat_formats():\n    return ('json',)",
        "gave something that is no Format",
    ),
    "repeats": (GOOD.format(name="json"), "repeats the format json, which cableformat provides"),
}


def install(folder, name, code, group="cableformat.v1", distribution=None):
    """A distribution with one plugin, as pip would lay it down."""
    module = name.replace("-", "_") + "_plugin"
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution or name}\nVersion: 1.0\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {module}\n", encoding="utf-8")


@pytest.fixture
def plugins(tmp_path, monkeypatch):
    """A folder on the path to install plugins in."""
    monkeypatch.syspath_prepend(str(tmp_path))
    for module in [m for m in sys.modules if m.endswith("_plugin")]:
        monkeypatch.delitem(sys.modules, module)
    from cableformat.plugins import _registry

    _registry.cache_clear()
    yield tmp_path
    _registry.cache_clear()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_plugin_stops_nobody_and_says_why(plugins, name, caplog):
    code, words = BAD[name]
    install(plugins, name, code)
    install(plugins, "good", GOOD.format(name="strange"))
    found = registry()
    assert {"json", "jsonl", "text", "strange"} <= {f.name for f in found.formats}
    (failure,) = found.failures
    assert failure.plugin == name
    assert words in failure.reason
    assert failure.reason in caplog.text
    with pytest.raises(UnknownFormatError, match=f"The plugin {name} of {name} was left out"):
        found.get("nonesuch")


def test_another_api_is_refused(plugins):
    install(plugins, "future", GOOD.format(name="future"), group="cableformat.v2")
    (failure,) = registry().failures
    assert "asks for the API cableformat.v2" in failure.reason


def test_strict_raises(plugins, monkeypatch):
    install(plugins, "exits", "raise SystemExit")
    monkeypatch.setenv("CABLEFORMAT_STRICT", "1")
    with pytest.raises(PluginError, match="The plugin exits of exits was left out"):
        registry()


def test_the_environment_selects_distributions(plugins, monkeypatch):
    install(plugins, "one", GOOD.format(name="one"), distribution="Some_Dist")
    install(plugins, "two", GOOD.format(name="two"))
    monkeypatch.setenv("CABLEFORMAT_PLUGINS", "some-dist")
    assert {"one"} == {f.name for f in registry().formats} - {"json", "jsonl", "text"}
    monkeypatch.setenv("CABLEFORMAT_PLUGINS", "")
    assert {f.name for f in registry().formats} == {"json", "jsonl", "text"}


def test_two_of_one_name_are_settled_by_name_not_by_order(plugins):
    install(plugins, "zulu", GOOD.format(name="strange"))
    install(plugins, "alpha", GOOD.format(name="strange"))
    (failure,) = registry().failures
    assert failure.plugin == "zulu"
    assert failure.reason == "it repeats the format strange, which alpha provides."


def command(folder, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "cableformat", *arguments],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_goes_on_and_shows_the_failure(plugins):
    install(plugins, "exits", "raise SystemExit(3)")
    install(plugins, "good", GOOD.format(name="strange"))
    cable = plugins / "a.json"
    cable.write_bytes(dumps(Cable.from_text("x")))
    done = command(plugins, "convert", str(cable), "-o", "-", "--to", "text")
    assert (done.returncode, done.stdout) == (0, "x")
    assert done.stderr.count("The plugin exits of exits was left out") == 1
    listed = command(plugins, "plugins")
    assert "left out: it cannot be imported (SystemExit: 3)" in " ".join(listed.stdout.split())
    strict = command(plugins, "plugins", CABLEFORMAT_STRICT="1")
    assert strict.returncode == 1
    assert "Traceback" not in strict.stderr


def test_a_reader_that_breaks_is_named(plugins):
    broken = GOOD.format(name="strange").replace("yield Cable", "raise KeyError(1)\n    yield Cable")
    install(plugins, "good", broken)
    page = plugins / "page.bin"
    page.write_bytes(b"STRANGE")
    done = command(plugins, "inspect", str(page))
    assert done.returncode == 1
    assert "The reader of strange failed: KeyError: 1" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
