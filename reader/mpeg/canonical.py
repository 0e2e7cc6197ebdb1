"""The canonical format: its constants, its check, and its silence."""

from __future__ import annotations

from functools import cache
from typing import Final

from reader.errors import BadAudio
from reader.mpeg.encoder import encode_pcm
from reader.mpeg.frames import read_frames

SAMPLE_RATE_HZ: Final = 24_000
BITRATE_KBPS: Final = 48
SAMPLES_PER_FRAME: Final = 576
BYTES_PER_FRAME: Final = SAMPLES_PER_FRAME // 8 * BITRATE_KBPS * 1000 // SAMPLE_RATE_HZ  # 144
FRAME_MS: Final = SAMPLES_PER_FRAME * 1000 // SAMPLE_RATE_HZ  # 24
FRAME_S: Final = SAMPLES_PER_FRAME / SAMPLE_RATE_HZ  # 0.024


def frames_of_ms(ms: float) -> int:
    """How many frames come nearest to `ms` milliseconds."""
    return round(ms / FRAME_MS)


def canonical_frames(mp3: bytes) -> bytes:
    """The frames of sound in `mp3`, back to back, tags and Info frames dropped.

    Raises BadAudio if a frame is not canonical, if the first one needs a bit reservoir that
    is not there, or if nothing is left.
    """
    parts: list[bytes] = []
    for frame in read_frames(mp3):
        header = frame.header
        if (
            header.version != "2"
            or header.sample_rate_hz != SAMPLE_RATE_HZ
            or header.bitrate_kbps != BITRATE_KBPS
            or header.n_channels != 1
            or header.has_crc
            or header.n_bytes != BYTES_PER_FRAME
        ):
            raise BadAudio(
                f"frame at byte {frame.offset} is MPEG-{header.version}, "
                f"{header.sample_rate_hz} Hz, {header.bitrate_kbps} kbit/s, "
                f"{header.n_channels} channel(s); expected MPEG-2, 24000 Hz, 48 kbit/s, mono: "
                "transcode it first"
            )
        if not parts and frame.main_data_begin:
            raise BadAudio(
                f"the first frame needs {frame.main_data_begin} bytes of an earlier frame: "
                "the beginning of the audio is missing"
            )
        parts.append(frame.data)
    if not parts:
        raise BadAudio("the audio holds no MPEG frames; it must be made again")
    return b"".join(parts)


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
    """Whether no frame carries a spectrum: `part2_3_length` is 0 in every granule.

    A mono MPEG-2 frame has one granule; the field is the 12 bits after `main_data_begin` (8)
    and the private bit (1).
    """
    for start in range(0, len(frames), BYTES_PER_FRAME):
        if (frames[start + 5] & 0x7F) << 8 | frames[start + 6] & 0xF8:
            return False
    return True
