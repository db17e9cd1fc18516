"""The questions of the documentation, asked of a corpus whose answers are known from what it was made of."""

from __future__ import annotations

import importlib.util
import itertools
import statistics
from collections import Counter
from pathlib import Path

import pytest

from cableformat import convert, write

ROOT = Path(__file__).resolve().parents[3]


def script(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CORPUS = script(ROOT / "benchmarks" / "corpus.py")
QUESTIONS = script(ROOT / "docs" / "questions.py")
NAMES = ["years", "tags", "classification", "letters", "citations", "length", "reasons", "year-tags", "marks"]


@pytest.fixture(scope="module")
def corpus():
    return list(CORPUS.cables(300, seed=7))


@pytest.fixture(scope="module")
def folder(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    write([cable for cable, _ in corpus], folder / "dump.csv.gz")
    convert(folder / "dump.csv.gz", folder / "cables.parquet")
    return folder


@pytest.fixture
def ask(folder, monkeypatch):
    monkeypatch.chdir(folder)
    asked = {question.name: question for question in QUESTIONS.questions()}
    return lambda name: QUESTIONS.ask(asked[name])


def counted(answer):
    assert len({row[:-1] for row in answer.rows}) == len(answer.rows)
    return {row[:-1]: row[-1] for row in answer.rows}


def test_there_are_seven_in_sql_and_two_in_polars():
    asked = QUESTIONS.questions()
    assert [question.name for question in asked] == NAMES
    assert [question.language for question in asked] == ["sql"] * 7 + ["python"] * 2


def test_cables_per_year_and_post(ask, corpus):
    assert counted(ask("years")) == Counter((spec.year_of_sending, spec.post) for _, spec in corpus)


def test_by_tags(ask, corpus):
    assert counted(ask("tags")) == Counter((tag,) for _, spec in corpus for tag in spec.tags)


def test_by_classification_and_caveat(ask, corpus):
    expected = Counter((spec.classification, " ".join(sorted(spec.captions))) for _, spec in corpus)
    assert counted(ask("classification")) == expected
    assert {level for level, _ in expected} == {"UNCLASSIFIED", "CONFIDENTIAL", "SECRET"}


def test_who_writes_to_whom(ask, corpus):
    assert counted(ask("letters")) == Counter(
        (spec.sender.name, to.name)
        for _, spec in corpus
        if spec.sender
        for to in (*spec.recipients, *spec.info_recipients)
    )


def test_the_citation_network(ask, corpus):
    posts = {spec.reference_id: spec.post for _, spec in corpus}
    expected = Counter((spec.post, posts[cited.value]) for _, spec in corpus for cited in spec.references)
    assert counted(ask("citations")) == expected
    assert expected.total() > 100


def test_length_by_classification(ask, corpus):
    lengths = {}
    for cable, spec in corpus:
        lengths.setdefault(spec.classification, []).append(len(cable.text))
    assert ask("length").rows == tuple(
        (level, len(found), max(found), statistics.median(found)) for level, found in sorted(lengths.items())
    )


def test_the_reasons_given(ask, corpus):
    assert counted(ask("reasons")) == Counter(
        (reason, spec.classification) for _, spec in corpus for reason in spec.reasons
    )


def test_tags_of_each_year_in_polars(ask, corpus):
    assert counted(ask("year-tags")) == Counter((spec.year_of_sending, tag) for _, spec in corpus for tag in spec.tags)


def test_portion_marks_in_polars(ask, corpus):
    assert counted(ask("marks")) == Counter(
        (spec.classification, str(paragraph.mark)) for _, spec in corpus for paragraph in spec.paragraphs
    )


def test_the_page_shows_answers_and_plots():
    page = QUESTIONS.PAGE.read_text("utf-8")
    for name in NAMES:
        assert f"(questions/{name}.svg)" in page, "run: make questions"
        assert (QUESTIONS.PAGE.with_suffix("") / f"{name}.svg").read_text("utf-8").startswith("<?xml")


def test_the_same_seed_gives_the_same_corpus():
    again = list(CORPUS.cables(40, seed=3))
    assert again == list(CORPUS.cables(40, seed=3))
    assert [cable for cable, _ in again] != [cable for cable, _ in CORPUS.cables(40, seed=4)]
    dates = [cable.created for cable, _ in again]
    assert all(one <= other for one, other in itertools.pairwise(dates))
