"""What is heard of a row: where its sound begins and ends, by the samples themselves."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

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


_HOP: Final = SAMPLE_RATE_HZ // 200
_QUIET_DB: Final = -45.0
"""Below a row's peak: nothing is said there."""
_QUIET_HOPS: Final = 6
_BREATH_DB: Final = -42.0
"""Below a row's peak: what rises so high after the last sound is heard."""
_FADE_MS: Final = 10
_GHOST_DB, _GHOST_FALLS_DB = -36.0, 8.0
"""Below a row's peak: a sound before the first phoneme that is as loud and falls by so much again
before the phoneme begins is heard as a syllable of its own."""
_GHOST_ENDS_S: Final = 0.03
"""Before the frames of the first phoneme, whose own sound leads them; in 200 rows of news and 60
that begin in English what fell by then was no part of it."""
_LAST_LEADS_S: Final = 0.05


def without_ghosts(speech: Speech, ends_voiced: bool) -> Speech:
    """`speech` with silence for what is heard and not said: now and then a voice stands before a
    row's first consonant, or a breath after its last syllable, as long as a syllable.

    中油 was heard as 以中油, Disney as Odysney, 認為 as 認為已. A row whose last sound is not
    voiced (`ends_voiced`) is left as it ends. The length stays: the silence after a clause is a
    pause that an ear needs (bench/intelligibility/RESULTS.md).
    """
    if not speech.samples.any():
        return speech
    levels_db = _levels_db(speech.samples)
    gains = np.ones(len(speech.samples), np.float32)
    ramp = np.linspace(0, 1, _FADE_MS * SAMPLE_RATE_HZ // 1000, dtype=np.float32)
    ghost_ends = _ghost_ends(speech, levels_db)
    said_until = _said_until(speech, levels_db) if ends_voiced else len(gains)
    if ghost_ends:
        gains[:ghost_ends] = 0
        gains[ghost_ends:][: len(ramp)] = ramp[: len(gains) - ghost_ends]
    after = gains[said_until:]
    after[: len(ramp)] *= ramp[::-1][: len(after)]
    after[len(ramp) :] = 0
    return Speech(speech.samples * gains, speech.n_frames)


def _levels_db(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Of every 5 ms, smoothed over 15, against the peak."""
    power = (samples[: len(samples) // _HOP * _HOP].reshape(-1, _HOP) ** 2).mean(axis=1)
    smooth = np.convolve(power, np.full(3, 1 / 3), "same")
    levels_db: NDArray[np.float64] = 20 * np.log10(np.sqrt(smooth) / np.abs(samples).max() + 1e-6)
    return levels_db


def _ghost_ends(speech: Speech, levels_db: NDArray[np.float64]) -> int:
    """The sample in the quietest place between a ghost and the first phoneme; 0 without one."""
    before_s = int(speech.n_frames[0]) * FRAME_SAMPLES / SAMPLE_RATE_HZ - _GHOST_ENDS_S
    before_db = levels_db[: max(0, round(before_s * SAMPLE_RATE_HZ)) // _HOP]
    if not len(before_db):
        return 0
    loudest_db = np.maximum.accumulate(before_db)
    falls_db = np.where(loudest_db > _GHOST_DB, loudest_db - before_db, 0.0)
    return int(falls_db.argmax()) * _HOP if falls_db.max() >= _GHOST_FALLS_DB else 0


def _said_until(speech: Speech, levels_db: NDArray[np.float64]) -> int:
    """The sample from which only breath is heard: the last phoneme has been quiet for 30 ms and
    something rises again. Without that all of `speech`, whose silence is no emptier than its own:
    DNSMOS hears where it is."""
    n_last = int(speech.n_frames[-3:].sum()) * FRAME_SAMPLES
    start = max(0, len(speech.samples) - n_last - round(_LAST_LEADS_S * SAMPLE_RATE_HZ)) // _HOP
    quiet = levels_db[start:] < _QUIET_DB
    for at in range(len(quiet) - _QUIET_HOPS + 1):
        if quiet[at : at + _QUIET_HOPS].all():
            is_breath = levels_db[start + at :].max() > _BREATH_DB
            return (start + at + _QUIET_HOPS) * _HOP if is_breath else len(speech.samples)
    return len(speech.samples)


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
