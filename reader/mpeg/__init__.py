"""MPEG audio as frames: reading them, making silence, encoding speech, the Info frame.

The canonical format of this project is what the Edge service sends: MPEG-2 Layer III,
mono, 24 kHz, constant 48 kbit/s. One frame is 144 bytes, 576 samples, 24 ms exactly.
"""

from reader.mpeg.canonical import (
    BYTES_PER_FRAME,
    FRAME_MS,
    FRAME_S,
    SAMPLE_RATE_HZ,
    SAMPLES_PER_FRAME,
    canonical_frames,
    foreign_frames,
    frames_of_ms,
    is_canonical,
    is_silent,
    silence,
    whole_frames,
)
from reader.mpeg.decoder import decode
from reader.mpeg.encoder import CODEC_DELAY_SAMPLES, encode_pcm
from reader.mpeg.frames import Frame, FrameHeader, read_frames
from reader.mpeg.gain import (
    GAIN_STEP_DB,
    accept_frames,
    encode_frames,
    gain_range,
    room_for,
    with_gain,
    without_inaudible,
)
from reader.mpeg.info import INFO_FRAME_BYTES, TRAILING_FRAMES, InfoLayout, info_frame
from reader.mpeg.reservoir import without_looking_back

__all__ = [
    "BYTES_PER_FRAME",
    "CODEC_DELAY_SAMPLES",
    "FRAME_MS",
    "FRAME_S",
    "GAIN_STEP_DB",
    "INFO_FRAME_BYTES",
    "SAMPLES_PER_FRAME",
    "SAMPLE_RATE_HZ",
    "TRAILING_FRAMES",
    "Frame",
    "FrameHeader",
    "InfoLayout",
    "accept_frames",
    "canonical_frames",
    "decode",
    "encode_frames",
    "encode_pcm",
    "foreign_frames",
    "frames_of_ms",
    "gain_range",
    "info_frame",
    "is_canonical",
    "is_silent",
    "read_frames",
    "room_for",
    "silence",
    "whole_frames",
    "with_gain",
    "without_inaudible",
    "without_looking_back",
]
