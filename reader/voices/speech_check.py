"""Whether audio that came over a network is the speech of the text that was sent for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from reader.errors import BadAudio
from reader.mpeg import BYTES_PER_FRAME, FRAME_S, accept_frames
from reader.voices.clip import WordTiming
from reader.voices.frame_levels import QUIET_DBFS, levels_dbfs
from reader.voices.protocol import Prosody
from reader.voices.trim import trim_silence

SYLLABLE_S: Final = 0.22
"""A Mandarin syllable at the pace of a news reader: 4 to 5 a second."""

_SHORTEST_SYLLABLE_S: Final = 0.07
_LONGEST_SYLLABLE_S: Final = 0.8
_PAUSE_S: Final = 1.2
_SLACK_S: Final = 2.0
_LETTERS_PER_SYLLABLE: Final = 3
_LATIN_WORD: Final = re.compile(r"[A-Za-z\u00c0-\u024f']+")
_PUNCTUATION: Final = re.compile(r"[^\w\s]")


@dataclass(frozen=True, slots=True)
class TrimmedSpeech:
    """Canonical frames without the silence at the ends."""

    frames: bytes
    trimmed_s: float
    """How much was taken off the beginning."""

    def timings_on_trimmed(self, timings: Iterable[WordTiming]) -> tuple[WordTiming, ...]:
        """`timings`, timed on the audio as it came, timed on `frames`."""
        length_s = len(self.frames) // BYTES_PER_FRAME * FRAME_S

        def moved(seconds: float) -> float:
            return round(min(max(0.0, seconds - self.trimmed_s), length_s), 4)

        return tuple(replace(m, start_s=moved(m.start_s), end_s=moved(m.end_s)) for m in timings)


def n_syllables(text: str) -> float:
    """About how many syllables `text` is: a Han character or a single letter is one, a Latin
    word one for every three letters."""
    words = _LATIN_WORD.findall(text)
    in_words = sum(max(1.0, len(word) / _LETTERS_PER_SYLLABLE) for word in words)
    others = sum(c.isalnum() for c in _LATIN_WORD.sub("", text))
    return in_words + others


def expected_s(text: str, prosody: Prosody) -> float:
    """About how long `text` takes to say."""
    return n_syllables(text) * SYLLABLE_S * 100 / (100 + prosody.rate_percent)


def check_speech(mp3: bytes, text: str, prosody: Prosody) -> TrimmedSpeech:
    """Raises BadAudio unless `mp3` is canonical, whole, more than silence and about as long
    as `text` takes to say."""
    frames = accept_frames(mp3)
    levels = levels_dbfs(frames)
    loud = np.flatnonzero(levels > QUIET_DBFS)
    if not len(loud):
        raise BadAudio("silence-came", seconds=len(levels) * FRAME_S, text=_quote(text))
    _check_length(float(loud[-1] + 1 - loud[0]) * FRAME_S, len(loud) * FRAME_S, text, prosody)
    kept, n_removed = trim_silence(frames, levels)
    return TrimmedSpeech(kept, n_removed * FRAME_S)


def _check_length(speech_s: float, loud_s: float, text: str, prosody: Prosody) -> None:
    pace = 100 / (100 + prosody.rate_percent)
    syllables = n_syllables(text)
    shortest_s = syllables * _SHORTEST_SYLLABLE_S * pace
    n_pauses = len(_PUNCTUATION.findall(text))
    longest_s = (syllables * _LONGEST_SYLLABLE_S + n_pauses * _PAUSE_S + _SLACK_S) * pace
    if loud_s < shortest_s or speech_s > longest_s:
        raise BadAudio(
            "length-implausible",
            seconds=speech_s,
            text=_quote(text),
            shortest_s=shortest_s,
            longest_s=longest_s,
        )


def _quote(text: str) -> str:
    return f"「{text if len(text) <= 20 else text[:20] + '…'}」"
