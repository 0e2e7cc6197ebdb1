"""The Info frame: how players know the length of a file and trim the codec's delay.

Timeline and codec: an encoder puts 576 samples of delay before a clip's first sample and a
decoder 529 more. The Info frame declares the 576; every decoder that honours it then drops
1,105 samples at the start, and each clip's speech is presented at exactly the frame number
where its frames begin. At the end `TRAILING_FRAMES` silent frames are appended and declared
as padding, so the presented length is n_frames · 24 ms to the sample.

Layout: the Xing header as LAME writes it (the LAME tag, revision 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reader.mpeg.encoder import ENCODER_DELAY_SAMPLES

TRAILING_FRAMES: Final = 2
"""Silent frames appended after the last clip to pay for the codec's delay."""

_HAS_FRAMES_BYTES_TOC_QUALITY: Final = 0b1111
_CBR: Final = 1


@dataclass(frozen=True, slots=True)
class InfoLayout:
    """An Info frame of one kind of stream."""

    header: bytes
    n_bytes: int
    side_info_bytes: int
    bitrate_kbps: int
    """Of the sound."""
    padding_samples: int
    """After the last presented sample; the encoder's delay before the first is 576."""


CANONICAL_INFO: Final = InfoLayout(
    header=bytes((0xFF, 0xF3, 0x84, 0xC4)),  # MPEG-2 Layer III, 64 kbit/s, 24 kHz, mono
    n_bytes=192,  # at 48 kbit/s a frame has no room for the table: it says 64 kbit/s
    side_info_bytes=9,
    bitrate_kbps=48,
    padding_samples=TRAILING_FRAMES * 576 - ENCODER_DELAY_SAMPLES,
)
INFO_FRAME_BYTES: Final = CANONICAL_INFO.n_bytes


def info_frame(n_frames: int, music_bytes: int, layout: InfoLayout = CANONICAL_INFO) -> bytes:
    """The frame to put before `n_frames` frames of sound that take `music_bytes` bytes.

    Both counts leave the Info frame itself out, and take the trailing frames in.
    """
    whole = music_bytes + layout.n_bytes
    xing = b"".join(
        (
            b"Info",
            _HAS_FRAMES_BYTES_TOC_QUALITY.to_bytes(4, "big"),
            n_frames.to_bytes(4, "big"),
            whole.to_bytes(4, "big"),
            _toc(layout.n_bytes, music_bytes),
            (100).to_bytes(4, "big"),
        )
    )
    delay_padding = (ENCODER_DELAY_SAMPLES << 12) | layout.padding_samples
    lame = b"".join(
        (
            b"LAME3.100",
            bytes((_CBR, 0)),  # revision and VBR method; lowpass unknown
            bytes(8),  # no ReplayGain
            bytes((0, layout.bitrate_kbps)),  # flags; bit rate
            delay_padding.to_bytes(3, "big"),
            bytes((0, 0, 0, 0)),  # misc, gain, preset
            whole.to_bytes(4, "big"),
            bytes(2),  # CRC of the music: not computed, as by most tools that edit frames
        )
    )
    head = layout.header + bytes(layout.side_info_bytes) + xing + lame
    return (head + _crc16(head).to_bytes(2, "big")).ljust(layout.n_bytes, b"\0")


def _toc(info_bytes: int, music_bytes: int) -> bytes:
    """Table of contents: where each hundredth of the time begins, in 256ths of the bytes from
    the Info frame on.
    At a constant bit rate a straight line that begins after that frame."""
    whole = 100 * (music_bytes + info_bytes)
    return bytes((100 * info_bytes + music_bytes * i) * 256 // whole for i in range(100))


def _crc16(data: bytes) -> int:
    """CRC-16/ARC, which the LAME tag uses over everything before itself."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc
