"""Pages of the shared data that nobody prepared: floors that only rise by hand."""

from __future__ import annotations

import json
from functools import cache
from statistics import fmean
from typing import Any

import pytest

from reader.article import Article, ArticleOptions, Page, extract
from reader.errors import NoArticle
from tests.article.article_pages import SHARED, spaceless
from tests.article.scores import f1

CORPUS = SHARED / "pages"
MEAN, LEAST = 0.998, 0.98

if not CORPUS.exists():
    pytest.skip("../shared/data/pages is not here", allow_module_level=True)

ROWS = [json.loads(line) for line in (CORPUS / "pages.jsonl").read_text("utf-8").splitlines()]
ARTICLES = [row for row in ROWS if "refuse" not in row]
REFUSED = [row for row in ROWS if "refuse" in row]
BOTH = pytest.mark.parametrize("recipes", [True, False], ids=["recipes", "no recipes"])


@cache
def read(name: str, recipes: bool) -> Article:
    content = (CORPUS / "html" / f"{name}.html").read_bytes()
    return extract(Page(content, name=name), ArticleOptions(recipes=recipes))


def score(row: dict[str, Any], recipes: bool) -> float:
    article = read(row["id"], recipes)
    return f1("".join(row["paragraphs"]), "".join(p.text for p in article.paragraphs))


@BOTH
def test_mean_and_lowest_f1(recipes: bool) -> None:
    scores = {row["id"]: score(row, recipes) for row in ARTICLES}
    assert fmean(scores.values()) >= MEAN
    assert {name: s for name, s in scores.items() if s < LEAST} == {}


@BOTH
@pytest.mark.parametrize("row", ARTICLES, ids=lambda row: row["id"])
def test_nothing_is_heard_that_must_not_be(row: dict[str, Any], recipes: bool) -> None:
    article = read(row["id"], recipes)
    heard = spaceless("".join(p.text for p in article.paragraphs))
    assert [words for words in row["must_not_be_heard"] if spaceless(words) in heard] == []


@BOTH
@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row["id"])
def test_what_is_no_article_is_refused(row: dict[str, Any], recipes: bool) -> None:
    with pytest.raises(NoArticle):
        read(row["id"], recipes)


@pytest.mark.parametrize("row", ARTICLES, ids=lambda row: row["id"])
def test_whole_articles_are_not_doubted(row: dict[str, Any]) -> None:
    """A warning that comes on every page would soon be read by nobody."""
    assert not read(row["id"], False).evidence.is_doubtful
