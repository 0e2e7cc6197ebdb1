"""Level of a clip: loudness, peaks and gains, measured once and kept with it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from reader.loudness.weighting import energies, frame_energies, lufs, true_peak_dbtp
from reader.mpeg import FRAME_MS, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, decode, gain_range, silence

HEARD_DBFS: Final = -50.0
"""A sample below this is silence: what ffmpeg's silencedetect is told here as well."""

_AROUND_FRAMES: Final = 2
"""Decoded before and after a clip: what it sounds like beyond its ends."""
_STEPS_PER_LU: Final = 100
_MOST_STEPS: Final = 100 * _STEPS_PER_LU
_STEPS: Final = np.dtype("<u2")
_FLOOR_LUFS: Final = -70.0
"""The absolute gate of BS.1770: quieter frames count for nothing."""


@dataclass(frozen=True, slots=True)
class Level:
    """Loudness, peak and gains of a stretch of canonical frames."""

    loudness: bytes
    """Two bytes a frame: its weighted energy in hundredths of an LU above −70 LUFS, 0 below."""
    true_peak_dbtp: float
    heard_from_ms: float
    """When the first sample above `HEARD_DBFS` is presented. Negative where a sound begins
    with the clip: the codec smears it a little ahead."""
    heard_to_ms: float
    """When the last is over; equal to `heard_from_ms` if there is none."""
    gains: tuple[int, int] | None
    """Lowest and highest `global_gain`, None if no granule has a spectrum."""

    @property
    def n_frames(self) -> int:
        return len(self.loudness) // _STEPS.itemsize

    @property
    def is_heard(self) -> bool:
        return self.heard_to_ms > self.heard_from_ms

    def with_silence(self, n_frames: int) -> Level:
        """Followed by digital silence."""
        return replace(self, loudness=self.loudness + loudness_of_silence(n_frames))

    @classmethod
    def join(cls, levels: Sequence[Level]) -> Level:
        """One after another; there is at least one."""
        if len(levels) == 1:
            return levels[0]
        heard: list[float] = []
        start_ms = 0
        for level in levels:
            if level.is_heard:
                heard += [start_ms + level.heard_from_ms, start_ms + level.heard_to_ms]
            start_ms += level.n_frames * FRAME_MS
        return cls(
            b"".join(level.loudness for level in levels),
            max(level.true_peak_dbtp for level in levels),
            *((heard[0], heard[-1]) if heard else (0.0, 0.0)),
            gains=widest([level.gains for level in levels]),
        )

    def to_json(self) -> list[Any]:
        """Fields for JSON, as a clip keeps them."""
        text = base64.b85encode(self.loudness).decode()
        return [text, self.true_peak_dbtp, self.heard_from_ms, self.heard_to_ms, self.gains]

    @classmethod
    def from_json(cls, fields: list[Any]) -> Level:
        """Raises ValueError or TypeError on what `to_json` did not write."""
        text, peak, heard_from, heard_to, gains = fields
        kept = (float(peak), float(heard_from), float(heard_to))
        low_high = None if gains is None else (int(gains[0]), int(gains[1]))
        loudness = base64.b85decode(text)
        if len(loudness) % _STEPS.itemsize:
            raise ValueError(f"{len(loudness)} bytes of loudness are not whole steps")
        return cls(loudness, *kept, gains=low_high)


def energies_of(loudness: bytes) -> NDArray[np.float64]:
    """Weighted mean square of each frame, of what levels keep of them."""
    found: NDArray[np.float64] = _energies().take(np.frombuffer(loudness, _STEPS), mode="clip")
    return found


@cache
def _energies() -> NDArray[np.float64]:
    """Of every step: a look-up costs a tenth of the power."""
    steps = np.arange(_MOST_STEPS + 1)
    return np.where(steps > 0, energies(_FLOOR_LUFS + steps / _STEPS_PER_LU), 0.0)


def loudness_of_silence(n_frames: int) -> bytes:
    """The `loudness` of so many frames of silence."""
    return bytes(n_frames * _STEPS.itemsize)


def widest(ranges: Sequence[tuple[int, int] | None]) -> tuple[int, int] | None:
    """The range that holds all of `ranges`."""
    known = [one for one in ranges if one is not None]
    return (min(low for low, _ in known), max(high for _, high in known)) if known else None


def measure(frames: bytes) -> Level:
    """Decode canonical `frames` and measure them. Raises BadAudio if they cannot be decoded."""
    around = silence(_AROUND_FRAMES)
    samples = decode(around + frames + around)
    before = _AROUND_FRAMES * SAMPLES_PER_FRAME
    loudness = lufs(frame_energies(samples[before:-before]))
    steps = np.clip(np.round((loudness - _FLOOR_LUFS) * _STEPS_PER_LU), 0, _MOST_STEPS)
    heard = np.flatnonzero(np.abs(samples) >= 10 ** (HEARD_DBFS / 20)) - before
    first, last = (int(heard[0]), int(heard[-1]) + 1) if len(heard) else (0, 0)
    return Level(
        steps.astype(_STEPS).tobytes(),
        round(true_peak_dbtp(samples), 2),
        round(first / SAMPLE_RATE_HZ * 1000, 2),
        round(last / SAMPLE_RATE_HZ * 1000, 2),
        gain_range(frames),
    )
