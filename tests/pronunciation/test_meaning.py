"""Readings that hang on the sentence: each kind of misreading found in real news."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.pronunciation import doubtful_characters, pinyin, pronounce
from reader.pronunciation.clauses import LONGEST_CLAUSE
from reader.pronunciation.segment import cut_words
from reader.pronunciation.usage import CutText, usages
from reader.script import speak_form
from reader.script.model import Line

_ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "meaning_cases.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("kind", "sentence", "piece", "expected"), _ROWS)
def test_reading_in_its_sentence(kind: str, sentence: str, piece: str, expected: str) -> None:
    spoken = speak_form(sentence)
    characters = "".join(c for c in spoken if c.isalpha())
    at = characters.index(piece)
    said = " ".join(pinyin(Line(spoken))[at : at + len(piece)])
    assert said in expected.split("|"), kind


def test_every_list_of_the_usage_table_compiles() -> None:
    assert all(lines for lines in usages().values())


def test_cut_text_tells_what_stands_around_a_character() -> None:
    text = "案件的當事人到庭"
    words = cut_words(text)
    assert "".join(words) == text
    left, right = CutText(text, [len(word) for word in words]).around(text.index("的"))
    assert left.replace(" ", "") == "案件"
    assert right.replace(" ", "") == "當事人到庭"


@pytest.mark.parametrize("character", "峠込働匁㐂𠀂𪜀龦")
def test_a_rare_character_ends_nothing(character: str) -> None:
    assert pronounce(Line(f"他姓{character}。"))
    assert pronounce(Line(character))


def test_what_is_guessed_and_what_is_passed_over_is_named() -> None:
    doubts = doubtful_characters(Line("他在峠口看見𪜀和㐂"))
    assert "𪜀" in doubts.unsaid
    assert not doubtful_characters(Line("今天天氣很好")).guessed


def test_a_word_longer_than_a_breath_is_cut() -> None:
    clauses = pronounce(Line("A" * 120))
    assert sum(len(c.syllables) for c in clauses) >= 120
    assert max(len(c.syllables) for c in clauses) <= LONGEST_CLAUSE


@pytest.mark.parametrize(
    "sentence",
    ["參議員華倫。", "議員單", "教授仇。", "記者曾", "選手解，", "議員任（完）", "導演葛Z"],
)
def test_a_surname_before_one_character_or_none_ends_nothing(sentence: str) -> None:
    assert len(pinyin(Line(sentence))) == sum(c.isalpha() for c in sentence if not c.isascii()) + (
        "Z" in sentence
    )
