"""Samples of one clause as a clip: no click at its ends, one loudness, the pause after it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.mpeg import BYTES_PER_FRAME, FRAME_MS, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, silence
from reader.pronunciation import Clause
from reader.voices.clip import Clip, WordTiming
from reader.voices.levelling import encode_at_level

_PAUSE_MS: Final = {"、": 120, "，": 220, "；": 320, "：": 280, "—": 260, "…": 300}
_SENTENCE_PAUSE_MS: Final = 380
_FORCED_CUT_PAUSE_MS: Final = 40
_FADE_MS: Final = 10


def clause_clip(
    samples: NDArray[np.float32], timings: list[WordTiming], volume: float, pause_ms: int
) -> Clip:
    """The clip of mono 24 kHz `samples`, `volume` times the usual loudness, and a pause of
    `pause_ms` from the last sample to the next clause."""
    frames, level = encode_at_level(_fade(samples), volume)
    pause = _pause_frames(pause_ms, len(samples), level.n_frames) if pause_ms else b""
    level = level.with_silence(len(pause) // BYTES_PER_FRAME)
    return Clip(frames + pause, tuple(timings), level)


def pause_ms_after(clause: Clause) -> int:
    """The pause that the punctuation after `clause` asks for, before another clause."""
    if not clause.end_mark:
        return _FORCED_CUT_PAUSE_MS
    return _PAUSE_MS.get(clause.end_mark[0], _SENTENCE_PAUSE_MS)


def _fade(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    n = min(_FADE_MS * SAMPLE_RATE_HZ // 1000, len(samples) // 2)
    ramp = np.linspace(0, 1, n, dtype=np.float32)
    faded = samples.copy()
    faded[:n] *= ramp
    faded[len(faded) - n :] *= ramp[::-1]
    return faded


def _pause_frames(pause_ms: int, n_samples: int, n_frames: int) -> bytes:
    """Silent frames so that the next clause begins a pause after the last sample of this one.

    The encoder's flush is silence already and counts towards the pause.
    """
    wanted = n_samples / SAMPLES_PER_FRAME + pause_ms / FRAME_MS
    return silence(max(0, round(wanted) - n_frames))
