"""Speech samples to canonical MP3, in process."""

from __future__ import annotations

from typing import Final

import lameenc

ENCODER_QUALITY: Final = 2
"""LAME's -q: 0 slowest and best, 9 fastest; 2 is what LAME's own presets use."""

ENCODER_DELAY_SAMPLES: Final = 576
"""What LAME puts before the first sample; a decoder adds 529 more."""
CODEC_DELAY_SAMPLES: Final = ENCODER_DELAY_SAMPLES + 529


def encode_pcm(pcm_s16: bytes) -> bytes:
    """Encode mono 24 kHz signed 16-bit samples to a canonical MP3 stream, 48 kbit/s.

    A fresh encoder each time: its first frame needs no bit reservoir. The last frames hold
    the flush, so no sample is lost.
    """
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(24_000)
    encoder.set_out_sample_rate(24_000)
    encoder.set_bit_rate(48)
    encoder.set_quality(ENCODER_QUALITY)
    return bytes(encoder.encode(pcm_s16)) + bytes(encoder.flush())
