"""Speech samples brought to one loudness before they are encoded.

A clause at a time, so that a narration of them lies where podcasts are wanted, −16 LUFS, and
needs no gain afterwards. Its peaks would pass the ceiling by up to 4 dB: a limiter that looks
ahead turns the syllables that hold them down. It glides over several periods of the voice, so
that the shape of its waves stays, where one of ±5 ms follows the single wave. Whether an ear
hears the difference is not established (bench/intelligibility/RESULTS.md).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.loudness import Level, active_lufs, measure
from reader.mpeg import SAMPLE_RATE_HZ, encode_frames

_ACTIVE_LUFS: Final = -14.3
"""Of a clause, its pauses left out. The narration with its pauses is then at −16."""
_LEAST_GAIN_DB, _MOST_GAIN_DB = -6.0, 14.0
"""What is quieter than that is no speech to be made loud."""
_CEILING_DBTP: Final = -1.0
_FIRST_CEILING_DBFS: Final = -2.0
"""Of the samples: between them, and after the codec, the peak is about 1 dB higher."""
_MARGIN_DB: Final = 0.3
_MOST_TRIES: Final = 4

_CELL: Final = SAMPLE_RATE_HZ // 1000
"""The limiter works on peaks of 1 ms."""
_AHEAD_CELLS: Final = 30


def encode_at_level(samples: NDArray[np.float32], volume: float = 1.0) -> tuple[bytes, Level]:
    """Canonical frames of mono 24 kHz `samples`, `volume` times the usual loudness, and their
    level; no true peak above −1 dBTP once decoded."""
    gain = _gain(samples) * volume
    ceiling_dbfs = _FIRST_CEILING_DBFS
    for _ in range(_MOST_TRIES):
        pcm = np.round(limit_peaks(samples * np.float32(gain), 10 ** (ceiling_dbfs / 20)) * 32767)
        frames = encode_frames(pcm.astype("<i2").tobytes())
        level = measure(frames)
        over_db = level.true_peak_dbtp - _CEILING_DBTP
        if over_db <= 0:
            break
        ceiling_dbfs -= over_db + _MARGIN_DB
    return frames, level


def _gain(samples: NDArray[np.float32]) -> float:
    loudness = active_lufs(samples)
    wanted_db = min(_MOST_GAIN_DB, max(_LEAST_GAIN_DB, _ACTIVE_LUFS - loudness))
    return math.pow(10, wanted_db / 20)


def limit_peaks(samples: NDArray[np.float32], ceiling: float) -> NDArray[np.float32]:
    """`samples` with every peak at or below `ceiling`, the gain gliding over ±30 ms around it."""
    n_cells = -(-len(samples) // _CELL)
    padded = np.pad(np.abs(samples), (0, n_cells * _CELL - len(samples)))
    peaks = padded.reshape(n_cells, _CELL).max(axis=1)
    if not (peaks > ceiling).any():
        return samples
    needed = np.pad(ceiling / np.maximum(peaks, ceiling), 2 * _AHEAD_CELLS, constant_values=1.0)
    window = 2 * _AHEAD_CELLS + 1
    lowest = np.lib.stride_tricks.sliding_window_view(needed, window).min(axis=1)
    glide = np.hanning(window + 2)[1:-1]
    smooth = np.convolve(lowest, glide / glide.sum(), mode="valid")
    at = (np.arange(n_cells) + 0.5) * _CELL
    gains = np.interp(np.arange(len(samples)), at, smooth)
    # Between the middles of two cells the glide may be a little above what a peak needs.
    return np.clip(samples * gains.astype(np.float32), -ceiling, ceiling)
