"""Spoken forms of news: each kind of fault found in real articles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.script import speak_form
from reader.script.preparation import prepare

_SPELLED = re.compile(r"(?<![A-Za-z])[A-Za-z](?: [A-Za-z])+(?![A-Za-z])")
_ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "news_forms.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def _bare(text: str) -> str:
    text = _SPELLED.sub(lambda match: match.group().replace(" ", "\x00"), text)
    return re.sub(r"[^\w\x00]|_", "", text).casefold()


@pytest.mark.parametrize(("kind", "sentence", "said"), _ROWS)
def test_news(kind: str, sentence: str, said: str) -> None:
    assert _bare(speak_form(sentence)) in [_bare(form) for form in said.split("|")], kind


@pytest.mark.parametrize(
    ("written", "prepared"),
    [
        ("陳○○", "陳某某"),
        ("二○二七年", "二零二七年"),
        ("二O二五年", "二零二五年"),
        ("GPT四O", "GPT四O"),
        ("NBA》湖人勝", "NBA，湖人勝"),
        ("《書》好看", "《書》好看"),
        ("３．５", "３．５"),
        ("10⁻⁶", "10^-6"),
        ("R²", "R²"),
        ("<b>5</b>", "<b>5</b>"),
    ],
)
def test_what_needs_company_is_seen_before_folding(written: str, prepared: str) -> None:
    assert prepare(written) == prepared


@pytest.mark.parametrize(
    "mark", ["[pause:1s]", "[pause: 500ms]", '<break time="1s"/>', "<speak>", "</speak>", "<p>"]
)
def test_marks_for_machines_are_silent(mark: str) -> None:
    assert _bare(speak_form(f"他說完{mark}就離開了。")) == "他說完就離開了"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("漲211點 3大指數齊揚。", "漲兩百一十一點，三大指數齊揚。"),
        ("漲 211 點 3 大指數齊揚。", "漲兩百一十一點，三大指數齊揚。"),
        ("站上2萬點 8月結算。", "站上兩萬點，八月結算。"),
        ("今晚7點 30分開打。", "今晚七點三十分開打。"),
        ("本土又增 748人。", "本土又增七百四十八人。"),
    ],
)
def test_a_space_behind_points_is_a_pause(sentence: str, said: str) -> None:
    assert speak_form(sentence) == said
