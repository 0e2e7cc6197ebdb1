"""What is heard of a row: where its sound begins and ends, by the samples themselves."""

from __future__ import annotations

from typing import Final

import numpy as np

from reader.mpeg import SAMPLE_RATE_HZ
from reader.voices.kokoro.model import FRAME_SAMPLES, Speech

SOUND_LEADS_S: Final = 0.055
"""A sound is heard so long before the frames of its phoneme begin: the decoder looks ahead by one
of its frames (median over the onsets of bench.intelligibility.onsets)."""
_EDGE_SILENCE_MS: Final = 25
"""What is kept of the silence before and after a clause."""
_HEARD: Final = 10 ** (-45 / 20)
"""Of a clause's peak: what is louder is speech, also in the frames that should be silence."""
_BEGUN: Final = 10 ** (-32 / 20)
"""Of a clause's peak: what is louder is the first sound itself and not the breath before it."""
_EARLIEST_S, _LATEST_S = 0.25, 0.1
"""How far from the frames of its phoneme the first sound is looked for. Of a row that is English
alone it is heard 100 to 150 ms before them, of Mandarin about 50."""


def heard_span(speech: Speech) -> tuple[int, int]:
    """First sample and sample past the last of what is kept of `speech`.

    The silence before the first phoneme and after the last is cut by what is heard, not by the
    phonemes' lengths: a syllable may die away after its end.
    """
    edge = _EDGE_SILENCE_MS * SAMPLE_RATE_HZ // 1000
    lead = int(speech.n_frames[0]) * FRAME_SAMPLES
    tail = len(speech.samples) - int(speech.n_frames[-2:].sum()) * FRAME_SAMPLES
    loud = np.abs(speech.samples) > _HEARD * np.abs(speech.samples).max()
    before, after = np.flatnonzero(loud[:lead]), np.flatnonzero(loud[tail:])
    first = int(before[0]) if len(before) else lead
    last = tail + int(after[-1]) + 1 if len(after) else tail
    return max(0, first - edge), min(len(speech.samples), last + edge)


def onset_s(speech: Speech) -> float:
    """When the first sound of `speech` begins; where nothing rises near the frames of its
    phoneme, when those say that it does."""
    frames_s = int(speech.n_frames[0]) * FRAME_SAMPLES / SAMPLE_RATE_HZ
    earliest = max(0, round((frames_s - _EARLIEST_S) * SAMPLE_RATE_HZ))
    near = np.abs(speech.samples[earliest : round((frames_s + _LATEST_S) * SAMPLE_RATE_HZ)])
    begun = np.flatnonzero(near > _BEGUN * np.abs(speech.samples).max())
    if not len(begun):
        return max(0.0, frames_s - SOUND_LEADS_S)
    return (earliest + int(begun[0])) / SAMPLE_RATE_HZ
