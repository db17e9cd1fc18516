from __future__ import annotations

import csv
import io
from importlib import resources

import pytest

from cableformat.telegram.vocabulary import rows

VOCABULARY = resources.files("cableformat.telegram.vocabulary")
NAMES = sorted(path.name.removesuffix(".csv") for path in VOCABULARY.iterdir() if path.name.endswith(".csv"))


def table(name):
    text = VOCABULARY.joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_tidy(name):
    header, *body = table(name)
    assert header[-1] == "source"
    assert header == [column.lower() for column in header]
    keys = [row[0] for row in body]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert all(len(row) == len(header) for row in body)
    assert all(row[0] and row[-1] for row in body)


def test_an_alias_leads_to_a_post_and_is_none():
    posts = {row["post"] for row in rows("posts")}
    assert all(row["post"] in posts and row["alias"] not in posts for row in rows("post_aliases"))


def test_a_post_is_its_name_without_blanks():
    assert all(row["post"] == row["name"].replace(" ", "") for row in rows("posts"))


def test_no_two_posts_have_one_routing_indicator():
    routes = [row["route"] for row in rows("posts") if row["route"]]
    assert len(set(routes)) == len(routes)


def test_a_corrected_tag_is_no_misspelling():
    wrong = {row["spelling"] for row in rows("tag_corrections")}
    assert not wrong & {row["tag"] for row in rows("tag_corrections")}
    assert not wrong & {row["tag"] for row in rows("tags")}


def test_the_kinds_of_tags():
    kinds = {row["kind"] for row in rows("tags")}
    assert kinds == {"subject", "person", "programme", "geography", "organisation", "phrase"}
    assert all(len(row["tag"]) == 2 for row in rows("tags") if row["kind"] == "geography")
