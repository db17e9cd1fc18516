"""Asks the questions of docs/questions.md of a corpus, and puts answers and plots there: `python docs/questions.py`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import attrs

PAGE = Path(__file__).with_name("questions.md")
_CORPUS = Path(__file__).parents[1] / "benchmarks" / "corpus.py"
_SIZE = 2_000
_SHOWN = 6
_QUESTION = re.compile(r"```(sql|python)\n(.*?)```\n\n<!-- answer ([\w-]+) (\w+) -->\n(.*?)<!-- end -->", re.DOTALL)


@attrs.frozen
class Question:
    """A question of the page.

    Attributes:
        name: What its plot is called.
        language: `sql` or `python`.
        code: The query, or a program that leaves its answer under that name.
        plot: `bars`, `stack` or `heat`.
    """

    name: str
    language: str
    code: str
    plot: str


@attrs.frozen
class Answer:
    """What is answered: the names of the columns, and the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def questions() -> tuple[Question, ...]:
    """The questions of the page, in order."""
    found = _QUESTION.finditer(PAGE.read_text("utf-8"))
    return tuple(Question(match[3], match[1], match[2], match[4]) for match in found)


def ask(question: Question) -> Answer:
    """The answer, from `cables.parquet` in the working folder."""
    if question.language == "sql":
        import duckdb  # noqa: PLC0415 - a plot needs none

        relation = duckdb.sql(question.code)
        return Answer(tuple(relation.columns), tuple(relation.fetchall()))
    names: dict[str, Any] = {}
    exec(question.code, names)  # noqa: S102 - our own page
    return Answer(tuple(names["answer"].columns), tuple(names["answer"].rows()))


def table(answer: Answer) -> str:
    """The first rows, in Markdown."""
    rows = [answer.columns, ("---",) * len(answer.columns), *answer.rows[:_SHOWN]]
    lines = [f"| {' | '.join(str(value) for value in row)} |" for row in rows]
    more = len(answer.rows) - _SHOWN
    return "\n".join([*lines, *(["", f"... and {more} more rows."] if more > 0 else [])])


def plot(question: Question, answer: Answer, path: Path) -> None:
    """The answer as a picture, the same every time."""
    import matplotlib as mpl  # noqa: PLC0415 - an answer needs none

    mpl.use("svg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 - as above

    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": question.name, "font.size": 9})
    figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
    _PLOTS[question.plot](axes, answer)
    figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(figure)
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")


def _bars(axes: Any, answer: Answer) -> None:  # noqa: ANN401 - matplotlib's own
    rows = answer.rows[:12][::-1]
    words = [" ".join(str(v) for v in row if isinstance(v, str)) for row in rows]
    axes.barh(words, [row[-1] for row in rows])
    axes.set_xlabel(answer.columns[-1])


def _stack(axes: Any, answer: Answer) -> None:  # noqa: ANN401 - as above
    firsts = sorted({row[0] for row in answer.rows})
    counts = {(row[0], row[1]): row[2] for row in answer.rows}
    under = [0] * len(firsts)
    for kind in sorted({row[1] for row in answer.rows}):
        values = [counts.get((first, kind), 0) for first in firsts]
        axes.bar([str(first) for first in firsts], values, bottom=under, label=kind)
        under = [a + b for a, b in zip(under, values, strict=True)]
    axes.set_ylabel(answer.columns[-1])
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)


def _heat(axes: Any, answer: Answer) -> None:  # noqa: ANN401 - as above
    ones, others = (sorted({row[i] for row in answer.rows}) for i in (0, 1))
    counts = {(row[0], row[1]): row[2] for row in answer.rows}
    axes.imshow([[counts.get((one, other), 0) for other in others] for one in ones], cmap="Blues", aspect="auto")
    axes.set_xticks(range(len(others)), others, rotation=30, ha="right")
    axes.set_yticks(range(len(ones)), ones)
    for y, one in enumerate(ones):
        for x, other in enumerate(others):
            count = counts.get((one, other), 0)
            axes.text(x, y, count, ha="center", va="center", color="w" if count > max(counts.values()) / 2 else "0.2")
    axes.set_ylabel(answer.columns[0])
    axes.set_xlabel(answer.columns[1])


_PLOTS = {"bars": _bars, "stack": _stack, "heat": _heat}


def main() -> None:
    """Make the page's answers and plots again."""
    pictures = PAGE.with_suffix("")
    pictures.mkdir(exist_ok=True)
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "cables.parquet"
        subprocess.run([sys.executable, _CORPUS, str(_SIZE), target], check=True)  # noqa: S603 - our own script
        os.chdir(folder)
        answers = {question.name: ask(question) for question in questions()}
        os.chdir(here)

    def filled(match: re.Match[str]) -> str:
        question = Question(match[3], match[1], match[2], match[4])
        answer = answers[question.name]
        plot(question, answer, pictures / f"{question.name}.svg")
        shown = f"{table(answer)}\n\n![{question.name}](questions/{question.name}.svg)\n"
        return f"{match.group()[: match.start(5) - match.start()]}{shown}<!-- end -->"

    PAGE.write_text(_QUESTION.sub(filled, PAGE.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
