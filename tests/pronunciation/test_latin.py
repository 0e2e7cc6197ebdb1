"""Letters, digits and foreign words."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.pronunciation import pinyin, pronounce
from reader.pronunciation.inventory import SYLLABLES
from reader.script.model import Line

SAID = [
    ("A", "ei1"),
    ("W", "da2 bu4 liu1"),
    ("N B A", "en1 bi1 ei1"),
    ("Google", "gu1 gou4"),
    ("google", "gu1 gou4"),
    ("iPhone", "ai1 feng4"),
    ("CNN", "xi1 en1 en1"),
    ("London", "lun2 dun1"),
    ("K 書", "kei1 shu1"),
    ("101", "yi1 ling2 yi1"),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_said(text: str, expected: str) -> None:
    assert " ".join(pinyin(Line(text))) == expected


@given(st.text(string.ascii_letters, min_size=1, max_size=24))
def test_every_latin_word_is_said_in_syllables_of_the_voice(word: str) -> None:
    syllables = pinyin(Line(word))
    assert syllables
    assert all(s[:-1] in SYLLABLES and s[-1] in "12345" for s in syllables)


def test_syllables_of_a_letter_share_its_span() -> None:
    (clause,) = pronounce(Line("用 W 開頭"))
    letter = clause.words[1]
    assert [(s.start, s.end) for s in letter.syllables] == [(2, 3)] * 3
