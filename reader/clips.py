"""Clips from the cache, and from the voice when they are not there."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from audio_cache import Cache, CacheError
from reader.clip import Clip
from reader.errors import BadAudio, StorageError
from reader.keys import clip_key, clip_path
from reader.mpeg import is_silent
from reader.script import Line
from reader.voices import Prosody, Voice


@dataclass(frozen=True, slots=True)
class FoundClip:
    clip: Clip
    was_spoken: bool
    """False if it came from the cache."""
    voice: str


@dataclass(slots=True)
class _Speaking:
    """A line being spoken, and how many wait for it."""

    task: asyncio.Task[FoundClip]
    n_waiting: int = 0


class Clips:
    """Never speaks the same line twice: not after it is kept, and not while it is spoken."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._speaking: dict[str, _Speaking] = {}

    async def get(self, line: Line, voice: Voice, prosody: Prosody) -> FoundClip:
        """The clip of `line`. Raises VoiceError, or StorageError if the cache fails.

        Several callers share one synthesis; it is cancelled when the last of them is, and one
        who comes after that begins another.
        """
        key = clip_key(line, voice, prosody)
        speaking = self._speaking.get(key)
        if speaking is None or speaking.task.cancelling():
            work = self._find_or_speak(key, line, voice, prosody)
            speaking = self._speaking[key] = _Speaking(asyncio.create_task(work))
        speaking.n_waiting += 1
        try:
            return await asyncio.shield(speaking.task)
        finally:
            speaking.n_waiting -= 1
            if not speaking.n_waiting:
                speaking.task.cancel()
                if self._speaking.get(key) is speaking:
                    del self._speaking[key]

    async def _find_or_speak(
        self, key: str, line: Line, voice: Voice, prosody: Prosody
    ) -> FoundClip:
        try:
            stored = await self._cache.get(clip_path(key))
        except CacheError as error:
            raise StorageError(str(error)) from error
        if stored is not None:
            try:
                return FoundClip(Clip.from_bytes(stored), was_spoken=False, voice=voice.name)
            except BadAudio:
                pass  # written by a release with another layout: speak it again
        clip = await voice.speak(line, prosody)
        if is_silent(clip.frames):
            raise BadAudio(f"the voice {voice.name} sent only silence")
        try:
            await self._cache.put(clip_path(key), clip.to_bytes())
        except CacheError as error:
            raise StorageError(str(error)) from error
        return FoundClip(clip, was_spoken=True, voice=voice.name)
