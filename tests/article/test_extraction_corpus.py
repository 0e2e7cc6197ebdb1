"""The pinned corpus of real pages: floors that only rise by hand."""

from __future__ import annotations

import json
from collections import Counter
from statistics import fmean
from typing import Any

import pytest

from reader.article import Article, ArticleOptions, Page, extract
from tests.article.article_pages import SHARED, spaceless

CORPUS = SHARED / "extraction"
FLOORS = {"recipes": 0.992, "no recipes": 0.992}

if not CORPUS.exists():
    pytest.skip("../shared/data/extraction is not here", allow_module_level=True)

PAGES = [json.loads(line) for line in (CORPUS / "pages.jsonl").read_text("utf-8").splitlines()]


def read(page: dict[str, Any], *, recipes: bool) -> Article:
    content = (CORPUS / page["html"]).read_bytes()
    return extract(Page(content, name=page["id"]), ArticleOptions(recipes=recipes))


def f1(expected: str, got: str) -> float:
    def grams(text: str) -> Counter[str]:
        packed = spaceless(text)
        return Counter(packed[i : i + 4] for i in range(len(packed) - 3))

    wanted, found = grams(expected), grams(got)
    return 2 * (wanted & found).total() / (wanted.total() + found.total())


@pytest.mark.parametrize("recipes", [True, False], ids=["recipes", "no recipes"])
def test_mean_f1_stays_above_its_floor(recipes: bool) -> None:
    scores = [
        f1(
            "".join(page["paragraphs"]),
            "".join(p.text for p in read(page, recipes=recipes).paragraphs),
        )
        for page in PAGES
    ]
    assert fmean(scores) >= FLOORS["recipes" if recipes else "no recipes"]


@pytest.mark.parametrize("recipes", [True, False], ids=["recipes", "no recipes"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["id"])
def test_titles_are_exact_and_nothing_forbidden_is_heard(
    page: dict[str, Any], recipes: bool
) -> None:
    article = read(page, recipes=recipes)
    assert article.title == page["title"]
    heard = spaceless(
        "".join([article.title, article.byline, *(p.text for p in article.paragraphs)])
    )
    assert [words for words in page["must_not_contain"] if spaceless(words) in heard] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["id"])
def test_the_script_is_told(page: dict[str, Any]) -> None:
    wanted = {"hant": "zh-Hant", "hans": "zh-Hans"}[page["script"]]
    assert read(page, recipes=True).language == wanted
