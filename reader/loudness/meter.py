"""Integrated loudness, told clip by clip."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.loudness.level import Level, widest
from reader.loudness.weighting import QUIETEST_LUFS, lufs
from reader.mpeg import FRAME_MS

_BLOCK_MS: Final = 400
_HOP_MS: Final = 100
_ABSOLUTE_GATE_LUFS: Final = -70.0
_RELATIVE_GATE_LU: Final = -10.0
_BINS_PER_LU: Final = 100


@dataclass(slots=True)
class LoudnessMeter:
    """Integrated loudness of a stream that is told clip by clip, in constant memory.

    Blocks of 400 ms every 100 ms; within a frame (24 ms) the energy is taken for even. Block
    loudnesses go into a histogram of 0.01 LU, as EBU Tech 3341 allows.
    """

    true_peak_dbtp: float = QUIETEST_LUFS
    gains: tuple[int, int] | None = None
    """Lowest and highest `global_gain` so far."""
    _waiting: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """Energies of the frames that the next block begins in or after."""
    _waiting_from_ms: int = 0
    _block_ms: int = 0
    _counts: dict[int, int] = field(default_factory=dict)

    def add(self, level: Level) -> None:
        """The next stretch of frames."""
        self.true_peak_dbtp = max(self.true_peak_dbtp, level.true_peak_dbtp)
        self.gains = widest([self.gains, level.gains])
        self._add(level.energies())

    def add_silence(self, n_frames: int) -> None:
        """A pause."""
        self._add(np.zeros(n_frames))

    def _add(self, energies: NDArray[np.float64]) -> None:
        self._waiting = np.concatenate((self._waiting, energies))
        sums = np.concatenate(([0.0], np.cumsum(self._waiting))) * FRAME_MS
        edges = self._waiting_from_ms + np.arange(len(sums)) * FRAME_MS
        n_blocks = max(0, (int(edges[-1]) - _BLOCK_MS - self._block_ms) // _HOP_MS + 1)
        starts = self._block_ms + np.arange(n_blocks) * _HOP_MS
        in_blocks = np.interp(starts + _BLOCK_MS, edges, sums) - np.interp(starts, edges, sums)
        for loudness in lufs(in_blocks / _BLOCK_MS):
            if loudness >= _ABSOLUTE_GATE_LUFS:
                place = round(float(loudness) * _BINS_PER_LU)
                self._counts[place] = self._counts.get(place, 0) + 1
        self._block_ms += n_blocks * _HOP_MS
        n_past = max(0, (self._block_ms - self._waiting_from_ms) // FRAME_MS)
        n_past = min(n_past, len(self._waiting))
        self._waiting = self._waiting[n_past:]
        self._waiting_from_ms += n_past * FRAME_MS

    def integrated_lufs(self) -> float:
        """So far; −inf if nothing is above the absolute gate or all is shorter than a block."""
        ungated = self._mean(_ABSOLUTE_GATE_LUFS)
        return self._mean(max(_ABSOLUTE_GATE_LUFS, ungated + _RELATIVE_GATE_LU))

    def _mean(self, gate_lufs: float) -> float:
        kept = [(p / _BINS_PER_LU, n) for p, n in self._counts.items() if p > gate_lufs * 100]
        total = sum(n for _, n in kept)
        if not total:
            return -math.inf
        return 10 * math.log10(sum(n * 10 ** (loud / 10) for loud, n in kept) / total)
