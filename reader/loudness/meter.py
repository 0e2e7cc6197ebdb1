"""Integrated loudness, told clip by clip."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.loudness.level import Level, energies_of, loudness_of_silence, widest
from reader.loudness.weighting import QUIETEST_LUFS, lufs
from reader.mpeg import FRAME_MS

_BLOCK_MS: Final = 400
_HOP_MS: Final = 100
_HOPS_A_BLOCK: Final = _BLOCK_MS // _HOP_MS
_ABSOLUTE_GATE_LUFS: Final = -70.0
_RELATIVE_GATE_LU: Final = -10.0
_BINS_PER_LU: Final = 100
_MOST_TOLD_BYTES: Final = 8192
_N_BINS: Final = 80 * _BINS_PER_LU


@dataclass(slots=True)
class LoudnessMeter:
    """Integrated loudness of a stream that is told clip by clip, in constant memory.

    Blocks of 400 ms every 100 ms; within a frame (24 ms) the energy is taken for even. Block
    loudnesses go into a histogram of 0.01 LU, as EBU Tech 3341 allows.
    """

    true_peak_dbtp: float = QUIETEST_LUFS
    gains: tuple[int, int] | None = None
    """Lowest and highest `global_gain` so far."""
    _told: list[bytes] = field(default_factory=list)
    """Not looked at yet: a hundred seconds at a time cost no more than one clip."""
    _n_told_bytes: int = 0
    _waiting: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """Energies of the frames that the next block begins in or after."""
    _waiting_from_ms: int = 0
    _block_ms: int = 0
    _counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(_N_BINS, np.int64))
    """How many blocks are as loud as each bin: from −70 LUFS on."""

    def add(self, level: Level, *, after_silent_frames: int = 0) -> None:
        """The next stretch of frames, and the pause before it."""
        self.true_peak_dbtp = max(self.true_peak_dbtp, level.true_peak_dbtp)
        self.gains = widest([self.gains, level.gains])
        self._told += (loudness_of_silence(after_silent_frames), level.loudness)
        self._n_told_bytes += len(self._told[-2]) + len(self._told[-1])
        if self._n_told_bytes > _MOST_TOLD_BYTES:
            self._look()

    def _look(self) -> None:
        self._waiting = np.concatenate((self._waiting, energies_of(b"".join(self._told))))
        self._told, self._n_told_bytes = [], 0
        sums = np.concatenate(([0.0], np.cumsum(self._waiting))) * FRAME_MS
        edges = self._waiting_from_ms + np.arange(len(sums)) * FRAME_MS
        n_blocks = max(0, (int(edges[-1]) - _BLOCK_MS - self._block_ms) // _HOP_MS + 1)
        hops = self._block_ms + np.arange(n_blocks + _HOPS_A_BLOCK) * _HOP_MS
        at_hops = np.interp(hops, edges, sums)
        in_blocks = at_hops[_HOPS_A_BLOCK:] - at_hops[:-_HOPS_A_BLOCK]
        bins = np.round((lufs(in_blocks / _BLOCK_MS) - _ABSOLUTE_GATE_LUFS) * _BINS_PER_LU)
        loud = bins[bins >= 0].clip(max=_N_BINS - 1).astype(np.int64)
        self._counts += np.bincount(loud, minlength=_N_BINS)
        self._block_ms += n_blocks * _HOP_MS
        n_past = max(0, (self._block_ms - self._waiting_from_ms) // FRAME_MS)
        n_past = min(n_past, len(self._waiting))
        self._waiting = self._waiting[n_past:]
        self._waiting_from_ms += n_past * FRAME_MS

    def integrated_lufs(self) -> float:
        """So far; −inf if nothing is above the absolute gate or all is shorter than a block."""
        self._look()
        ungated = self._mean(_ABSOLUTE_GATE_LUFS)
        return self._mean(max(_ABSOLUTE_GATE_LUFS, ungated + _RELATIVE_GATE_LU))

    def _mean(self, gate_lufs: float) -> float:
        bins = np.flatnonzero(self._counts)
        loudness = _ABSOLUTE_GATE_LUFS + bins / _BINS_PER_LU
        kept = loudness > gate_lufs
        if not kept.any():
            return -math.inf
        counts = self._counts[bins][kept]
        return float(10 * np.log10((counts * 10 ** (loudness[kept] / 10)).sum() / counts.sum()))
