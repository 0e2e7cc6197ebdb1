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

LEAD_MS: Final = 96
"""Silence left before speech, as it is decoded. Four frames: two that may have to be emptied
for the bit reservoir (255 bytes at most), and two that the first sound is made of, because the
transform overlaps and the filter bank answers a frame late. A player that takes off the codec's
delay plays half of it."""
TAIL_MS: Final = 96
"""Silence left after speech: room for a syllable to die away."""

_HEADER_BYTES: Final = 4
_SIDE_INFO_BYTES: Final = 9
_MAIN_DATA_BYTES: Final = BYTES_PER_FRAME - _HEADER_BYTES - _SIDE_INFO_BYTES
_FARTHEST_BYTES: Final = 255
"""`main_data_begin` has eight bits in MPEG-2."""


def trimmed(frames: bytes, levels: NDArray[np.float64]) -> tuple[bytes, int]:
    """Canonical `frames` without the silence beyond the margins, and how many frames were
    taken off the beginning. `levels` are the frames' own, [n_frames]; all quiet: unchanged."""
    loud = np.flatnonzero(levels > QUIET_DBFS)
    if not len(loud):
        return frames, 0
    first = max(0, int(loud[0]) - frames_of_ms(LEAD_MS))
    last = min(len(levels), int(loud[-1]) + 1 + frames_of_ms(TAIL_MS))
    kept = bytearray(frames[first * BYTES_PER_FRAME : last * BYTES_PER_FRAME])
    _empty_what_looks_back(kept)
    return bytes(kept), first


def _empty_what_looks_back(frames: bytearray) -> None:
    """Make `frames`, which begin with silence if anything was cut off, need nothing before."""
    for index in range(len(frames) // BYTES_PER_FRAME):
        at = index * BYTES_PER_FRAME + _HEADER_BYTES
        available = index * _MAIN_DATA_BYTES
        if available >= _FARTHEST_BYTES:
            break
        if frames[at] > available:
            # Decoders keep what the last frame could reach, so an emptied one reaches for all.
            frames[at : at + _SIDE_INFO_BYTES] = bytes((available, *bytes(_SIDE_INFO_BYTES - 1)))
