"""Files of other formats, written from samples as they come."""

from __future__ import annotations

import importlib.util
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, Protocol, get_args

import lameenc
import numpy as np
import soundfile
import soxr

from reader.errors import BadOptions
from reader.mpeg import SAMPLE_RATE_HZ, InfoLayout, info_frame
from reader.mpeg.encoder import ENCODER_DELAY_SAMPLES, ENCODER_QUALITY

FileFormat = Literal["wav", "flac", "opus", "aac", "m4a", "mp3-44100"]
FORMATS: Final = ("mp3", *get_args(FileFormat))

_BY_SUFFIX: Final = {".ogg": "opus", ".mp4": "m4a"} | {f".{name}": name for name in FORMATS}
_SNDFILE: Final = {
    "wav": ("WAV", "PCM_16"),
    "flac": ("FLAC", "PCM_16"),
    "opus": ("OGG", "OPUS"),
}
_AV: Final = {"aac": "adts", "m4a": "ipod"}
_AAC_BITRATE: Final = 64_000

_HOSTS_RATE_HZ: Final = 44_100
_HOSTS_KBPS: Final = 128
_HOSTS_SAMPLES_PER_FRAME: Final = 1152


class Transcoder(Protocol):
    """Writes one file from mono 24 kHz 16-bit samples. Blocks: use it in a thread."""

    def write(self, pcm: bytes) -> None:
        """Append samples."""

    def close(self) -> None:
        """Finish the file."""


def format_of(path: Path, wanted: str = "") -> str:
    """The format to write to `path`: the one that is wanted, or the one its name ends in.

    Raises BadOptions if the name says nothing that is known.
    """
    found = wanted or _BY_SUFFIX.get(path.suffix.lower(), "")
    if not found:
        raise BadOptions("format-unknown", path=path)
    return found


def require_format(wanted: str) -> None:
    """Raises BadOptions if what the format needs is not installed."""
    if wanted in _AV and importlib.util.find_spec("av") is None:
        raise BadOptions("formats-extra-missing", format=wanted)


def transcoder(path: Path, wanted: FileFormat) -> Transcoder:
    """A transcoder to `path`. Raises BadOptions if what it needs is not installed."""
    require_format(wanted)
    if wanted in _AV:
        return _Av(path, _AV[wanted])
    if wanted == "mp3-44100":
        return HostsMp3(path.open("wb"))
    return _Sndfile(path, wanted)


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


class _Av:
    def __init__(self, path: Path, container: str) -> None:
        import av

        self._av: Any = av
        self._file: Any = av.open(str(path), "w", format=container)
        self._stream = self._file.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="mono")
        self._stream.bit_rate = _AAC_BITRATE
        self._n_samples = 0

    def write(self, pcm: bytes) -> None:
        samples = np.frombuffer(pcm, "<i2").reshape(1, -1)
        if samples.size:
            frame = self._av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate = SAMPLE_RATE_HZ
            # With times, the container says how much of the beginning is the encoder's.
            frame.time_base, frame.pts = Fraction(1, SAMPLE_RATE_HZ), self._n_samples
            self._n_samples += samples.size
            self._file.mux(self._stream.encode(frame))

    def close(self) -> None:
        self._file.mux(self._stream.encode(None))
        self._file.close()


class HostsMp3:
    """44.1 kHz, 128 kbit/s, mono: what some podcast hosts insist on. Begins where `file` stands;
    memory does not grow with the length."""

    _LAYOUT_BYTES: Final = 417

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._start = file.tell()
        self._file.write(bytes(self._LAYOUT_BYTES))
        self._resampler = soxr.ResampleStream(
            SAMPLE_RATE_HZ, _HOSTS_RATE_HZ, num_channels=1, dtype="int16"
        )
        self._encoder = lameenc.Encoder()
        self._encoder.silence()
        self._encoder.set_channels(1)
        self._encoder.set_in_sample_rate(_HOSTS_RATE_HZ)
        self._encoder.set_out_sample_rate(_HOSTS_RATE_HZ)
        self._encoder.set_bit_rate(_HOSTS_KBPS)
        self._encoder.set_quality(ENCODER_QUALITY)
        self._n_samples = 0

    def write(self, pcm: bytes) -> None:
        self._encode(pcm, last=False)

    def _encode(self, pcm: bytes, *, last: bool) -> None:
        samples = self._resampler.resample_chunk(np.frombuffer(pcm, "<i2"), last=last)
        self._n_samples += len(samples)
        self._file.write(bytes(self._encoder.encode(samples.astype("<i2").tobytes())))

    def close(self) -> None:
        """Finish the file and close it."""
        with self._file:
            self.finish()

    def finish(self) -> None:
        """Write the end and the Info frame; the file stays open, at its end."""
        self._encode(b"", last=True)
        self._file.write(bytes(self._encoder.flush()))
        end = self._file.tell()
        music_bytes = end - self._start - self._LAYOUT_BYTES
        frame_bytes = _HOSTS_SAMPLES_PER_FRAME / 8 * _HOSTS_KBPS * 1000 / _HOSTS_RATE_HZ
        n_frames = round(music_bytes / frame_bytes)
        n_coded = n_frames * _HOSTS_SAMPLES_PER_FRAME
        layout = InfoLayout(
            header=bytes((0xFF, 0xFB, 0x90, 0xC4)),
            n_bytes=self._LAYOUT_BYTES,
            side_info_bytes=17,
            bitrate_kbps=_HOSTS_KBPS,
            padding_samples=n_coded - ENCODER_DELAY_SAMPLES - self._n_samples,
        )
        self._file.seek(self._start)
        self._file.write(info_frame(n_frames, music_bytes, layout))
        self._file.seek(end)
