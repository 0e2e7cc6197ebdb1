"""Intro and outro: any audio, brought to the canonical format once."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from audio_cache import Cache, CacheError
from reader.errors import BadAudio, BadOptions, StorageError
from reader.loudness import LoudnessMeter, LoudnessTarget, measure, steps_to
from reader.mpeg import BYTES_PER_FRAME, with_gain
from reader.voices.transcode import to_canonical


async def bumper(path: Path | None, cache: Cache, loudness: LoudnessTarget | None) -> bytes:
    """Canonical frames of the file, as loud as the episode, b"" without one. The cache keeps
    what was converted.

    Raises BadOptions if it is no audio, StorageError if the cache fails.
    """
    if path is None:
        return b""
    try:
        data = await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise BadOptions("file-unreadable", path=path, reason=error.strerror) from error
    key = f"bumpers/{hashlib.sha256(data).hexdigest()}"
    try:
        frames = await cache.get(key)
        if not frames or len(frames) % BYTES_PER_FRAME:
            frames = await asyncio.to_thread(to_canonical, data)
            await cache.put(key, frames)
    except BadAudio as error:
        raise BadOptions("audio-unreadable", path=path, cause=error) from error
    except CacheError as error:
        raise StorageError("storage-failed", cause=error) from error
    return await asyncio.to_thread(_levelled, frames, loudness) if loudness else frames


def _levelled(frames: bytes, loudness: LoudnessTarget) -> bytes:
    meter = LoudnessMeter()
    meter.add(measure(frames))
    return with_gain(frames, steps_to(loudness, meter))
