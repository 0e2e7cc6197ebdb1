# ruff: noqa: E501  (pages and sentences stand on one line, as they are read)
"""Pasted text that was wrapped at a width is put back into its paragraphs."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article import ArticleOptions, Page, extract
from reader.article.wrapped import unwrap

PARAGRAPHS = [
    "市立圖書館今天宣布，下個月起總館週末開放到晚上九點，平日維持不變，分館的時間則另行公告，"
    "讀者可以在官方網站查到最新的開放時間，也可以打電話詢問服務台的人員。",
    "館長說，去年進館人次比前年多一成二，許多讀者反映下班後來不及還書，因此決定先試辦半年，"
    "如果成效良好，明年起會把延長開放的做法推廣到其他七個分館。",
    "The library of Taipei said on Monday that it will stay open until nine in the evening, "
    "and that more staff will be hired for the new hours.",
]


def fold(text: str, columns: int) -> str:
    """As `fold` does: after so many columns, wherever that is."""
    if text.isascii():
        return textwrap.fill(text, columns)
    each = columns // 2
    return "\n".join(text[i : i + each] for i in range(0, len(text), each))


def read(text: str, mode: str = "auto") -> list[str]:
    article = extract(Page(text.encode(), "text"), ArticleOptions(mode=mode))  # type: ignore[arg-type]
    return [p.text for p in article.paragraphs]


@pytest.mark.parametrize("columns", [40, 56, 72, 80])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_wrapped_paragraphs_are_joined(columns: int, end: str) -> None:
    text = "\n\n".join(fold(p, columns) for p in PARAGRAPHS).replace("\n", end)
    assert read(text) == PARAGRAPHS


def test_a_word_that_a_hyphen_cut_is_whole_again() -> None:
    lines = "這座圖書館的英文名稱是 Taipei Public Lib-\nrary，成立於一九五二年，是全國最大的\n公共圖書館，藏書超過七百萬冊。"
    assert unwrap(f"{lines}\n\n{fold(PARAGRAPHS[0], 40)}").startswith(
        "這座圖書館的英文名稱是 Taipei Public Library，成立於"
    )


def test_text_mode_keeps_every_line() -> None:
    text = "\n\n".join(fold(p, 40) for p in PARAGRAPHS[:2])
    assert read(text, "text") == text.replace("\n\n", "\n").split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "\n\n".join(PARAGRAPHS),
        "一\n二\n三\n\n四\n五\n六",
        "床前明月光，\n疑是地上霜。\n舉頭望明月，\n低頭思故鄉。\n\n李白",
        "首頁\n新聞\n生活\n\n圖書館延長開放\n市府新聞稿\n\n電話\n地址",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert unwrap(text) == text


@given(st.text(alphabet="市府，。\nab \t　-", max_size=300))
def test_no_character_is_lost(text: str) -> None:
    def packed(words: str) -> str:
        return "".join(words.split()).replace("-", "")

    assert packed(unwrap(text)) == packed(text)
