"""The canonical format: its constants, its check, and its silence."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.errors import BadAudio
from reader.mpeg.encoder import encode_pcm
from reader.mpeg.frames import Frame, FrameHeader, bounds, read_frames
from reader.mpeg.reservoir import data_lengths, first_broken, without_looking_back

SAMPLE_RATE_HZ: Final = 24_000
BITRATE_KBPS: Final = 48
SAMPLES_PER_FRAME: Final = 576
BYTES_PER_FRAME: Final = SAMPLES_PER_FRAME // 8 * BITRATE_KBPS * 1000 // SAMPLE_RATE_HZ  # 144
FRAME_MS: Final = SAMPLES_PER_FRAME * 1000 // SAMPLE_RATE_HZ  # 24
FRAME_S: Final = SAMPLES_PER_FRAME / SAMPLE_RATE_HZ  # 0.024


def frames_of_ms(ms: float) -> int:
    """The number of frames that comes nearest to `ms` milliseconds."""
    return round(ms / FRAME_MS)


_HEAD: Final = 0xFFF364C0
_HEAD_MASK: Final = 0xFFFFFEC3
"""Of the four bytes that begin a canonical frame without emphasis; what is left open is the
private bit, the stereo mode's extension (of no meaning in mono), copyright and original."""


def canonical_frames(mp3: bytes) -> bytes:
    """The frames of sound in `mp3`, back to back, tags and Info frames dropped.

    Raises BadAudio if a frame is not canonical, if it looks for data that is not its own (see
    reader.mpeg.reservoir), or if nothing is left.
    """
    frames = _frames(mp3)
    broken = first_broken(table_of(frames))
    if broken is not None:
        index, why = broken
        raise BadAudio("frame-not-whole", number=index + 1, why=why)
    return frames


def foreign_frames(mp3: bytes) -> bytes:
    """`canonical_frames` of what a service sent: a beginning that looks back to frames which
    were not sent is silent, as every decoder plays it, instead of an error."""
    return canonical_frames(without_looking_back(_frames(mp3), BYTES_PER_FRAME))


async def whole_frames(chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """Bytes of canonical frames, cut anywhere, as whole frames."""
    rest = b""
    async for chunk in chunks:
        rest += chunk
        whole = len(rest) - len(rest) % BYTES_PER_FRAME
        yield rest[:whole]
        rest = rest[whole:]


def is_canonical(header: FrameHeader) -> bool:
    """Whether a frame has the canonical format."""
    return (
        header.version == "2"
        and header.sample_rate_hz == SAMPLE_RATE_HZ
        and header.bitrate_kbps == BITRATE_KBPS
        and header.n_channels == 1
        and not header.has_crc
        and header.n_bytes == BYTES_PER_FRAME
    )


def table_of(frames: bytes) -> NDArray[np.uint8]:
    """The bytes of each frame, [n_frames, 144]. Raises BadAudio if they are not whole."""
    if len(frames) % BYTES_PER_FRAME:
        raise BadAudio("frames-cut", n_bytes=len(frames), frame_bytes=BYTES_PER_FRAME)
    return np.frombuffer(frames, np.uint8).reshape(-1, BYTES_PER_FRAME)


def _frames(mp3: bytes) -> bytes:
    start, end = bounds(mp3)
    if (end - start) % BYTES_PER_FRAME == 0 and end > start:
        body = mp3[start:end]
        if _all_plain(table_of(body)):
            return body
    parts = [_require_canonical(frame) for frame in read_frames(mp3)]
    if not parts:
        raise BadAudio("no-frames")
    return b"".join(parts)


def _all_plain(table: NDArray[np.uint8]) -> bool:
    """Whether all frames have canonical headers and none is an Info frame: the usual case,
    looked at in one go."""
    heads = table.view(">u4")[:, 0]
    if not ((heads & _HEAD_MASK) == _HEAD).all():
        return False
    empty = table[data_lengths(table) == 0]
    if not len(empty):
        return True
    named = [(empty[:, 13:17] == np.frombuffer(name, np.uint8)) for name in (b"Info", b"Xing")]
    named.append(empty[:, 36:40] == np.frombuffer(b"VBRI", np.uint8))
    return not any(bool(is_name.all(axis=1).any()) for is_name in named)


def _require_canonical(frame: Frame) -> bytes:
    header = frame.header
    if not is_canonical(header):
        raise BadAudio(
            "frame-not-canonical",
            offset=frame.offset,
            version=header.version,
            rate_hz=header.sample_rate_hz,
            bitrate_kbps=header.bitrate_kbps,
            n_channels=header.n_channels,
        )
    return frame.data


@cache
def _silent_frame() -> bytes:
    """A frame of silence from the encoder that needs no bit reservoir and fills none."""
    frames = canonical_frames(encode_pcm(bytes(2 * SAMPLES_PER_FRAME * 50)))
    for start in range(0, len(frames), BYTES_PER_FRAME):
        frame = frames[start : start + BYTES_PER_FRAME]
        main_data_begin, side_info = frame[4], frame[4:13]
        if main_data_begin == 0 and not any(side_info):
            return frame
    # An encoder that spends bits on silence: the frame with empty side information is
    # silence by the standard (part2_3_length 0: no spectrum at all).
    return frames[:4] + bytes(BYTES_PER_FRAME - 4)


def silence(n_frames: int) -> bytes:
    """`n_frames` frames of digital silence, 24 ms each."""
    return _silent_frame() * n_frames


def is_silent(frames: bytes) -> bool:
    """Whether no frame carries a spectrum: `part2_3_length` is 0 in every granule."""
    return not data_lengths(table_of(frames)).any()
