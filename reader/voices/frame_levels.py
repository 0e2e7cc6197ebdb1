"""Levels of the frames of canonical audio when decoded."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from reader.errors import BadAudio
from reader.mpeg import BYTES_PER_FRAME, SAMPLES_PER_FRAME

QUIET_DBFS: Final = -50.0
"""RMS of a frame below which nobody hears speech; neural voices' own pauses lie below −60."""

_FLOOR: Final = 1e-6


def levels_dbfs(frames: bytes) -> NDArray[np.float64]:
    """RMS of each frame, [n_frames], −120 for digital silence.

    Raises BadAudio if the decoder (libsndfile) cannot read the frames.
    """
    try:
        samples, _ = soundfile.read(io.BytesIO(frames), dtype="float32")
    except soundfile.LibsndfileError as error:
        raise BadAudio("audio-undecodable", reason=error) from error
    n_frames = len(frames) // BYTES_PER_FRAME
    padded = np.zeros(n_frames * SAMPLES_PER_FRAME, np.float64)
    n_samples = min(len(padded), len(samples))
    padded[:n_samples] = samples[:n_samples]
    rms = np.sqrt(np.mean(np.square(padded.reshape(n_frames, SAMPLES_PER_FRAME)), axis=1))
    levels: NDArray[np.float64] = 20 * np.log10(np.maximum(rms, _FLOOR))
    return levels
