"""Sounds that tests make, and independent ears that judge files."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray


def tone(seconds: float, hz: float = 440.0) -> bytes:
    """A tone of moderate level: mono 24 kHz signed 16-bit samples."""
    t = np.arange(round(seconds * 24_000)) / 24_000
    return (np.sin(2 * np.pi * hz * t) * 9000).astype("<i2").tobytes()


def decoded(path: Path) -> NDArray[np.int16]:
    """What ffmpeg hears in `path`: mono, 24 kHz."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le"]
    command += ["-ac", "1", "-ar", "24000", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert not done.stderr, done.stderr.decode()
    return np.frombuffer(done.stdout, "<i2")


def codec_of(path: Path) -> str:
    """The name that ffprobe gives to the codec of the file's sound."""
    command = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def decoded_seconds_by_mpg123(path: Path) -> float:
    command = ["mpg123", "--quiet", "--stdout", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    return len(done.stdout) / 2 / 24_000


def mp3val_complaints(path: Path) -> list[str]:
    done = subprocess.run(["mp3val", str(path)], capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if line.startswith(("WARNING", "ERROR"))]


_STRETCH_S = 900


@contextmanager
def decoding(path: Path, kind: str = "s16le") -> Iterator[IO[bytes]]:
    """What ffmpeg hears, as a stream: mono, 24 kHz, 16-bit or float (`f32le`) samples."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", kind]
    command += ["-ac", "1", "-ar", "24000", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield process.stdout
        process.stdout.read()
    assert process.returncode == 0


def count_samples(command: list[str]) -> int:
    """How many 16-bit samples a decoder writes to its standard output."""
    n_bytes = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while piece := process.stdout.read(1 << 20):
            n_bytes += len(piece)
    assert process.returncode == 0
    return n_bytes // 2


def loudness_by_ffmpeg(path: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, by ffmpeg's ebur128."""
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path), "-af", "ebur128=peak=true"]
    command += ["-f", "null", "-"]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = report[report.rindex("Summary:") :]
    found = [re.search(rf"{name}:\s+(-?[\d.]+|-inf)", summary) for name in ("I", "Peak")]
    assert all(found), summary
    return float(found[0][1]), float(found[1][1])  # type: ignore[index]


def sounds_by_ffmpeg(path: Path) -> NDArray[np.float64]:
    """Seconds at which ffmpeg's silencedetect hears a silence end, a quarter of an hour at a
    time: it prints six digits, which are tenths of a second after three hours."""
    found = [0.0]
    command = ["ffmpeg", "-hide_banner", "-nostats", "-f", "s16le", "-ar", "24000", "-ac", "1"]
    command += ["-i", "-", "-af", "silencedetect=noise=-50dB:d=0.03", "-f", "null", "-"]
    start_s = 0
    with decoding(path) as samples:
        while piece := samples.read(_STRETCH_S * 24_000 * 2):
            done = subprocess.run(command, input=piece, capture_output=True, check=True)
            ends = re.findall(rb"silence_end: ([\d.]+)", done.stderr)
            found += [start_s + float(end) for end in ends]
            start_s += _STRETCH_S
    return np.array(found)
