"""Loudness target of a narration, and the steps of its frames' gain that bring it there."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from reader.errors import BadOptions
from reader.loudness.level import Level
from reader.loudness.meter import LoudnessMeter
from reader.mpeg import GAIN_STEP_DB, room_for

_SURE_STEPS: Final = 2
"""Of the first words alone: a headline may be 2 LU off the article that follows."""


@dataclass(frozen=True, slots=True)
class LoudnessTarget:
    """Loudness and peak that a narration is brought to."""

    lufs: float = -16.0
    """Integrated loudness: −16 LUFS is what podcast hosts ask for, −19 for mono by some."""
    true_peak_dbtp: float = -1.0
    """What no true peak may pass, even if the target is then missed."""

    def __post_init__(self) -> None:
        if not -40 <= self.lufs <= -8:
            raise BadOptions("loudness-out-of-range", lufs=self.lufs)
        if not -20 <= self.true_peak_dbtp <= 0:
            raise BadOptions("peak-out-of-range", peak_dbtp=self.true_peak_dbtp)

    def louder(self, volume_percent: int) -> LoudnessTarget:
        """For who asked for another volume: levelling must not undo it."""
        return replace(self, lufs=self.lufs + 20 * math.log10(1 + volume_percent / 100))


def steps_to(target: LoudnessTarget, meter: LoudnessMeter) -> int:
    """The gain steps that bring a narration nearest to `target`.

    Fewer, or softer, where a true peak would pass the ceiling, and no more than its
    `global_gain` leaves room for. 0 for what has no loudness.
    """
    loudness = meter.integrated_lufs()
    if math.isinf(loudness):
        return 0
    wanted = round((target.lufs - loudness) / GAIN_STEP_DB)
    highest = math.floor((target.true_peak_dbtp - meter.true_peak_dbtp) / GAIN_STEP_DB)
    return room_for(min(wanted, highest), meter.gains)


def first_steps(target: LoudnessTarget, level: Level) -> int:
    """A guess at `steps_to` from the first words, for who listens before the rest is spoken.

    Towards 0, and 0 unless it is `_SURE_STEPS` at least: the embedded voice is levelled
    already, and a listener must not hear its headline changed for nothing.
    """
    meter = LoudnessMeter()
    meter.add(level)
    loudness = meter.integrated_lufs()
    if math.isinf(loudness):
        return 0
    wanted = math.trunc((target.lufs - loudness) / GAIN_STEP_DB)
    return wanted if abs(wanted) >= _SURE_STEPS else 0
