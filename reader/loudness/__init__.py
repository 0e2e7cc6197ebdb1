"""Loudness of speech (ITU-R BS.1770-5, EBU R 128), and by how much to change it.

A clip is decoded once, when it is spoken: its weighted energy frame by frame, its true peak
and when speech is first and last heard are kept with it. A narration's integrated loudness is
then computed from its clips and pauses without decoding anything.
"""

from reader.loudness.level import HEARD_DBFS, Level, measure
from reader.loudness.meter import LoudnessMeter
from reader.loudness.target import LoudnessTarget, first_steps, steps_to
from reader.loudness.weighting import QUIETEST_LUFS, active_lufs, true_peak_dbtp

__all__ = [
    "HEARD_DBFS",
    "QUIETEST_LUFS",
    "Level",
    "LoudnessMeter",
    "LoudnessTarget",
    "active_lufs",
    "first_steps",
    "measure",
    "steps_to",
    "true_peak_dbtp",
]
