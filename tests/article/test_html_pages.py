"""Structures of real web pages, each with its trap: exactly the article is left."""

from __future__ import annotations

import pytest

from reader.article import Article, ArticleOptions, Page, extract
from reader.article.byline import clean_byline
from tests.article.article_pages import MarkedPage, html_pages

PAGES = {page.name: page for page in html_pages()}
MARKED = [page for page in PAGES.values() if page.paragraphs]


def read(page: MarkedPage) -> Article:
    return extract(Page(page.source.encode(), "html", name=page.name))


@pytest.mark.parametrize("page", MARKED, ids=lambda page: page.name)
def test_the_article_and_nothing_else(page: MarkedPage) -> None:
    article = read(page)
    assert article.title == page.title
    assert [p.text for p in article.paragraphs] == page.paragraphs
    assert [p.text for p in article.paragraphs if p.kind == "subhead"] == page.subheads


@pytest.mark.parametrize("page", [p for p in MARKED if p.byline], ids=lambda page: page.name)
def test_the_byline(page: MarkedPage) -> None:
    assert read(page).byline == clean_byline(page.byline) != ""


def test_a_caption_repeated_in_the_text_is_not_read_but_kept_apart() -> None:
    article = read(PAGES["caption_repeated"])
    assert article.lead_caption == "第四代廠長帶著學童認識揉捻機。 記者蘇柏勳／攝影"
    assert not any("認識揉捻機" in p.text for p in article.paragraphs)


def test_an_article_in_json_ld_only() -> None:
    article = read(PAGES["jsonld_only"])
    assert article.title == "夜市改用環保餐具 業者省下三成成本"
    assert [p.text[:6] for p in article.paragraphs] == [
        "花蓮夜市從今",
        "自治會表示，",
        "縣府環保局指",
    ]
    assert (article.byline, article.section, article.site) == ("鄭宇辰", "生活", "島嶼新聞")
    assert article.published == "2026-03-01T08:00:00+08:00"


def test_of_two_articles_the_first_is_read_though_the_second_is_longer() -> None:
    article = read(PAGES["two_articles"])
    assert len(article.paragraphs) == 2
    assert not any("服務區" in p.text for p in article.paragraphs)


@pytest.mark.parametrize("codec", ["cp950", "big5hkscs", "gb18030", "utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declared", ["big5", "utf-8", "gb2312", "iso-8859-1", "no-such-charset", ""]
)
def test_every_encoding_though_declared_wrongly(codec: str, declared: str) -> None:
    page = PAGES["br_paragraphs"]
    meta = f'<meta charset="{declared}">' if declared else ""
    source = page.source.replace('<meta charset="utf-8">', meta)
    article = extract(Page(source.encode(codec), "html", charset=declared))
    assert article.title == page.title
    assert [p.text for p in article.paragraphs] == page.paragraphs


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    page = PAGES["two_articles"]
    broken = page.source.encode().replace("校長說".encode(), b"\xff\xfe" + "校長說".encode())
    article = extract(Page(broken, "html"))
    assert [p.text for p in article.paragraphs] == page.paragraphs


def test_simplified_pages_are_told_from_traditional_ones() -> None:
    assert read(PAGES["two_articles"]).language == "zh-Hant"
    body = "<p>昨天，这个国家的总统对记者说，他们将会继续谈判，直到双方达成协议为止。</p>"
    assert extract(Page(body.encode())).language == "zh-Hans"


def test_a_recipe_narrows_the_page_and_is_left_out_on_request() -> None:
    page = """<html><head><title>市集開張 - ETtoday</title></head><body><h1>老街市集今天開張</h1>
    <div class="story"><p>老街市集今天開張，六十個攤位沿著河岸排開，吸引上千名遊客前來。</p></div>
    <div class="more"><p>這一段屬於網站自己的介紹文字，長度不算短，沒有食譜時會讀到。</p></div>
    </body></html>"""
    given = Page(page.encode(), url="https://www.ettoday.net/news/1.htm")
    assert len(extract(given).paragraphs) == 1
    assert extract(given, ArticleOptions(recipes=False)).title == "老街市集今天開張"


def test_a_text_that_the_page_unfolds_by_script_is_read() -> None:
    hidden = (
        "<h1>老街市集今天開張</h1><div style='display:none'>"
        "<p>老街市集今天開張，六十個攤位沿著河岸排開，"
        "吸引上千名遊客前來，業者笑得合不攏嘴。</p></div>"
    )
    assert len(extract(Page(hidden.encode())).paragraphs) == 1
    shown = (
        hidden.replace("none", "block")
        + "<p style='display:none'>藏起來的文字不會被看到，也不應該被讀出來。</p>"
    )
    assert len(extract(Page(shown.encode())).paragraphs) == 1
