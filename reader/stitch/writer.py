"""One MP3 out of frames: tag, Info frame, sound. Nothing is decoded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from reader.mpeg import (
    BYTES_PER_FRAME,
    INFO_FRAME_BYTES,
    TRAILING_FRAMES,
    info_frame,
    silence,
    with_gain,
)
from reader.stitch.tags import Tags

_FRAMES_A_TIME: Final = 4096
"""Half a mebibyte: what is in memory while a file is written."""


class Mp3Writer:
    """Writes canonical frames to a seekable file as they come.

    The Info frame's place is kept free and filled by `finish`, when the length is known.
    Memory does not grow. Errors of the file are the file's own (OSError).
    """

    def __init__(self, out: BinaryIO, tags: Tags) -> None:
        self._out = out
        self._n_frames = 0
        out.write(tags.to_id3())
        self._info_at = out.tell()
        out.write(bytes(INFO_FRAME_BYTES))

    def write(self, frames: bytes) -> None:
        """Append whole canonical frames."""
        self._out.write(frames)
        self._n_frames += len(frames) // BYTES_PER_FRAME

    def finish(self) -> int:
        """Write the end and the Info frame; returns the presented length in frames."""
        presented = self._n_frames
        self.write(silence(TRAILING_FRAMES))
        end = self._out.tell()
        self._out.seek(self._info_at)
        self._out.write(info_frame(self._n_frames, self._n_frames * BYTES_PER_FRAME))
        self._out.seek(end)
        return presented


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file as it was written."""

    n_frames: int
    """Its presented length."""
    n_bytes: int
    sha256: str


def write_mp3(
    out: BinaryIO,
    tags: Tags,
    frames: Path,
    gain_steps: int = 0,
    around: tuple[bytes, bytes] = (b"", b""),
) -> WrittenFile:
    """Write the file of the canonical frames in another file, louder by `gain_steps`, with the
    frames `around` them before and after, as they are.

    The length is known beforehand, so it is written and hashed from the first byte to the
    last. Raises OSError, and BadAudio if a granule has no room for the gain.
    """
    n_bytes_around = sum(map(len, around))
    n_frames = (frames.stat().st_size + n_bytes_around) // BYTES_PER_FRAME
    digest, n_bytes = hashlib.sha256(), 0
    for part in _file_parts(tags, frames, n_frames + TRAILING_FRAMES, gain_steps, around):
        out.write(part)
        digest.update(part)
        n_bytes += len(part)
    return WrittenFile(n_frames, n_bytes, digest.hexdigest())


def _file_parts(
    tags: Tags, frames: Path, n_frames: int, gain_steps: int, around: tuple[bytes, bytes]
) -> Iterator[bytes]:
    yield tags.to_id3()
    yield info_frame(n_frames, n_frames * BYTES_PER_FRAME)
    yield around[0]
    with frames.open("rb") as source:
        while chunk := source.read(_FRAMES_A_TIME * BYTES_PER_FRAME):
            yield with_gain(chunk, gain_steps)
    yield around[1]
    yield silence(TRAILING_FRAMES)
