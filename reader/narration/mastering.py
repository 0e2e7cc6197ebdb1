"""A spot as it is heard beside speech: no peak too high, a gain, its ends faded."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from reader.mpeg import SAMPLE_RATE_HZ
from reader.voices.transcode import segment_of

_CEILING_DBFS = -2.0
"""Below −1 dBTP by as much as an encoder of 48 kbit/s adds to a peak."""
_LOOK_SAMPLES = SAMPLE_RATE_HZ // 200
"""5 ms: the gain sinks so long before a peak, and rises so long after it."""
_FADE_IN_MS = 15
_FADE_OUT_MS = 250
_MOST_FADED = 4
"""A fade takes this part of a spot at most."""


def mastered(samples: NDArray[np.float32], gain_db: float) -> bytes:
    """Signed 16-bit samples, louder by `gain_db` but for the peaks that it would bring too high."""
    ceiling = 10 ** ((_CEILING_DBFS - gain_db) / 20)
    segment = segment_of(_limited(samples, ceiling))
    longest_ms = len(segment) // _MOST_FADED
    segment = segment.apply_gain(gain_db)
    segment = segment.fade_in(min(_FADE_IN_MS, longest_ms))
    faded: bytes = segment.fade_out(min(_FADE_OUT_MS, longest_ms)).raw_data
    return faded


def _limited(samples: NDArray[np.float32], ceiling: float) -> NDArray[np.float32]:
    """The samples, none above `ceiling`: the least gain around each of them, smoothed."""
    peaks = np.abs(samples)
    if not len(samples) or peaks.max() <= ceiling:
        return samples
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    around = 2 * _LOOK_SAMPLES + 1
    least = sliding_window_view(np.pad(wanted, 2 * _LOOK_SAMPLES, mode="edge"), around).min(axis=1)
    kernel = np.full(around, 1.0 / around)
    gains = np.convolve(least, kernel, mode="valid")
    limited: NDArray[np.float32] = (samples * gains).astype(np.float32)
    return limited
