# ruff: noqa: E501  (pages and sentences stand on one line, as they are read)
"""Faults that real pages showed: each on markup of our own, and on the shared smallest pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.article import Article, Page, extract
from reader.errors import IndexPage, NoArticle, Paywalled
from tests.article.article_pages import SHARED
from tests.article.faults.siblings import FAULTS, TEXT, TITLE, minified

SMALL = sorted((SHARED / "pages" / "small").glob("*.html"))
SMALL_REFUSED = {"10": Paywalled, "11": NoArticle, "12": IndexPage}
SMALL_BYLINES = {
    "08": "", "09": "QIQI", "16": "某某報記者 王小明", "19": "记者张三、李四", "20": "abc (小明)",
}  # fmt: skip
LIBRARY = "市立圖書館延長開放時間"
NOT_HEARD = (
    "廣告", "相關", "請點閱", "著作權", "某某日報", "Advertisements", "來源", "工商", "記者 ", "分鐘",
    "twitter", "林某某", "書摘", "書籍", "購書", "喜歡這篇", "唸給", "新功能", "user", "批踢踢", "首頁",
)  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_on_markup_of_our_own(name: str) -> None:
    fault = FAULTS[name]
    if fault.error is not None:
        with pytest.raises(fault.error):
            extract(Page(fault.page))
        return
    article = extract(Page(fault.page))
    assert tuple(p.text for p in article.paragraphs) == fault.wanted
    assert article.title == fault.title
    assert article.byline == fault.byline


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_a_fault_on_its_smallest_page(path: Path) -> None:
    number = path.stem[:2]
    if number in SMALL_REFUSED:
        with pytest.raises(SMALL_REFUSED[number]):
            extract(Page(path.read_bytes()))
        return
    article = extract(Page(path.read_bytes()))
    assert article.title.removeprefix("[新聞] ") == LIBRARY
    assert _sentences_of(path.read_text("utf-8")) == [
        p.text for p in article.paragraphs if p.kind == "body"
    ]
    heard = "".join(p.text for p in article.paragraphs)
    assert [words for words in NOT_HEARD if words in heard] == []
    if number in SMALL_BYLINES:
        assert article.byline == SMALL_BYLINES[number]


def _sentences_of(source: str) -> list[str]:
    """The sentences of the story in the order of the page's body, each once where it stands."""
    body = source.partition("<body>")[2] or source.partition("</title>")[2]
    opening = "市立圖書館今天|館長說|圖書館表示|議員質詢|教育局回應|工會則提醒|「延長開放是"
    found = re.findall(rf"(?:{opening})[^<\n]+", body)
    return [line.strip() for line in found]


@pytest.mark.parametrize(
    "first",
    ["article", "main", "section", "header", "nav", "figure", "svg", "x-bar", "aside", "dialog"],
)
def test_a_page_without_the_tags_that_may_be_left_out(first: str) -> None:
    article = extract(Page(minified(first)))
    assert tuple(p.text for p in article.paragraphs) == TEXT
    assert article.title == TITLE


def test_a_shell_says_that_a_script_fills_it() -> None:
    shell = (
        "<title>某某電台</title><noscript>請啟用 JavaScript</noscript><div id='root'></div>"
        "<script src='/a.js'></script>"
    )
    with pytest.raises(NoArticle, match="script"):
        extract(Page(shell.encode()))


def test_a_station_s_promotion_is_not_read() -> None:
    promotion = (
        "颱風直撲北台灣，《某某台》連續三天，每天晚上都有特別報導，陪您掌握最新動態，敬請鎖定。"
    )
    page = f"<h1>{TITLE}</h1>" + "".join(f"<p>{t}</p>" for t in (*TEXT[:2], promotion, TEXT[2]))
    assert [p.text for p in extract(Page(page.encode())).paragraphs] == list(TEXT[:3])


def test_a_summary_that_the_text_repeats_is_read_once() -> None:
    summary = TEXT[0][:-1] + "…"
    page = f"<h1>{TITLE}</h1><div><p>{summary}</p></div>" + "".join(f"<p>{t}</p>" for t in TEXT)
    assert [p.text for p in extract(Page(page.encode())).paragraphs] == list(TEXT)


def _published(head: str, shown: str = "") -> Article:
    page = f"<head>{head}</head><h1>{TITLE}</h1><div>{shown}</div>" + "".join(
        f"<p>{t}</p>" for t in TEXT
    )
    return extract(Page(page.encode()))


@pytest.mark.parametrize(
    ("stamp", "shown", "published"),
    [
        ("2024-03-05T16:30:00Z", "", "2024-03-06T00:30:00+08:00"),
        ("2024-03-05T16:30:00+0000", "2024/03/06 00:30", "2024-03-06T00:30:00+08:00"),
        ("2024-03-05T16:30:00+00:00", "2024/03/05 16:30", "2024-03-05T16:30:00+08:00"),
        ("2024-03-05T16:30:00+0800", "", "2024-03-05T16:30:00+08:00"),
        ("2024-03-05T16:30", "", "2024-03-05T16:30"),
    ],
)
def test_a_time_in_utc_is_told_by_taiwan_s_clock(stamp: str, shown: str, published: str) -> None:
    meta = f"<meta property='article:published_time' content='{stamp}'>"
    assert _published(meta, shown).published == published
