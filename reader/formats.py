"""Other formats than MP3, for those who insist: decoded once, encoded once, at the end.

FLAC and Opus are made by libsndfile, AAC by PyAV (the optional extra `formats`).
"""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path
from typing import Any, Final, Literal, Protocol

import numpy as np
import soundfile

from reader.errors import BadOptions
from reader.mpeg import BYTES_PER_FRAME, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME

FileFormat = Literal["flac", "opus", "aac"]

CONTEXT_BYTES: Final = BYTES_PER_FRAME * 12
"""Frames decoded again before a stretch of a stream: the bit reservoir (at most 255 bytes
back) and the decoder's overlap reach no further."""

_SNDFILE: Final = {"flac": ("FLAC", "PCM_16"), "opus": ("OGG", "OPUS")}
_AAC_BITRATE: Final = 64_000


def decoded(before: bytes, frames: bytes) -> bytes:
    """16-bit samples of canonical `frames` that stood after `before` in their stream."""
    samples, _ = soundfile.read(io.BytesIO(before + frames), dtype="int16")
    wanted = len(frames) // BYTES_PER_FRAME * SAMPLES_PER_FRAME
    pcm: bytes = samples[len(samples) - wanted :].astype("<i2").tobytes()
    return pcm


class Transcoder(Protocol):
    """Writes one file from mono 24 kHz 16-bit samples. Blocks: use it in a thread."""

    def write(self, pcm: bytes) -> None:
        """Append samples."""

    def close(self) -> None:
        """Finish the file."""


def require_format(wanted: str) -> None:
    """Raises BadOptions if what the format needs is not installed."""
    if wanted == "aac" and importlib.util.find_spec("av") is None:
        raise BadOptions("aac needs PyAV; run `pip install 'tingwen[formats]'` or ask for opus")


def transcoder(path: Path, wanted: FileFormat) -> Transcoder:
    """A transcoder to `path`. Raises BadOptions if what it needs is not installed."""
    require_format(wanted)
    return _Aac(path) if wanted == "aac" else _Sndfile(path, wanted)


class _Sndfile:
    def __init__(self, path: Path, wanted: str) -> None:
        container, codec = _SNDFILE[wanted]
        self._file = soundfile.SoundFile(
            path, "w", SAMPLE_RATE_HZ, channels=1, format=container, subtype=codec
        )

    def write(self, pcm: bytes) -> None:
        self._file.write(np.frombuffer(pcm, "<i2"))

    def close(self) -> None:
        self._file.close()


class _Aac:
    def __init__(self, path: Path) -> None:
        import av

        self._av: Any = av
        self._file: Any = av.open(str(path), "w", format="adts")
        self._stream = self._file.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="mono")
        self._stream.bit_rate = _AAC_BITRATE

    def write(self, pcm: bytes) -> None:
        samples = np.frombuffer(pcm, "<i2").reshape(1, -1)
        frame = self._av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE_HZ
        self._file.mux(self._stream.encode(frame))

    def close(self) -> None:
        self._file.mux(self._stream.encode(None))
        self._file.close()
