"""Lines that can be read: short enough, and never broken inside a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.captions.layout import LINE_CELLS, blocks_of, cells, words_of

WORDS = ("台北", "今天", "放晴", "12.5%", "COVID-19", "NVIDIA", "1,650億美元", "的", "氣象署",
         "表示", "2026年", "e\u0301")  # fmt: skip
MARKS = (
    "",
    "",
    "",
    "，",
    "。",
    "、",
    "」",
    "「",
    "（",
    "）",
    " ",
    "：",
    "；",
    "——",
    "？",
    "」，",
    "：「",
)
TEXTS = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(MARKS)), min_size=1, max_size=40
).map(lambda pairs: " ".join("".join(map("".join, pairs)).split()))


def lines_of(text: str) -> list[list[str]]:
    return [[text[a:b] for a, b in block.lines] for block in blocks_of(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("今天放晴。", [["今天放晴。"]]),
        (
            "氣象署表示，各地氣溫回升到二十五度。",
            [["氣象署表示，", "各地氣溫回升到二十五度。"]],
        ),
        (
            "台積電（TSMC）將在亞利桑那州投資1,650億美元，「這是史上最大的一筆外國直接投資」；"
            "但專家認為，能否如期完成仍有待觀察。",
            [
                ["台積電（TSMC）", "將在亞利桑那州投資1,650億美元，"],
                ["「這是史上最大的", "一筆外國直接投資」；"],
                ["但專家認為，", "能否如期完成仍有待觀察。"],
            ],
        ),
    ],
)
def test_sentences_are_broken_where_one_breathes(text: str, wanted: list[list[str]]) -> None:
    assert lines_of(text) == wanted


@given(TEXTS)
def test_lines_are_short_and_nothing_is_lost(text: str) -> None:
    blocks = lines_of(text)
    assert "".join(line for lines in blocks for line in lines) == text
    for lines in blocks:
        assert 1 <= len(lines) <= 2
        assert all(cells(line) <= LINE_CELLS for line in lines)


@given(TEXTS)
def test_no_line_begins_inside_a_word_or_with_a_mark(text: str) -> None:
    starts = {start for start, _ in words_of(text)}
    for block in blocks_of(text):
        for start, end in block.lines:
            assert start in starts
            assert text[start] not in "，。、」）：；？ %\u0301"
            assert text[end - 1] not in "「（" or end == len(text)


@pytest.mark.parametrize("word", ["COVID-19", "12.5%", "1,650億", "2026年", "3萬5,000人"])
def test_numbers_and_names_stay_whole(word: str) -> None:
    for n in range(12):
        text = f"{'今天的天氣很好而且'[: n % 9]}{'氣象署說' * (n // 2)}{word}{'氣溫回升' * 5}。"
        assert any(word in line for lines in lines_of(text) for line in lines), lines_of(text)


def test_what_a_line_may_not_end_with() -> None:
    for n in range(14):
        text = (
            f"{'氣象署今天下午發布新聞' * 2}"[:n] + "氣象署發布<快訊>，<b>豪雨</b>特報，‹請›注意。"
        )
        ends = {line[-1] for lines in lines_of(text) for line in lines}
        assert ends.isdisjoint("<‹"), lines_of(text)


@given(st.text(max_size=120).map(lambda t: " ".join(t.split())).filter(bool))
def test_any_text_has_a_layout(text: str) -> None:
    blocks = lines_of(text)
    assert "".join(line for lines in blocks for line in lines) == text
    assert all(len(lines) <= 2 and cells(line) <= LINE_CELLS for lines in blocks for line in lines)


def test_an_address_longer_than_a_line_is_cut_at_its_end() -> None:
    address = "https://example.org/" + "a" * 80
    assert all(cells(line) <= LINE_CELLS for lines in lines_of(f"見{address}。") for line in lines)
