"""One MP3 out of frames: tag, Info frame, sound. Nothing is decoded."""

from __future__ import annotations

from typing import BinaryIO

from reader.mpeg import (
    BYTES_PER_FRAME,
    INFO_FRAME_BYTES,
    TRAILING_FRAMES,
    frames_of_ms,
    info_frame,
    silence,
)
from reader.stitch.tags import Tags


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

    @property
    def n_frames(self) -> int:
        """Frames of sound so far: what is written next is heard at `n_frames` · 24 ms."""
        return self._n_frames

    def write(self, frames: bytes) -> None:
        """Append whole canonical frames."""
        self._out.write(frames)
        self._n_frames += len(frames) // BYTES_PER_FRAME

    def pause(self, pause_ms: int) -> bytes:
        """Append silence, to the nearest frame, and return its frames."""
        frames = silence(frames_of_ms(pause_ms))
        self.write(frames)
        return frames

    def finish(self) -> int:
        """Write the end and the Info frame; returns the presented length in frames."""
        presented = self._n_frames
        self.write(silence(TRAILING_FRAMES))
        end = self._out.tell()
        self._out.seek(self._info_at)
        self._out.write(info_frame(self._n_frames, self._n_frames * BYTES_PER_FRAME))
        self._out.seek(end)
        return presented
