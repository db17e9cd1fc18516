"""Draws docs/images/terminal.svg, what the command prints of the invented example: `python docs/terminal.py`."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "terminal.svg"
COLUMNS = 92
_EXAMPLE = "31PORTMERIDIAN117.txt"
COMMANDS = (
    f"cableformat inspect {_EXAMPLE}",
    f"cableformat convert {_EXAMPLE} -o cable.tei.xml --strict",
    f"cableformat diff {_EXAMPLE} cable.tei.xml",
)
_THEME = TerminalTheme(
    (250, 250, 247),
    (32, 36, 40),
    [(0, 0, 0), (160, 30, 30), (20, 110, 50), (140, 85, 0), (20, 70, 150), (110, 40, 120), (0, 100, 110), (90, 90, 90)],
)
_FORMAT = """\
<svg viewBox="0 0 {terminal_width} {height}" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A terminal">
<style>
.{unique_id}-matrix {{
  font: {char_height}px/{line_height}px ui-monospace, Menlo, Consolas, monospace;
  white-space: pre;
}}
{styles}
</style>
<rect fill="#fafaf7" stroke="#c8c8c0" x="0.5" y="0.5" width="{frame_width}" height="{frame_height}" rx="6"/>
<g class="{unique_id}-matrix" transform="translate(12, 10)">
{matrix}
</g>
</svg>
"""


def session() -> str:
    """What stands in the terminal, with its colours (ANSI), after the commands have run."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "examples" / _EXAMPLE, folder)
        said = (f"\x1b[1m$ {command}\x1b[0m\n{_run(command, folder)}" for command in COMMANDS)
        return "".join([*said, "\x1b[1m$\x1b[0m"])


def _run(command: str, folder: str) -> str:
    foreign = ("CABLEFORMAT_", "PYTEST_", "NO_COLOR")
    env = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
    env |= {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color", "PYTHONUTF8": "1"}
    words = [sys.executable, "-m", *command.split()]
    done = subprocess.run(  # noqa: S603 - our own command
        words, cwd=folder, env=env, capture_output=True, check=True, encoding="utf-8", timeout=120
    )
    return done.stdout


def text() -> list[str]:
    """The lines of the session, without colours and blanks at their ends."""
    return [line.rstrip() for line in Text.from_ansi(session()).plain.splitlines()]


def picture() -> str:
    """The session as SVG. No font is fetched: the viewer's own monospaced one is stretched to the columns."""
    ansi = session()
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(Text.from_ansi(ansi), soft_wrap=True)
    rows = len(ansi.splitlines())
    height = round(rows * 24.4 + 30)
    width = round(COLUMNS * 12.2 + 24)
    sizes = {"{height}": height, "{terminal_width}": width, "{frame_width}": width - 1, "{frame_height}": height - 1}
    template = _FORMAT
    for name, size in sizes.items():
        template = template.replace(name, str(size))
    drawn = console.export_svg(title="", theme=_THEME, code_format=template, unique_id="terminal")
    return re.sub(r' clip-path="[^"]*"', "", drawn)  # the frame of rich's own, which is left out


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
