"""The bit reservoir: what a frame keeps of its data in the frames before it.

`main_data_begin` says how many bytes before its own a frame's data begins (ISO/IEC 11172-3
2.4.1.7). Seen as one stream of main data, 131 bytes a canonical frame, each frame's data must
begin after the data of the frame before and end within its own bytes. A splice breaks that
rule, and a decoder would read another frame's data: noise.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

HEADER_BYTES: Final = 4
SIDE_INFO_BYTES: Final = 9
_FARTHEST_BYTES: Final = 255
"""`main_data_begin` has eight bits in MPEG-2."""


def data_lengths(table: NDArray[np.uint8]) -> NDArray[np.int64]:
    """`part2_3_length` of each mono MPEG-2 frame, in bits: one granule; the field is the 12
    bits after `main_data_begin` (8) and the private bit (1). 0 is silence: no spectrum."""
    high, low = table[:, HEADER_BYTES + 1], table[:, HEADER_BYTES + 2]
    lengths: NDArray[np.int64] = (high & 0x7F).astype(np.int64) << 5 | low >> 3
    return lengths


def first_broken(table: NDArray[np.uint8]) -> tuple[int, str] | None:
    """The first frame whose data cannot be its own, and why; None if there is none.

    `table` is [n_frames, bytes of a frame].
    """
    room = table.shape[1] - HEADER_BYTES - SIDE_INFO_BYTES
    own = np.arange(len(table), dtype=np.int64) * room
    starts = own - table[:, HEADER_BYTES]
    ends = starts + (data_lengths(table) + 7) // 8
    looks_back = starts < np.concatenate(([0], ends[:-1]))
    looks_ahead = ends > own + room
    broken = np.flatnonzero(looks_back | looks_ahead)
    if not len(broken):
        return None
    index = int(broken[0])
    if looks_ahead[index]:
        return index, "its data goes on after its end"
    if starts[index] < 0:
        return index, f"it needs {-int(starts[index])} bytes of an earlier frame that is missing"
    return index, "its data begins inside another frame's"


def without_looking_back(frames: bytes, bytes_per_frame: int) -> bytes:
    """`frames` cut out of a stream, made to need nothing before them.

    Frames that look back past the beginning have their side information emptied: they decode
    to silence, as in any decoder that is not given what they look for, and still carry the
    bytes that later frames look back for.
    """
    freed = bytearray(frames)
    room = bytes_per_frame - HEADER_BYTES - SIDE_INFO_BYTES
    for index in range(len(freed) // bytes_per_frame):
        at = index * bytes_per_frame + HEADER_BYTES
        available = index * room
        if available >= _FARTHEST_BYTES:
            break
        if freed[at] > available:
            # Decoders keep what the last frame could reach, so an emptied one reaches for all.
            freed[at : at + SIDE_INFO_BYTES] = bytes((available, *bytes(SIDE_INFO_BYTES - 1)))
    return bytes(freed)
