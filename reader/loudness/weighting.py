"""Samples as the ear weighs them: K-weighting, energy frame by frame, true peak."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
import soxr
from numpy.typing import NDArray

from reader.mpeg import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME

QUIETEST_LUFS: Final = -120.0
_OFFSET_LUFS: Final = -0.691
_FILTER_TAIL_SAMPLES: Final = SAMPLE_RATE_HZ // 2
_OVERSAMPLING: Final = 4
_RELATIVE_GATE_LU: Final = -10.0


def lufs(mean_square: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weighted energies as loudness, −120 for silence."""
    loudness: NDArray[np.float64] = np.maximum(
        _OFFSET_LUFS + 10 * np.log10(np.maximum(mean_square, 1e-13)), QUIETEST_LUFS
    )
    return loudness


def energies(loudness: NDArray[np.float64]) -> NDArray[np.float64]:
    """The inverse of `lufs`."""
    energy: NDArray[np.float64] = 10 ** ((loudness - _OFFSET_LUFS) / 10)
    return energy


def frame_energies(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Weighted mean square of each whole frame of 24 ms."""
    n_frames = len(samples) // SAMPLES_PER_FRAME
    weighted = k_weighted(samples)[: n_frames * SAMPLES_PER_FRAME]
    mean: NDArray[np.float64] = np.square(weighted).reshape(n_frames, -1).mean(axis=1)
    return mean


def active_lufs(samples: NDArray[np.float32]) -> float:
    """Loudness of what is spoken in a short stretch, −120 if nothing is.

    The gate of BS.1770 over frames in place of blocks of 400 ms, which are longer than a short
    clause: what lies more than 10 LU below the mean is not counted.
    """
    energy = frame_energies(np.pad(samples, (0, -len(samples) % SAMPLES_PER_FRAME)))
    if not energy.any():
        return QUIETEST_LUFS
    gate = energy.mean() * 10 ** (_RELATIVE_GATE_LU / 10)
    return float(lufs(energy[energy > gate].mean()))


def true_peak_dbtp(samples: NDArray[np.float32]) -> float:
    """The highest peak between the samples too, by fourfold oversampling (BS.1770 annex 2)."""
    if not len(samples):
        return QUIETEST_LUFS
    finer = soxr.resample(samples, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ * _OVERSAMPLING)
    peak = max(float(np.abs(finer).max(initial=0)), float(np.abs(samples).max(initial=0)))
    return 20 * math.log10(max(peak, 1e-6))


def k_weighted(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """`samples` (mono, 24 kHz) through the K-weighting, applied as a product of spectra."""
    size = 1 << (len(samples) + _FILTER_TAIL_SAMPLES - 1).bit_length()
    spectrum = np.fft.rfft(samples, size) * _k_response(size)
    weighted: NDArray[np.float64] = np.fft.irfft(spectrum, size)[: len(samples)]
    return weighted


@lru_cache(maxsize=8)
def _k_response(size: int) -> NDArray[np.complex128]:
    """The two biquads of BS.1770 annex 1, designed for this sample rate.

    The standard gives coefficients for 48 kHz only; the analogue parameters behind them are
    those that libebur128 and ffmpeg design from.
    """
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    k = math.tan(math.pi * 1681.974450955533 / SAMPLE_RATE_HZ)
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    shelf = (
        (high + band * k / q + k * k)
        + 2 * (k * k - high) * z
        + (high - band * k / q + k * k) * z**2
    ) / ((1 + k / q + k * k) + 2 * (k * k - 1) * z + (1 - k / q + k * k) * z**2)
    k = math.tan(math.pi * 38.13547087602444 / SAMPLE_RATE_HZ)
    q = 0.5003270373238773
    norm = 1 + k / q + k * k
    highpass = (1 - 2 * z + z**2) / (
        1 + 2 * (k * k - 1) / norm * z + (1 - k / q + k * k) / norm * z**2
    )
    response: NDArray[np.complex128] = shelf * highpass
    return response
