"""One article, one canonical address; another article, another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.canonical import canonical_address

URL = "https://www.news.example/politics/2026/05/總統府?id=7&page=2"
SPELLINGS = [
    "http://www.news.example/politics/2026/05/總統府?id=7&page=2",
    "https://news.example/politics/2026/05/總統府?page=2&id=7",
    "https://m.news.example/politics/2026/05/%E7%B8%BD%E7%B5%B1%E5%BA%9C/?id=7&page=2",
    "HTTPS://WWW.News.Example:443//politics/2026/05/%e7%b8%bd%e7%b5%b1%e5%ba%9c?id=7&page=2#top",
    " https://www.news.example/politics/2026/05/總統府?utm_source=line&id=7&page=2&fbclid=x ",
    "https://www.news.example./politics/2026/05/總統府?id=7&page=2&UTM_Medium=a&_ga=1.2",
]
OTHERS = [
    "https://www.news.example/politics/2026/05/總統府?id=8&page=2",
    "https://www.news.example/politics/2026/05/總統府?id=7",
    "https://www.news.example/Politics/2026/05/總統府?id=7&page=2",
    "https://www.news.example/politics/2026/05/立法院?id=7&page=2",
    "https://other.example/politics/2026/05/總統府?id=7&page=2",
    "https://www.news.example:8443/politics/2026/05/總統府?id=7&page=2",
]
NONE = ["", "news.example/story", "file:///etc/passwd", "https://", "https://[::1", "http://x:y/a"]
FRONTS = ["https://news.example", "https://news.example/", "https://news.example/?utm_source=a#b"]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings_of_one_address_are_one(spelling: str) -> None:
    assert canonical_address(spelling) == canonical_address(URL) != ""


@pytest.mark.parametrize("other", OTHERS)
def test_another_article_is_another_address(other: str) -> None:
    assert canonical_address(other) not in ("", canonical_address(URL))


@pytest.mark.parametrize("address", [*NONE, *FRONTS])
def test_what_is_no_articles_address_has_none(address: str) -> None:
    assert canonical_address(address) == ""


def test_a_name_in_chinese_is_its_punycode() -> None:
    assert canonical_address("https://例子.台灣/a") == canonical_address(
        "http://xn--fsqu00a.xn--kpry57d/a"
    )


@given(st.text())
def test_whatever_is_given_is_answered(text: str) -> None:
    for address in (text, f"https://{text}", f"https://news.example/{text}"):
        found = canonical_address(address)
        assert canonical_address(f"https://{found}") == found or not found
