"""Sound as it is spoken, in the format that a client asks for."""

from __future__ import annotations

import asyncio
import struct
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final, Literal

from reader.formats import FileFormat, pcm_of, transcoder
from reader.mpeg import SAMPLE_RATE_HZ

Format = Literal["mp3", "opus", "aac", "flac", "wav", "pcm"]

MEDIA_TYPES: Final = {
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "pcm": "audio/pcm",
    "flac": "audio/flac",
    "opus": "audio/ogg",
    "aac": "audio/aac",
}
_UNKNOWN_LENGTH: Final = 0xFFFFFFFF
_CHUNK_BYTES: Final = 64 * 1024


async def convert(frames: AsyncIterator[bytes], wanted: Format) -> AsyncIterator[bytes]:
    """MP3 frames in another format: `wav` and `pcm` as they come, others when all are there."""
    if wanted == "mp3":
        async for chunk in frames:
            yield chunk
    elif wanted == "wav" or wanted == "pcm":
        if wanted == "wav":
            yield _endless_wav_header()
        async for pcm in pcm_of(frames):
            yield pcm
    else:
        async for chunk in _transcode(pcm_of(frames), wanted):
            yield chunk


async def write_file(path: Path, kind: FileFormat, frames: AsyncIterator[bytes]) -> None:
    """The whole in another format, in a file so that memory does not grow with it."""
    await _write(path, kind, pcm_of(frames))


async def _write(path: Path, kind: FileFormat, sound: AsyncIterator[bytes]) -> None:
    made = await asyncio.to_thread(transcoder, path, kind)
    try:
        async for pcm in sound:
            await asyncio.to_thread(made.write, pcm)
    finally:
        await asyncio.to_thread(made.close)


async def _transcode(sound: AsyncIterator[bytes], wanted: FileFormat) -> AsyncIterator[bytes]:
    with tempfile.TemporaryDirectory(prefix="tingwen-speech-") as folder:
        path = Path(folder) / wanted
        await _write(path, wanted, sound)
        with path.open("rb") as file:
            while chunk := await asyncio.to_thread(file.read, _CHUNK_BYTES):
                yield chunk


def _endless_wav_header() -> bytes:
    """A WAV header for a stream whose length nobody knows yet."""
    rate = SAMPLE_RATE_HZ
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16)
    data = struct.pack("<4sI", b"data", _UNKNOWN_LENGTH)
    return struct.pack("<4sI4s", b"RIFF", _UNKNOWN_LENGTH, b"WAVE") + form + data
