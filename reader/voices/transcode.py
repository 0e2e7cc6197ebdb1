"""Audio of any format that libsndfile reads, or raw samples, to canonical frames.

Decoding by soundfile, resampling by soxr, gain by pydub, encoding by LAME: all in process.
What is canonical already is handed through bit for bit.
"""

from __future__ import annotations

import io
import math
import os
import re
import warnings
from typing import Final

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from reader.errors import BadAudio
from reader.mpeg import (
    SAMPLE_RATE_HZ,
    accept_frames,
    encode_frames,
    is_canonical,
    read_frames,
)

with warnings.catch_warnings():
    # pydub looks for ffmpeg when it is imported and warns without it: no use of it here. Without
    # PATH, as services and cron may start us, it would fail.
    warnings.simplefilter("ignore")
    os.environ.setdefault("PATH", os.defpath)
    from pydub import AudioSegment

_SAMPLE_BYTES: Final = 2
_CONTAINERS: Final = (b"RIFF", b"RIFX", b"RF64", b"FORM", b"OggS", b"fLaC", b"ID3", b"caff")
_RATE: Final = re.compile(r"rate=(\d+)")


def to_canonical(audio: bytes, media_type: str = "", gain_db: float = 0.0) -> bytes:
    """Canonical frames of `audio`, louder by `gain_db`.

    Without a container that can be recognised, `audio` is taken for raw mono signed 16-bit
    little-endian samples if `media_type` says so (`audio/pcm`, `audio/L16;rate=16000`); their
    rate is 24 kHz, as OpenAI's `pcm`, unless it is named. Raises BadAudio.
    """
    if _is_mpeg(audio, media_type):
        frames = _canonical_or_empty(audio)
        if frames and not gain_db:
            return frames
    segment = segment_of(samples_of(audio, media_type))
    if gain_db:
        segment = segment.apply_gain(min(gain_db, -segment.max_dBFS))
    return encode_frames(segment.raw_data)


def samples_of(audio: bytes, media_type: str = "") -> NDArray[np.float32]:
    """Mono samples of `audio` between −1 and 1, at 24 kHz. Raises BadAudio."""
    samples, rate_hz = _samples(audio, media_type)
    if rate_hz != SAMPLE_RATE_HZ:
        samples = soxr.resample(samples, rate_hz, SAMPLE_RATE_HZ)
    return samples


def segment_of(samples: NDArray[np.float32]) -> AudioSegment:
    """The samples as pydub works on them."""
    pcm = np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    return AudioSegment(pcm, sample_width=_SAMPLE_BYTES, frame_rate=SAMPLE_RATE_HZ, channels=1)


def _canonical_or_empty(mp3: bytes) -> bytes:
    """The frames of a canonical stream, b"" for a whole one of another format: that one is to
    be decoded. Raises BadAudio, with the offset, if it is damaged: a decoder would skip to the
    next frame and say nothing."""
    if all(is_canonical(frame.header) for frame in read_frames(mp3)):
        return accept_frames(mp3)
    return b""


def gain_of_percent(volume_percent: int) -> float:
    """Decibels of a change of volume: +50 % is +3.5 dB."""
    return 20 * math.log10(1 + volume_percent / 100)


def _samples(audio: bytes, media_type: str) -> tuple[NDArray[np.float32], int]:
    """Mono samples between −1 and 1, and their rate."""
    kind = media_type.lower()
    if audio.startswith(_CONTAINERS) or _is_mpeg(audio, kind):
        return _decode(audio)
    if "pcm" in kind or "l16" in kind or "octet-stream" in kind:
        return _raw(audio, kind)
    raise BadAudio(
        "audio-unknown",
        n_bytes=len(audio),
        media_type=media_type or "no named type",
        start=audio[:16],
    )


def _decode(audio: bytes) -> tuple[NDArray[np.float32], int]:
    try:
        samples, rate_hz = soundfile.read(io.BytesIO(audio), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise BadAudio("audio-undecodable", reason=error) from error
    if not len(samples):
        raise BadAudio("audio-silent")
    mono: NDArray[np.float32] = samples.mean(axis=1, dtype=np.float32)
    return mono, int(rate_hz)


def _raw(audio: bytes, kind: str) -> tuple[NDArray[np.float32], int]:
    if not audio or len(audio) % _SAMPLE_BYTES:
        raise BadAudio("samples-cut", n_bytes=len(audio))
    named = _RATE.search(kind)
    rate_hz = int(named[1]) if named else SAMPLE_RATE_HZ
    return np.frombuffer(audio, "<i2").astype(np.float32) / np.float32(32768), rate_hz


def _is_mpeg(audio: bytes, media_type: str) -> bool:
    """An MPEG stream, or a tag before one. What is declared as samples may begin alike."""
    declared = media_type.lower()
    if audio[:3] == b"ID3":
        return True
    if "pcm" in declared or "l16" in declared or len(audio) < 2:
        return False
    return audio[0] == 0xFF and audio[1] & 0xE0 == 0xE0
