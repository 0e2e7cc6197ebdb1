"""Canonical frames to the samples that a player presents."""

from __future__ import annotations

import io

import numpy as np
import soundfile
from numpy.typing import NDArray

from reader.errors import BadAudio
from reader.mpeg.canonical import BYTES_PER_FRAME, SAMPLES_PER_FRAME, silence
from reader.mpeg.info import TRAILING_FRAMES, info_frame


def decode(frames: bytes) -> NDArray[np.float32]:
    """The samples of canonical `frames`, 576 a frame, the codec's delay taken off.

    Values may lie beyond ±1. Raises BadAudio if the decoder (libsndfile) cannot read them.
    """
    body = frames + silence(TRAILING_FRAMES)
    file = info_frame(len(body) // BYTES_PER_FRAME, len(body)) + body
    try:
        samples, _ = soundfile.read(io.BytesIO(file), dtype="float32")
    except soundfile.LibsndfileError as error:
        raise BadAudio("audio-undecodable", reason=error) from error
    presented = np.zeros(len(frames) // BYTES_PER_FRAME * SAMPLES_PER_FRAME, np.float32)
    n_samples = min(len(presented), len(samples))
    presented[:n_samples] = samples[:n_samples]
    return presented
