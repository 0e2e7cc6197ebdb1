"""The case table: what a Taiwan newsreader says."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.script import ScriptOptions, speak_form

ROWS = [
    tuple(line.split("\t"))
    for name in ("taiwan_cases.tsv", "taiwan_sentences.tsv")
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("group", "written", "said"), ROWS, ids=lambda text: text[:24])
def test_case(group: str, written: str, said: str) -> None:
    assert speak_form(written) == said, group
    assert speak_form(said) == said


def test_the_table_is_as_wide_as_news() -> None:
    groups = {group for group, _, _ in ROWS}
    assert len(ROWS) >= 300
    assert {
        "year",
        "date",
        "time",
        "count",
        "percent",
        "phone",
        "money",
        "unit",
        "foreign",
    } <= groups


def test_both_names_where_the_caller_wants_both() -> None:
    both = ScriptOptions(foreign_in_brackets="both")
    said = speak_form("賴海哲（Robert Lighthizer）說", both)
    assert said == "賴海哲，Robert Lighthizer，說"


def test_addresses_are_skipped_where_the_caller_wants_that() -> None:
    silent = ScriptOptions(name_addresses=False)
    assert speak_form("詳見https://example.com/a。", silent) == "詳見。"


@pytest.mark.parametrize("text", ["", " ", "😀", "※●▲", "!!!", "——", "（）", "https://a.tw/"])
def test_nothing_to_hear_is_nothing(text: str) -> None:
    assert speak_form(text, ScriptOptions(name_addresses=False)) == ""
