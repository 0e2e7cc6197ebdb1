"""Sounds that tests make, and independent ears that judge files."""

from __future__ import annotations

import subprocess
from pathlib import Path

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
