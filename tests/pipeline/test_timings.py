"""Word timings as a narration keeps them: what goes in comes out, and a book of them is small."""

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
def rows_of_timings(draw: st.DrawFn) -> list[WordTiming]:
    edges = sorted(draw(st.lists(TENTHS, min_size=2, max_size=40)))
    return [
        WordTiming(n, n + 1, start / 10_000, end / 10_000)
        for n, (start, end) in enumerate(pairwise(edges))
    ]


@given(rows_of_timings(), st.integers(0, 400_000))
def test_they_read_as_the_timings_they_were_later(timings: list[WordTiming], start_ms: int) -> None:
    kept = WordTimings.of(timings, start_ms / 1000)
    assert list(kept) == [timing.later(start_ms / 1000) for timing in timings]
    assert list(WordTimings.from_text(kept.to_text(), start_ms / 1000)) == list(kept)


def test_they_are_a_sequence() -> None:
    timings = WordTimings.of(
        [WordTiming(0, 1, 0.1, 0.2), WordTiming(1, 2, 0.2, 0.3), WordTiming(2, 3, 0.3, 0.4)], 1.0
    )
    assert len(timings) == 3
    assert timings[-1] == WordTiming(2, 3, 1.3, 1.4)
    assert timings[1:] == [timings[1], timings[2]]
    assert not WordTimings()
    with pytest.raises(IndexError):
        timings[3]


def test_a_time_before_the_clip_is_its_start() -> None:
    assert WordTimings.of([WordTiming(0, 1, -0.01, 0.2)], 2.0)[0] == WordTiming(0, 1, 2.0, 2.2)


def test_a_sentence_of_forty_timings_takes_less_than_a_kibibyte() -> None:
    timings = WordTimings.of([WordTiming(n, n + 1, n / 5, n / 5 + 0.2) for n in range(40)], 3600.0)
    assert sys.getsizeof(timings) + sys.getsizeof(timings.rows) < 1024


@pytest.mark.parametrize("text", ["AAAA", "?"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"rows|base64|padding|Non-base64"):
        WordTimings.from_text(text, 0.0)
