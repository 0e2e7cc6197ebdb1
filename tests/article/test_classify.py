# ruff: noqa: E501  (pages and sentences stand on one line, as they are read)
"""What pasted input is: HTML, an address, Markdown or text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.classify import PastedInput, classify_input


@pytest.mark.parametrize(
    "text",
    [
        "<h1>台北今天放晴</h1><p>氣象署表示，各地氣溫回升。</p>",
        "<!-- x -->\n<html><body><p>字</p></body></html>",
        "<?xml version='1.0'?><html xmlns='x'><p>字</p></html>",
        "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html></html>",
        "<span>文字</span>",
        "<figure><img src=x></figure>",
        "<script>alert(1)</script><p>字",
        "<x-story><h1>字</h1></x-story>",
        "<P CLASS=a>大寫的標籤",
        "\ufeff  <section>字</section>",
    ],
)
def test_html_whatever_it_begins_with(text: str) -> None:
    assert classify_input(text) == PastedInput("html")


@pytest.mark.parametrize(
    ("text", "url", "title"),
    [
        ("https://udn.com/news/story/1/2", "https://udn.com/news/story/1/2", ""),
        ("HTTP://EXAMPLE.ORG/A", "HTTP://EXAMPLE.ORG/A", ""),
        ("www.worldjournal.com/wj/story/1/2", "https://www.worldjournal.com/wj/story/1/2", ""),
        ("udn.com/news/story/1/2", "https://udn.com/news/story/1/2", ""),
        ("example.org", "https://example.org", ""),
        ("川普訪中 3月成行 https://www.cna.com.tw/a.aspx", "https://www.cna.com.tw/a.aspx", "川普訪中 3月成行"),
        ("川普訪中\nhttps://udn.com/a\n分享自 聯合新聞網", "https://udn.com/a", "川普訪中 分享自 聯合新聞網"),
        ("看這篇：https://a.tw/x。", "https://a.tw/x", "看這篇"),
        ("「標題」https://a.tw/x?y=1&z=2", "https://a.tw/x?y=1&z=2", "「標題」"),
        ("ftp://example.org/a", "ftp://example.org/a", ""),
        ("https://zh.wikipedia.org/wiki/台灣_(消歧義)", "https://zh.wikipedia.org/wiki/台灣_(消歧義)", ""),
        ("https://a.tw/x https://a.tw/x", "https://a.tw/x", ""),
    ],
)  # fmt: skip
def test_an_address_with_and_without_its_scheme_and_a_title(
    text: str, url: str, title: str
) -> None:
    assert classify_input(text) == PastedInput("url", url, title)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<3 我愛台灣，你也是嗎？",
        "<台北> 今天放晴",
        "x < y 而 a > b",
        "今天 3.5 元，example.com 的老闆說，他很開心，因為生意比去年好了兩成，明年還要再開三家分店，員工也會加薪。",
        "請寫信給 abc@example.org",
        "見 https://a.tw/1 與 https://b.tw/2",
        "1.5\n2.5",
        "市立圖書館今天宣布，下個月起總館週末開放到晚上九點，平日維持不變，分館的時間則另行公告。詳見 https://a.tw/x",
    ],
)
def test_text_is_text(text: str) -> None:
    assert classify_input(text) == PastedInput("text")


@pytest.mark.parametrize(
    "text", ["# 標題\n內文", "內文 [連結](https://a.tw) 與 [另一個](https://b.tw)"]
)
def test_markdown(text: str) -> None:
    assert classify_input(text) == PastedInput("markdown")


@given(st.text(max_size=400) | st.from_regex(r"<[a-z!?/][^\n]{0,40}", fullmatch=True))
def test_any_text_has_a_kind_and_an_address_has_a_scheme(text: str) -> None:
    found = classify_input(text)
    assert (found.kind == "url") == ("://" in found.url) == bool(found.url)
