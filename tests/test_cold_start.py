"""What a command loads when it starts: no time is asserted here, but what costs it (benchmarks/cold.py measures)."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from cableformat import write
from cableformat.patterns import on_use

_RUN = """
import sys
before = set(sys.modules)
sys.argv = ["cableformat", *sys.argv[1:]]
from cableformat.cli import main
try:
    main()
finally:
    print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""


def loaded(*arguments):
    """The modules that a run of the command imports."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *map(str, arguments)], capture_output=True, check=True, text=True
    )
    return set(done.stderr.splitlines()[-1].split())


def packages(modules):
    return {name.partition(".")[0] for name in modules}


def test_the_version_is_said_by_the_package_alone():
    # Whatever watches the run, such as coverage, may have loaded __future__ before.
    assert loaded("--version") | {"__future__"} == {"__future__", "cableformat", "cableformat.cli"}


def test_help_loads_no_format_and_no_grammar():
    found = loaded("--help")
    assert not [name for name in found if name.startswith(("cableformat.telegram", "cableformat_"))]
    assert not packages(found) & {"attrs", "lxml", "msgspec", "pluggy", "rich"}


def test_a_page_becomes_tei_without_what_other_formats_and_commands_need(tmp_path, example):
    page = tmp_path / "page.html"
    write(example, page, "cablegate")
    found = loaded("convert", page, "-o", tmp_path / "page.tei.xml")
    assert {"cableformat_html.cablegate", "cableformat_tei.writer"} <= found
    assert not packages(found) & {
        *("duckdb", "fsspec", "hypothesis", "lxml", "msgspec", "polars", "pyarrow", "pypdfium2", "pytest", "reportlab"),
        *("rich", "zstandard"),
    }
    assert not found & {
        *("cableformat.codec", "cableformat.comparison", "cableformat.telegram.compose", "cableformat_html.page"),
        *("cableformat.telegram.specification", "cableformat_pdf.pdf", "cableformat_tei.reader"),
        *("cableformat_table.cables_csv", "cableformat_table.parquet", "cableformat.corpus", "cableformat.testing"),
    }


def test_a_page_is_identified_without_the_grammar(tmp_path, example):
    page = tmp_path / "page.html"
    write(example, page, "cablegate")
    found = loaded("identify", "--json", page)
    assert "cableformat_html.recognise" in found
    assert not packages(found) & {"lxml", "msgspec", "pyarrow", "pypdfium2", "rich"}
    assert not [name for name in found if name.startswith(("cableformat.cable", "cableformat.telegram"))]
    assert not found & {"cableformat_html.cablegate", "cableformat_tei.writer"}


def test_what_is_imported_is_not_looked_through_for_garbage(tmp_path, example):
    page = tmp_path / "page.html"
    write(example, page, "cablegate")
    code = (
        "import atexit, gc, sys\n"
        "looks = []\n"
        "atexit.register(lambda: print(len(looks), gc.get_freeze_count() > 10_000))\n"  # runs last
        "gc.callbacks.append(lambda *_: looks.append(_))\n"
        "sys.argv = ['cableformat', *sys.argv[1:]]\n"
        "from cableformat.cli import main\n"
        "main()\n"
    )
    run = [sys.executable, "-c", code, "convert", str(page), "-o", str(tmp_path / "page.tei.xml")]
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(tmp_path / "compiled")
    for _ in range(2):  # the first time all is compiled, which makes many objects
        said = subprocess.run(run, capture_output=True, check=True, text=True, env=env).stdout.split()
    assert said == ["0", "True"]


def test_a_pattern_is_compiled_when_it_is_used_and_once():
    number = on_use(r"\d+")
    assert number.findall("1 22") == ["1", "22"]
    assert number.search is number.search
    assert number.pattern == r"\d+"
    broken = on_use("(")
    with pytest.raises(re.error):
        broken.search("")


def test_rare_patterns_are_compiled_when_a_text_needs_one(tmp_path):
    code = (
        "from cableformat import Cable; from cableformat.telegram import artefacts, lines\n"
        "rare = lines._NEXT_WITH_CR, artefacts._BEFORE_PAGE\n"
        "def compiled(): return tuple('_compiled' in vars(pattern) for pattern in rare)\n"
        "text = 'UNCLAS VELDE 000012\\n\\nSUBJECT: TALKS\\n\\n1. They went on.\\n'\n"
        "assert Cable.from_text(text).subject == 'TALKS' and compiled() == (0, 0), compiled()\n"
        "assert Cable.from_text(text.replace('\\n', '\\r\\n')).subject == 'TALKS' and compiled() == (1, 0), compiled()\n"
        "text += 'UNCLASSIFIED\\nPAGE 02  RUEHVL 00012  041742Z\\n2. They ended.\\n'\n"
        "assert Cable.from_text(text).subject == 'TALKS' and compiled() == (1, 1), compiled()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
