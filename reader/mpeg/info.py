"""The Info frame: how players know the length of a file and trim the codec's delay.

Timeline and codec: an encoder puts 576 samples of delay before a clip's first sample and a
decoder 529 more. The Info frame declares the 576; every decoder that honours it then drops
1,105 samples at the start, and each clip's speech is presented at exactly the frame number
where its frames begin. At the end `TRAILING_FRAMES` silent frames are appended and declared
as padding, so the presented length is n_frames · 24 ms to the sample.

Layout: the Xing header as LAME writes it (the LAME tag, revision 1).
"""

from __future__ import annotations

from typing import Final

from reader.mpeg.encoder import ENCODER_DELAY_SAMPLES

INFO_FRAME_BYTES: Final = 192
"""At 48 kbit/s a frame has no room for the 169 bytes, so the Info frame says 64 kbit/s."""

TRAILING_FRAMES: Final = 2
"""Silent frames appended after the last clip to pay for the codec's delay."""

_PADDING_SAMPLES: Final = TRAILING_FRAMES * 576 - ENCODER_DELAY_SAMPLES
_HEADER: Final = bytes((0xFF, 0xF3, 0x84, 0xC4))  # MPEG-2 Layer III, 64 kbit/s, 24 kHz, mono
_SIDE_INFO_BYTES: Final = 9
_HAS_FRAMES_BYTES_TOC_QUALITY: Final = 0b1111
_CBR: Final = 1


def info_frame(n_frames: int, music_bytes: int) -> bytes:
    """The frame to put before `n_frames` frames of sound that take `music_bytes` bytes.

    Both counts leave the Info frame itself out, and take the trailing frames in.
    """
    xing = b"".join(
        (
            b"Info",
            _HAS_FRAMES_BYTES_TOC_QUALITY.to_bytes(4, "big"),
            n_frames.to_bytes(4, "big"),
            (music_bytes + INFO_FRAME_BYTES).to_bytes(4, "big"),
            _toc(music_bytes),
            (100).to_bytes(4, "big"),
        )
    )
    delay_padding = (ENCODER_DELAY_SAMPLES << 12) | _PADDING_SAMPLES
    lame = b"".join(
        (
            b"LAME3.100",
            bytes((_CBR, 0)),  # revision and VBR method; lowpass unknown
            bytes(8),  # no ReplayGain
            bytes((0, 48)),  # flags; bit rate
            delay_padding.to_bytes(3, "big"),
            bytes((0, 0, 0, 0)),  # misc, gain, preset
            (music_bytes + INFO_FRAME_BYTES).to_bytes(4, "big"),
            bytes(2),  # CRC of the music: not computed, as by most tools that edit frames
        )
    )
    head = _HEADER + bytes(_SIDE_INFO_BYTES) + xing + lame
    return (head + _crc16(head).to_bytes(2, "big")).ljust(INFO_FRAME_BYTES, b"\0")


def _toc(music_bytes: int) -> bytes:
    """Where each hundredth of the time begins, in 256ths of the bytes from the Info frame on.
    At a constant bit rate a straight line that begins after that frame."""
    whole = music_bytes + INFO_FRAME_BYTES
    places = ((INFO_FRAME_BYTES + music_bytes * i // 100) * 256 // whole for i in range(100))
    return bytes(places)


def _crc16(data: bytes) -> int:
    """CRC-16/ARC, which the LAME tag uses over everything before itself."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc
