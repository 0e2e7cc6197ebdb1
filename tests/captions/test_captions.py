"""Captions in step with what is heard, in every form."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.captions import captions_json, cues_of, srt, timestamp, webvtt
from reader.narration.model import Narration, TimedUtterance
from reader.narration.timings import WordTimings
from reader.voices.clip import WordTiming

LONG = (
    "據氣象署統計，今年1月的雨量比往年少了28%，南部水庫的蓄水率跌到5成以下，各地已經開始節約用水。"
)
LONG_SPOKEN = (
    "據氣象署統計，今年一月的雨量比往年少了百分之二十八，南部水庫的蓄水率跌到五成以下，"
    "各地已經開始節約用水。"
)


def said(
    text: str, spoken: str = "", start_s: float = 0.0, *, marked: bool = True, index: int = 0
) -> TimedUtterance:
    """A sentence in which each sounding character takes a fifth of a second."""
    spoken = spoken or text
    marks, now = [], 0.1
    for place, character in enumerate(spoken):
        if character.isalnum():
            marks.append(WordTiming(place, place + 1, now, now + 0.2))
            now += 0.2
        else:
            now += 0.3
    times = WordTimings.of(marks, start_s) if marked else WordTimings.of((), start_s)
    return TimedUtterance(index, 0, text, spoken, start_s, round(start_s + now, 3), times)


def narration(*utterances: TimedUtterance) -> Narration:
    return Narration(
        *("0" * 32, "題", "", "", "baker", "baker", "", (), utterances),
        duration_s=utterances[-1].end_s,
        audio_bytes=0,
        audio_sha256="",
    )


def test_a_long_sentence_is_several_cues_in_step_with_its_words() -> None:
    cues = list(cues_of(narration(said(LONG, LONG_SPOKEN, 3.0))))
    assert [cue.name for cue in cues] == [f"0.{n + 1}" for n in range(len(cues))]
    assert "".join(cue.text for cue in cues) == LONG
    assert (cues[0].start_s, cues[-1].end_s) == (3.0, said(LONG, LONG_SPOKEN, 3.0).end_s)
    for before, after in itertools.pairwise(cues):
        assert before.end_s == after.start_s
    for cue in cues[1:]:
        first = LONG_SPOKEN.index(cue.text[:2])
        wanted = next(m for m in said(LONG, LONG_SPOKEN, 3.0).timings if m.start == first)
        assert cue.start_s == pytest.approx(wanted.start_s, abs=0.001)


def test_what_is_said_otherwise_shares_its_time() -> None:
    utterance = said(LONG, LONG_SPOKEN)
    (cue,) = [c for c in cues_of(narration(utterance), with_words=True) if "28%" in c.text]
    (word,) = [w for line in cue.words for w in line if "28%" in w.text]
    at = LONG_SPOKEN.index("百分之二十八")
    marks = {m.start: m for m in utterance.timings}
    assert word.end_s == pytest.approx(marks[at + 5].end_s, abs=0.001)
    assert marks[at].start_s - 0.5 < word.start_s <= marks[at].start_s + 0.001


@given(
    st.sampled_from([LONG, "今天放晴。", "「好！」他說。", "A到Z，1到9。"]),
    st.booleans(),
    st.floats(0, 9000),
)
def test_times_never_go_back(text: str, marked: bool, start_s: float) -> None:
    utterance = said(text, LONG_SPOKEN if text == LONG else "", round(start_s, 3), marked=marked)
    now = utterance.start_s
    for cue in cues_of(narration(utterance), with_words=True):
        assert cue.start_s < cue.end_s <= utterance.end_s
        assert cue.start_s == pytest.approx(now, abs=0.001)
        for word in (w for line in cue.words for w in line):
            assert cue.start_s <= word.start_s <= word.end_s <= cue.end_s
        now = cue.end_s
    assert now == utterance.end_s


def test_what_is_not_heard_has_no_cue() -> None:
    silent = TimedUtterance(1, 0, "※", "", 2.0, 2.0, WordTimings.of((), 2.0))
    assert len(list(cues_of(narration(said("今天放晴。"), silent)))) == 1


def test_webvtt_is_markup_free_and_its_karaoke_timed() -> None:
    one = narration(said("<b>A&B</b> --> 今天放晴，氣溫回升。"))
    plain = webvtt(one)
    assert "&lt;b&gt;A&amp;B&lt;/b&gt; --&gt;" in plain.replace("\n", " ")
    sung = webvtt(one, karaoke=True)
    inner = [re.findall(r"<([\d:.]+)>", cue) for cue in sung.split("\n\n")[1:] if cue]
    assert any(times for times in inner)
    for times in inner:
        assert times == sorted(set(times))
    assert re.sub(r"<[\d:.]+>", "", sung) == plain


def test_srt_counts_from_one() -> None:
    text = srt(narration(said("今天放晴。"), said("氣溫-->回升。", start_s=2.0, index=1)))
    first, second = text.strip().split("\n\n")
    assert first == "1\n00:00:00,000 --> 00:00:01,200\n今天放晴。"
    assert second.startswith("2\n00:00:02,000 --> ")
    assert second.count("-->") == 1


def test_json_is_a_transcript_of_the_podcast_namespace() -> None:
    found = json.loads(captions_json(narration(said(LONG, LONG_SPOKEN))))
    assert found["version"] == "1.0.0"
    assert "".join(segment["body"] for segment in found["segments"]) == LONG
    for segment in found["segments"]:
        assert segment["startTime"] < segment["endTime"]
        assert "".join(word["body"] for word in segment["words"]) == segment["body"]


def test_hours_are_counted() -> None:
    assert timestamp(3723.4567) == "01:02:03.457"
