"""What is said in one breath, and spans of syllables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.pronunciation import pronounce
from reader.pronunciation.clauses import LONGEST_CLAUSE
from reader.script.model import Line

CUTS = [
    ("今天下雨，明天放晴。", [("今天下雨", "，"), ("明天放晴", "。")]),
    ("他說：「走吧！」", [("他說", "："), ("走吧", "！")]),
    ("真的嗎？！", [("真的嗎", "？")]),
    ("蘋果、香蕉……都漲價", [("蘋果", "、"), ("香蕉", "…"), ("都漲價", "")]),
    ("台北（首都）很熱", [("台北", "，"), ("首都", "，"), ("很熱", "")]),
    ("「好」的「開始」", [("好的開始", "")]),
    ("……", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CUTS)
def test_cuts(text: str, expected: list[tuple[str, str]]) -> None:
    clauses = pronounce(Line(text))
    said = [("".join(text[s.start : s.end] for s in c.syllables), c.end_mark) for c in clauses]
    assert said == expected


def test_a_long_clause_is_cut_at_words_into_even_parts() -> None:
    text = "中央氣象署指出鋒面接近加上東北季風增強北部及東北部地區將有短暫陣雨氣溫明顯下降。"
    clauses = pronounce(Line(text))
    sizes = [len(c.syllables) for c in clauses]
    assert len(sizes) == 2
    assert max(sizes) <= LONGEST_CLAUSE
    assert max(sizes) - min(sizes) <= 4
    assert [c.end_mark for c in clauses] == ["", "。"]


def test_words_are_words() -> None:
    (clause,) = pronounce(Line("立法院通過預算"))
    words = ["".join("立法院通過預算"[s.start] for s in w.syllables) for w in clause.words]
    assert words == ["立法院", "通過", "預算"]


SPOKEN = st.text("台灣的一個人在銀行為了不好很重要長官著急，。！？：、…—（）「」A BW", max_size=80)


@settings(max_examples=60, deadline=None)
@given(SPOKEN)
def test_every_character_is_voiced_once_and_in_order(text: str) -> None:
    clauses = pronounce(Line(text))
    syllables = [s for c in clauses for s in c.syllables]
    spans = list(dict.fromkeys((s.start, s.end) for s in syllables))
    assert spans == sorted(spans)
    voiced = "".join(text[start:end] for start, end in spans)
    assert voiced == "".join(c for c in text if c.isalpha())
    assert all(c.words and all(w.syllables for w in c.words) for c in clauses)
    assert all(len(c.end_mark) <= 1 for c in clauses)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["台灣", "電子", "人", "產業界", "很", "發展"]), max_size=60))
def test_no_clause_is_longer_than_a_breath(words: list[str]) -> None:
    clauses = pronounce(Line("".join(words)))
    assert all(len(c.syllables) <= LONGEST_CLAUSE + 4 for c in clauses)
