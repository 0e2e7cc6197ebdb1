"""How loud speech is (ITU-R BS.1770-5, EBU R 128), and by how much to change it.

A clip is decoded once, when it is spoken: its weighted energy frame by frame, its true peak
and when speech is first and last heard are kept with it. A narration's integrated loudness is
then computed from its clips and pauses without decoding anything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np
import soxr
from numpy.typing import NDArray

from reader.errors import BadOptions
from reader.mpeg import (
    FRAME_MS,
    GAIN_STEP_DB,
    SAMPLE_RATE_HZ,
    SAMPLES_PER_FRAME,
    decode,
)

HEARD_DBFS: Final = -50.0
"""A sample below this is silence: what ffmpeg's silencedetect is told here as well."""

_OFFSET_LUFS: Final = -0.691
_BLOCK_MS: Final = 400
_HOP_MS: Final = 100
_ABSOLUTE_GATE_LUFS: Final = -70.0
_RELATIVE_GATE_LU: Final = -10.0
_FILTER_TAIL_SAMPLES: Final = SAMPLE_RATE_HZ // 2
_OVERSAMPLING: Final = 4
_QUIETEST_LUFS: Final = -120.0
_BINS_PER_LU: Final = 100


@dataclass(frozen=True, slots=True)
class LoudnessTarget:
    """What a narration is brought to."""

    lufs: float = -16.0
    """Integrated loudness: −16 LUFS is what podcast hosts ask for, −19 for mono by some."""
    true_peak_dbtp: float = -1.0
    """What no true peak may pass, even if the target is then missed."""

    def __post_init__(self) -> None:
        if not -40 <= self.lufs <= -8:
            raise BadOptions(f"a loudness of {self.lufs} LUFS; it must lie between -40 and -8")
        if not -20 <= self.true_peak_dbtp <= 0:
            raise BadOptions(f"a true peak of {self.true_peak_dbtp} dBTP; ask for -20 to 0")


@dataclass(frozen=True, slots=True)
class Level:
    """What was measured of a stretch of canonical frames."""

    frame_lufs: tuple[float, ...]
    """Weighted energy of each frame as a loudness, to 0.1 LU; −120 is silence."""
    true_peak_dbtp: float
    heard_from_ms: float
    """When the first sample above `HEARD_DBFS` is presented."""
    heard_to_ms: float
    """When the last is over."""

    @classmethod
    def joined(cls, levels: Sequence[Level]) -> Level:
        """One after another; there is at least one."""
        frame_lufs: list[float] = []
        heard: list[float] = []
        for level in levels:
            start_ms = len(frame_lufs) * FRAME_MS
            if level.heard_to_ms > level.heard_from_ms:
                heard += [start_ms + level.heard_from_ms, start_ms + level.heard_to_ms]
            frame_lufs += level.frame_lufs
        peak = max(level.true_peak_dbtp for level in levels)
        return cls(tuple(frame_lufs), peak, *((heard[0], heard[-1]) if heard else (0.0, 0.0)))


def measure(frames: bytes) -> Level:
    """Decode canonical `frames` and measure them. Raises BadAudio if they cannot be decoded."""
    samples = decode(frames)
    weighted = np.square(k_weighted(samples)).reshape(-1, SAMPLES_PER_FRAME).mean(axis=1)
    heard = np.flatnonzero(np.abs(samples) >= 10 ** (HEARD_DBFS / 20))
    first, last = (int(heard[0]), int(heard[-1]) + 1) if len(heard) else (0, 0)
    return Level(
        tuple(round(float(value), 1) for value in _lufs(weighted)),
        round(true_peak_dbtp(samples), 2),
        round(first / SAMPLE_RATE_HZ * 1000, 2),
        round(last / SAMPLE_RATE_HZ * 1000, 2),
    )


def true_peak_dbtp(samples: NDArray[np.float32]) -> float:
    """The highest peak between the samples too, by fourfold oversampling (BS.1770 annex 2)."""
    if not len(samples):
        return _QUIETEST_LUFS
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


def _lufs(mean_square: NDArray[np.float64]) -> NDArray[np.float64]:
    loudness: NDArray[np.float64] = np.maximum(
        _OFFSET_LUFS + 10 * np.log10(np.maximum(mean_square, 1e-13)), _QUIETEST_LUFS
    )
    return loudness


@dataclass(slots=True)
class LoudnessMeter:
    """Integrated loudness of a stream that is told frame by frame, in constant memory.

    Blocks of 400 ms every 100 ms; within a frame (24 ms) the energy is taken for even. Block
    loudnesses go into a histogram of 0.01 LU, as EBU Tech 3341 allows.
    """

    true_peak_dbtp: float = _QUIETEST_LUFS
    _waiting: list[float] = field(default_factory=list)
    """Energies of the frames that the next block begins in or after."""
    _waiting_from_ms: int = 0
    _block_ms: int = 0
    _counts: dict[int, int] = field(default_factory=dict)

    def add(self, level: Level) -> None:
        """The next stretch of frames."""
        self.true_peak_dbtp = max(self.true_peak_dbtp, level.true_peak_dbtp)
        self._add(
            [
                0.0 if lufs <= _QUIETEST_LUFS else 10 ** ((lufs - _OFFSET_LUFS) / 10)
                for lufs in level.frame_lufs
            ]
        )

    def add_silence(self, n_frames: int) -> None:
        """A pause."""
        self._add([0.0] * n_frames)

    def _add(self, energies: list[float]) -> None:
        self._waiting += energies
        sums = np.concatenate(([0.0], np.cumsum(self._waiting))) * FRAME_MS
        edges = self._waiting_from_ms + np.arange(len(sums)) * FRAME_MS
        n_blocks = max(0, (int(edges[-1]) - _BLOCK_MS - self._block_ms) // _HOP_MS + 1)
        starts = self._block_ms + np.arange(n_blocks) * _HOP_MS
        in_blocks = np.interp(starts + _BLOCK_MS, edges, sums) - np.interp(starts, edges, sums)
        for loudness in _lufs(in_blocks / _BLOCK_MS):
            if loudness >= _ABSOLUTE_GATE_LUFS:
                place = round(float(loudness) * _BINS_PER_LU)
                self._counts[place] = self._counts.get(place, 0) + 1
        self._block_ms += n_blocks * _HOP_MS
        n_past = max(0, (self._block_ms - self._waiting_from_ms) // FRAME_MS)
        del self._waiting[:n_past]
        self._waiting_from_ms += min(n_past, len(sums) - 1) * FRAME_MS

    def integrated_lufs(self) -> float:
        """So far; −inf if nothing is above the absolute gate or all is shorter than a block."""
        ungated = self._mean(_ABSOLUTE_GATE_LUFS)
        return self._mean(max(_ABSOLUTE_GATE_LUFS, ungated + _RELATIVE_GATE_LU))

    def _mean(self, gate_lufs: float) -> float:
        kept = [(p / _BINS_PER_LU, n) for p, n in self._counts.items() if p > gate_lufs * 100]
        total = sum(n for _, n in kept)
        if not total:
            return -math.inf
        return 10 * math.log10(sum(n * 10 ** (lufs / 10) for lufs, n in kept) / total)


def steps_to(
    target: LoudnessTarget, meter: LoudnessMeter, gains: tuple[int, int] | None = None
) -> int:
    """The gain steps that bring a narration nearest to `target`.

    Fewer, or softer, where a true peak would pass the ceiling, and no more than `gains`, the
    lowest and highest `global_gain` there is, leave room for. 0 for what has no loudness.
    """
    loudness = meter.integrated_lufs()
    if math.isinf(loudness):
        return 0
    wanted = round((target.lufs - loudness) / GAIN_STEP_DB)
    highest = math.floor((target.true_peak_dbtp - meter.true_peak_dbtp) / GAIN_STEP_DB)
    steps = min(wanted, highest)
    if gains is None:
        return steps
    return max(-gains[0], min(255 - gains[1], steps))
