"""Silence taken off the ends of a clip by whole frames, nothing encoded again.

The end can be cut anywhere: frames look back, never ahead. At the beginning a frame may keep
part of its data in frames before it (`main_data_begin`, the bit reservoir; ISO/IEC 11172-3
2.4.1.7). Frames of the margin that would look back past the new beginning have their side
information emptied: they decode to silence, which they were, and still carry the bytes that
later frames look back for.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.mpeg import BYTES_PER_FRAME, frames_of_ms
from reader.voices.frame_levels import QUIET_DBFS

LEAD_MS: Final = 72
"""Silence left before speech. Three frames: room for the bit reservoir (at most 255 bytes, two
frames' worth) and for the consonant that begins below the threshold."""
TAIL_MS: Final = 120
"""Silence left after speech: room for a syllable to die away."""

_HEADER_BYTES: Final = 4
_SIDE_INFO_BYTES: Final = 9
_MAIN_DATA_BYTES: Final = BYTES_PER_FRAME - _HEADER_BYTES - _SIDE_INFO_BYTES


def trimmed(frames: bytes, levels: NDArray[np.float64]) -> tuple[bytes, int]:
    """Canonical `frames` without the silence beyond the margins, and how many frames were
    taken off the beginning. `levels` are the frames' own, [n_frames]; all quiet: unchanged."""
    loud = np.flatnonzero(levels > QUIET_DBFS)
    if not len(loud):
        return frames, 0
    first = max(0, int(loud[0]) - frames_of_ms(LEAD_MS))
    last = min(len(levels), int(loud[-1]) + 1 + frames_of_ms(TAIL_MS))
    kept = bytearray(frames[first * BYTES_PER_FRAME : last * BYTES_PER_FRAME])
    if first and not _self_contained(kept, int(loud[0]) - first):
        return frames[: last * BYTES_PER_FRAME], 0
    return bytes(kept), first


def _self_contained(frames: bytearray, n_silent: int) -> bool:
    """Empty the silent frames at the beginning that need bytes from before it; False if a
    frame with sound does."""
    n_frames = len(frames) // BYTES_PER_FRAME
    for index in range(n_frames):
        at = index * BYTES_PER_FRAME + _HEADER_BYTES
        if frames[at] <= index * _MAIN_DATA_BYTES:
            if index * _MAIN_DATA_BYTES >= 255:  # the farthest a frame can look back
                break
        elif index < n_silent:
            frames[at : at + _SIDE_INFO_BYTES] = bytes(_SIDE_INFO_BYTES)
        else:
            return False
    return True
