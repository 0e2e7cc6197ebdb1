"""Louder and softer without encoding again: the global gain of canonical frames.

Every granule says in `global_gain` (8 bits) by how much its spectrum is scaled, in steps of
2^(1/4) (ISO/IEC 11172-3 2.4.3.4.7.1). The same number added to all of them scales the decoded
sound by exactly that gain; taken off again, the frames are what they were, bit for bit.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.errors import BadAudio
from reader.mpeg.canonical import canonical_frames, foreign_frames, table_of
from reader.mpeg.encoder import encode_pcm
from reader.mpeg.reservoir import data_lengths

GAIN_STEP_DB: Final = 20 * math.log10(2) / 4
"""One step of `global_gain`: 1.505 dB."""

_HIGHEST: Final = 255
_AUDIBLE: Final = 64
_SIDE_INFO_AFTER_BEGIN: Final = slice(5, 13)
"""All of the side information but `main_data_begin`: later frames may count on it."""
# A mono MPEG-2 frame has one granule. Its side information begins at byte 4: main_data_begin
# (8 bits), private (1), part2_3_length (12), big_values (9), global_gain (8): bits 30 to 37.
_GAIN_HIGH, _GAIN_LOW = 7, 8


def gain_range(frames: bytes) -> tuple[int, int] | None:
    """Lowest and highest `global_gain` of the granules of canonical `frames` that sound.

    None if none does. Raises BadAudio if `frames` are not whole frames.
    """
    table = table_of(frames)
    gains = _gains(table)[data_lengths(table) != 0]
    return (int(gains.min()), int(gains.max())) if len(gains) else None


def without_inaudible(frames: bytes) -> bytes:
    """`frames` with the granules emptied whose gain is so low that they cannot be heard.

    Encoders spend bits on what is nearly digital silence, at a gain of 0 now and then: it would
    leave no room to make the whole softer. Below `_AUDIBLE` the highest value that the format
    knows, 8191^(4/3), is 115 dB below full scale.
    """
    table = table_of(frames)
    inaudible = (data_lengths(table) != 0) & (_gains(table) < _AUDIBLE)
    if not inaudible.any():
        return frames
    emptied = table.copy()
    emptied[inaudible, _SIDE_INFO_AFTER_BEGIN] = 0
    return emptied.tobytes()


def room_for(n_steps: int, gains: tuple[int, int] | None) -> int:
    """As many of `n_steps` as `gains`, the lowest and highest there are, leave room for."""
    return n_steps if gains is None else max(-gains[0], min(_HIGHEST - gains[1], n_steps))


def with_gain(frames: bytes, n_steps: int) -> bytes:
    """Canonical `frames` louder by `n_steps` · 1.505 dB, softer if it is negative.

    Granules without a spectrum stay as they are: there is nothing to scale. Undone bit for
    bit by `with_gain(…, -n_steps)`. Raises BadAudio if a granule has no room for it, or if
    `frames` are not whole frames.
    """
    if not n_steps:
        return frames
    table = table_of(frames).copy()
    sounding = data_lengths(table) != 0
    gains = _gains(table)[sounding] + n_steps
    if len(gains) and not (gains.min() >= 0 and gains.max() <= _HIGHEST):
        raise BadAudio(
            "gain-impossible", n_steps=n_steps, low=gains.min(), high=gains.max(), highest=_HIGHEST
        )
    high, low = table[:, _GAIN_HIGH], table[:, _GAIN_LOW]
    high[sounding] = (high[sounding] & 0xFC) | (gains >> 6).astype(np.uint8)
    low[sounding] = (low[sounding] & 0x03) | (gains << 2 & 0xFC).astype(np.uint8)
    return table.tobytes()


def _gains(table: NDArray[np.uint8]) -> NDArray[np.int64]:
    high, low = table[:, _GAIN_HIGH].astype(np.int64), table[:, _GAIN_LOW].astype(np.int64)
    return (high & 0x03) << 6 | low >> 2


def encode_frames(pcm_s16: bytes) -> bytes:
    """Canonical frames of mono 24 kHz signed 16-bit samples, with room for `with_gain`."""
    return without_inaudible(canonical_frames(encode_pcm(pcm_s16)))


def accept_frames(mp3: bytes) -> bytes:
    """`foreign_frames` of what a service sent, with room for `with_gain`."""
    return without_inaudible(foreign_frames(mp3))
