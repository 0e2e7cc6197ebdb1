# ruff: noqa: E501  (pages and sentences stand on one line, as they are read)
"""Markup that means something: what is heard of ruby, superscripts, deletions, tables."""

from __future__ import annotations

import pytest

from reader.article import Article, Page, extract

FIRST = "市立圖書館今天宣布，下個月起總館週末開放到晚上九點，平日維持不變，分館的時間則另行公告。"
LAST = "館長說，去年進館人次比前年多一成二，許多讀者反映下班後來不及還書，因此決定先試辦半年。"


def read(between: str) -> Article:
    page = f"<h1>圖書館延長開放</h1><div><p>{FIRST}</p>{between}<p>{LAST}</p></div>"
    return extract(Page(page.encode()))


def heard(between: str) -> list[str]:
    texts = [p.text for p in read(between).paragraphs]
    assert (texts[0], texts[-1]) == (FIRST, LAST)
    return texts[1:-1]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("他寫<ruby>貓<rp>(</rp><rt>ㄇㄠ</rt><rp>)</rp></ruby>字，寫了三遍才滿意。", "他寫貓字，寫了三遍才滿意。"),
        ("樣本有10<sup>6</sup>個，全部取自北部。", "樣本有10^6個，全部取自北部。"),
        ("樣本有2<sup>3</sup>個，全部取自北部。", "樣本有2³個，全部取自北部。"),
        ("濃度是10<sup>-3</sup>，低於法定標準。", "濃度是10的負3次方，低於法定標準。"),
        ("面積是50 m<sup>2</sup>，比舊館大一倍。", "面積是50 m²，比舊館大一倍。"),
        ("他說E=mc<sup>2</sup>，這是常識。", "他說E=mc²，這是常識。"),
        ("學者指出<sup>1</sup>，結論可靠<sup>[2]</sup>。<sup><a href='#3'>3</a></sup>", "學者指出，結論可靠。"),
        ("他出生於20<sup>th</sup> Century，住在台北。", "他出生於20th Century，住在台北。"),
        ("空氣裡的CO<sub>2</sub>濃度上升了。", "空氣裡的CO2濃度上升了。"),
        ("票價<del>五百元</del>三百元，<s>週一</s>週二起售票。", "票價三百元，週二起售票。"),
        ("點這裡<span class='sr-only'>另開視窗</span>可以看到完整的名單。", "點這裡可以看到完整的名單。"),
        ("點這裡<i class='u-visually-hidden'>圖示</i>可以看到完整的名單。", "點這裡可以看到完整的名單。"),
    ],
)  # fmt: skip
def test_inline_markup(markup: str, words: str) -> None:
    assert heard(f"<p>{markup}</p>") == [words]


def test_a_hidden_paragraph_for_screen_readers_is_not_read() -> None:
    assert heard("<p class='screen-reader-text'>跳到主要內容，這段文字沒有人看得到。</p>") == []


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>350</p>", ["350"]),
        ("<ul><li>350</li><li>120</li></ul>", ["350", "120"]),
        ("<p><a href='?1'>1</a> <a href='?2'>2</a> <a href='?3'>3</a></p>", []),
        ("<table><tr><th>館別<th>人次<tr><td>總館<td>350<tr><td>分館<td>120</table>",
         ["館別，人次", "總館，350", "分館，120"]),
        ("<table><tr><td>1<td>2<tr><td>3<td>4</table>", ["1，2", "3，4"]),
    ],
)  # fmt: skip
def test_rows_are_lines_and_numbers_are_read(markup: str, lines: list[str]) -> None:
    assert heard(markup) == lines


def test_a_large_table_is_named_passed_over_and_counted() -> None:
    rows = "".join(f"<tr><td>第{n}分館<td>{n * 37}人次<td>成長</tr>" for n in range(40))
    article = read(f"<table><caption>各館人次</caption>{rows}</table>")
    assert [p.text for p in article.paragraphs] == [FIRST, "表格：各館人次，共40列。", LAST]
    assert article.evidence.left_out_chars > 300
    assert article.evidence.is_doubtful
    assert "表格：各館人次，共40列。" in article.evidence.left_out


def test_a_table_that_only_places_the_text_is_no_table() -> None:
    page = f"<table><tr><td><h1>圖書館延長開放</h1><p>{FIRST}</p><p>{LAST}</p></td></tr></table>"
    assert [p.text for p in extract(Page(page.encode())).paragraphs] == [FIRST, LAST]
