"""WordTimings as a narration keeps them: what goes in comes out, and a book of them is small."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.narration.timings import WordTimings
from reader.voices.clip import WordTiming

TENTHS = st.integers(0, 600_000)


@st.composite
def rows_of_marks(draw: st.DrawFn) -> list[WordTiming]:
    edges = sorted(draw(st.lists(TENTHS, min_size=2, max_size=40)))
    return [
        WordTiming(n, n + 1, start / 10_000, end / 10_000)
        for n, (start, end) in enumerate(pairwise(edges))
    ]


@given(rows_of_marks(), st.integers(0, 400_000))
def test_they_read_as_the_marks_they_were_later(marks: list[WordTiming], start_ms: int) -> None:
    kept = WordTimings.of(marks, start_ms / 1000)
    assert list(kept) == [mark.later(start_ms / 1000) for mark in marks]
    assert list(WordTimings.from_text(kept.to_text(), start_ms / 1000)) == list(kept)


def test_they_are_a_sequence() -> None:
    marks = WordTimings.of(
        [WordTiming(0, 1, 0.1, 0.2), WordTiming(1, 2, 0.2, 0.3), WordTiming(2, 3, 0.3, 0.4)], 1.0
    )
    assert len(marks) == 3
    assert marks[-1] == WordTiming(2, 3, 1.3, 1.4)
    assert marks[1:] == [marks[1], marks[2]]
    assert not WordTimings()
    with pytest.raises(IndexError):
        marks[3]


def test_a_time_before_the_clip_is_its_start() -> None:
    assert WordTimings.of([WordTiming(0, 1, -0.01, 0.2)], 2.0)[0] == WordTiming(0, 1, 2.0, 2.2)


def test_a_sentence_of_forty_marks_takes_less_than_a_kibibyte() -> None:
    marks = WordTimings.of([WordTiming(n, n + 1, n / 5, n / 5 + 0.2) for n in range(40)], 3600.0)
    assert sys.getsizeof(marks) + sys.getsizeof(marks.rows) < 1024


@pytest.mark.parametrize("text", ["AAAA", "?"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"rows|base64|padding|Non-base64"):
        WordTimings.from_text(text, 0.0)
