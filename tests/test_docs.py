"""Every example of the documentation runs. The conventions stand in CONTRIBUTING.md, under Examples."""

from __future__ import annotations

import contextlib
import csv
import doctest
import glob
import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from markdown_it import MarkdownIt

import cableformat
from cableformat.cli import app

ROOT = Path(__file__).resolve().parents[1]


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES, blocks, files = (getattr(script("pages"), name) for name in ("PAGES", "blocks", "files"))
NOT_RUN = re.compile(r"# Not run by the tests: (.+)\.")
REASONS = {
    "needs a package index": "pip, copier",
    "needs a browser": "cableformat view",
    "needs storage or machines of yours": "addresses, clusters",
    "takes as long as you let it": "thorough profiles",
}
"""Why a block may be left out, and what that is about."""
PROGRAMS = set("cableformat cat cp echo export grep head ls make printf python sed".split())
"""What may stand behind a prompt."""
DATA = {
    "csv": lambda text: list(csv.reader(text.splitlines(), strict=True)),
    "json": json.loads,
    "toml": tomllib.loads,
    "xml": ET.fromstring,
}
"""Languages of blocks that must be well formed."""
SHOWN = {"text", "{eval-rst}", "{toctree}", "{image}", "{figure}"}
"""Blocks that show something, and directives that only Sphinx understands."""
FLAGS = doctest.ELLIPSIS


def named(page):
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A working folder with what the pages take from a clone."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns(".*", "__pycache__"))
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    (tmp_path / "benchmarks").mkdir()
    shutil.copy(ROOT / "benchmarks" / "corpus.py", tmp_path / "benchmarks")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def examples(page):
    """The blocks that run: those of Python, and those of a terminal with a prompt."""
    return [
        block
        for block in blocks(page)
        if (block.language in {"python", "console"} or block.file)
        and not block.is_answered
        and not NOT_RUN.match(block.content)
    ]


@pytest.mark.skipif(not shutil.which("sh"), reason="the sessions are those of a POSIX shell")
@pytest.mark.parametrize("page", [page for page in PAGES if examples(page)], ids=named)
def test_the_examples_run(page, clone):
    """One after the other, in one folder and with one set of names."""
    names = {}
    for block in examples(page):
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.content, encoding="utf-8")
        elif block.language == "console":
            run_console(block, page)
        elif ">>>" in block.content:
            run_doctest(block, page, names)
        else:
            exec(compile("\n" * (block.line - 1) + block.content, page, "exec"), names)  # noqa: S102 - our own pages


def run_doctest(block, page, names):
    said = []
    parsed = doctest.DocTestParser().get_doctest(block.content, names, named(page), str(page), block.line - 1)
    parsed.globs = names  # the parser copies them
    doctest.DocTestRunner(optionflags=FLAGS).run(parsed, out=said.append, clear_globs=False)
    assert not said, "".join(said)


def run_console(block, page):
    """Run a session; a command that fails is followed by `echo $?`, which shows its exit code."""
    entries = session(block.content)
    code = 0
    for (command, wanted), (following, _) in zip(entries, [*entries[1:], ("", "")], strict=True):
        where = f"{named(page)}:{block.line}: {command}"
        said, code = run(command, code)
        if wanted:
            is_as_shown = doctest.OutputChecker().check_output(trimmed(wanted), trimmed(said), FLAGS)
            assert is_as_shown, f"{where}\nwanted:\n{wanted}\ngot:\n{said}"
        assert code == 0 or following == "echo $?", f"{where} exits with {code}:\n{said}"


def session(content):
    """The commands of a terminal session, each with what is shown of its output."""
    lines = re.split(r"^\$ ", content, flags=re.MULTILINE)
    assert not lines[0].strip(), f"a session begins with a prompt, not with {lines[0]!r}"
    entries = [re.sub(r"\\\n> ?", "", entry).partition("\n") for entry in lines[1:]]
    return [(command, wanted) for command, _, wanted in entries]


def run(command, before):
    """What a command prints in a terminal of 80 columns, and its exit code; make only says what it would do.

    A plain `cableformat` runs in this process, which saves its start; all else is given to the shell.
    """
    words = shlex.split(command, comments=True)
    if words[0] == "cableformat" and words[1:3] != ["corpus", "convert"] and not re.search(r"[|<>;&$]", command):
        return run_here([name for word in words[1:] for name in sorted(glob.glob(word)) or [word]])
    env = {key: value for key, value in os.environ.items() if not key.startswith(("CABLEFORMAT_", "PYTEST_"))}
    env |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}", "COLUMNS": "80", "PYTHONUTF8": "1"}
    is_make = words[0] == "make"
    done = subprocess.run(
        [
            shutil.which("sh"),
            "-c",
            f"(exit {before}); {command.replace('make ', 'make -n ', 1) if is_make else command}",
        ],
        cwd=ROOT if is_make else None,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
        encoding="utf-8",
    )
    return done.stdout, done.returncode


def run_here(arguments):
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        with contextlib.redirect_stdout(terminal), contextlib.redirect_stderr(terminal):
            code = app.run(arguments)
    return terminal.buffer.getvalue().decode(), code


def trimmed(text):
    """Without blanks at the ends of lines, which tables have and editors remove."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_block_says_what_it_is(page):
    """So that none is passed over: fenced, with a language, and if it is not run, with a known reason."""
    for block in blocks(page):
        where = f"{named(page)}:{block.line}"
        assert block.language, f"{where}: fence the block and give it a language"
        left_out = NOT_RUN.match(block.content)
        if left_out:
            assert left_out[1] in REASONS, f"{where}: not a reason: {left_out[1]}"
            assert block.language in {"sh", "python", "sql"}, where
        elif block.language in DATA:
            DATA[block.language](block.content)
        elif block.language == "console":
            assert "$ " in block.content, where
            for command, _ in session(block.content):
                assert command.split()[0] in PROGRAMS, f"{where}: {command}"
        elif block.language == "text":
            assert not re.search(r"^(\$ |>>> |cableformat )", block.content, re.MULTILINE), f"{where}: let it run"
        else:
            assert block.language in {"python", *SHOWN} or block.is_answered, (
                f"{where}: {block.language} is not known here"
            )


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_to_a_file(page):
    """Also where no Sphinx looks: in READMEs. Anchors and the built pages are checked when they are built."""
    targets = []
    for token in MarkdownIt("commonmark").parse(page.read_text("utf-8")):
        for child in token.children or ():
            link = child.attrGet("href") or child.attrGet("src")
            if link and not urlsplit(link).scheme and urlsplit(link).path:
                targets.append(urlsplit(link).path)
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_reason_is_used_and_explained():
    given = {match[1] for page in PAGES for block in blocks(page) if (match := NOT_RUN.match(block.content))}
    assert given == set(REASONS)
    conventions = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [reason for reason in REASONS if reason not in conventions] == []


@pytest.mark.slow
def test_the_answers_are_those_that_the_page_shows(clone):
    """The questions in SQL and polars, asked of as many cables as the page says."""
    questions = script("questions")
    page = questions.PAGE.read_text("utf-8")
    assert f"{questions._SIZE:,} cables of invented posts" in page
    subprocess.run([sys.executable, "benchmarks/corpus.py", str(questions._SIZE), "cables.parquet"], check=True)
    asked = questions.questions()
    assert len(asked) == len([block for block in blocks(questions.PAGE) if block.is_answered])
    assert [one.name for one in asked if questions.table(questions.ask(one)) not in page] == [], "run: make questions"


def test_the_exit_code_of_a_failing_example_is_noticed(clone):
    page = clone / "page.md"
    page.write_text("```console\n$ cableformat identify nothing.txt\n```\n", encoding="utf-8")
    (block,) = blocks(page)
    with pytest.raises(AssertionError, match="exits with 5"):
        run_console(block, ROOT / "README.md")


def test_the_output_of_an_example_is_compared(clone):
    page = clone / "page.md"
    page.write_text("```console\n$ echo one\ntwo\n```\n", encoding="utf-8")
    (block,) = blocks(page)
    with pytest.raises(AssertionError, match=r"wanted:\n\s*two\n\s*got:\n\s*one"):
        run_console(block, ROOT / "README.md")


def test_the_plugin_of_the_tutorial_works(tmp_path, monkeypatch):
    """As the page has it, on the path with its entry point; `make slow` installs it and tries every law."""
    made = files(ROOT / "docs" / "write-a-plugin.md")
    about = "Metadata-Version: 2.1\nName: cableformat-slip\nVersion: 0.1.0\n"
    points = tomllib.loads(made["pyproject.toml"])["project"]["entry-points"]["cableformat.v1"]
    lines = ["[cableformat.v1]", *(f"{name} = {module}" for name, module in points.items())]
    installed = {"METADATA": about, "entry_points.txt": "\n".join(lines)}
    for name, content in {**made, **{f"cableformat_slip-0.1.0.dist-info/{k}": v for k, v in installed.items()}}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    said, code = run("cableformat identify cable.slip; cableformat convert cable.slip -o cable.json", 0)
    assert (code, "EXACT" in said) == (0, True), said
    assert cableformat.read("cable.json").record.created == "2031-03-04 09:12:00"
    said, code = run("cableformat check slip --seconds 0.5 --law 'round trip' --law honesty; exit $?", 0)
    assert (code, said.count(" holds ")) == (0, 2), said


def test_the_comparison_is_what_was_measured():
    """The README has the table that `benchmarks/comparison.py` wrote, and no other figures."""
    measured = (ROOT / "benchmarks" / "COMPARISON.md").read_text("utf-8")
    table = measured.partition("<!-- compact -->\n")[2].partition("<!-- end of compact -->")[0]
    readme = (ROOT / "README.md").read_text("utf-8")
    assert table.count("\n|") > 5
    assert f"<!-- comparison -->\n{table}<!-- end of comparison -->" in readme


def test_the_picture_of_the_terminal_is_not_stale():
    """Line by line, for how the picture is drawn depends on the version of rich."""
    terminal = script("terminal")
    lines = {}
    picture = ET.parse(terminal.PICTURE)  # noqa: S314 - our own picture
    for element in picture.iter("{http://www.w3.org/2000/svg}text"):
        lines.setdefault(float(element.get("y")), []).append((float(element.get("x")), element.text))
    shown = ["".join(text for _, text in sorted(row)).replace("\xa0", " ").rstrip() for _, row in sorted(lines.items())]
    assert shown == terminal.text(), "run: python docs/terminal.py"


def test_the_drawing_of_a_cable_is_not_stale():
    anatomy = script("anatomy")
    assert anatomy.PICTURE.read_text("utf-8") == anatomy.picture(), "run: python docs/anatomy.py"


def test_every_installed_format_is_in_the_readme():
    page = (ROOT / "README.md").read_text("utf-8")
    bundled = [known.name for known in cableformat.formats() if known.needs.startswith("cableformat")]
    assert bundled
    assert [name for name in bundled if f"`{name}`" not in page] == []
