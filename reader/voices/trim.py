"""Silence taken off the ends of a clip by whole frames, nothing encoded again.

The end can be cut anywhere: frames look back, never ahead. At the beginning a frame may keep
part of its data in frames before it (reader.mpeg.reservoir): those of the margin that would
look back past the new beginning are emptied. They decode to silence, which they were.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.mpeg import BYTES_PER_FRAME, frames_of_ms, without_looking_back
from reader.voices.frame_levels import QUIET_DBFS

LEAD_MS: Final = 96
"""Silence left before speech, as it is decoded. Four frames: two that may have to be emptied
for the bit reservoir (255 bytes at most), and two that the first sound is made of, because the
transform overlaps and the filter bank answers a frame late. A player that takes off the codec's
delay plays half of it."""
TAIL_MS: Final = 96
"""Silence left after speech: room for a syllable to die away."""


def trim_silence(frames: bytes, levels: NDArray[np.float64]) -> tuple[bytes, int]:
    """Canonical `frames` without the silence beyond the margins, and how many frames were
    taken off the beginning. `levels` are the frames' own, [n_frames]; all quiet: unchanged."""
    loud = np.flatnonzero(levels > QUIET_DBFS)
    if not len(loud):
        return frames, 0
    first = max(0, int(loud[0]) - frames_of_ms(LEAD_MS))
    last = min(len(levels), int(loud[-1]) + 1 + frames_of_ms(TAIL_MS))
    kept = frames[first * BYTES_PER_FRAME : last * BYTES_PER_FRAME]
    return without_looking_back(kept, BYTES_PER_FRAME), first
