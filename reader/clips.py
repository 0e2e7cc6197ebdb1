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


class Clips:
    """Never speaks the same line twice: not after it is kept, and not while it is spoken."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._speaking: dict[str, asyncio.Task[FoundClip]] = {}
        self._n_waiting: dict[str, int] = {}

    async def get(self, line: Line, voice: Voice, prosody: Prosody) -> FoundClip:
        """The clip of `line`. Raises VoiceError, or StorageError if the cache fails.

        Several callers share one synthesis; it is cancelled when the last of them is.
        """
        key = clip_key(line, voice, prosody)
        task = self._speaking.get(key)
        if task is None:
            task = asyncio.create_task(self._find_or_speak(key, line, voice, prosody))
            self._speaking[key] = task
            task.add_done_callback(lambda _: self._speaking.pop(key, None))
        self._n_waiting[key] = self._n_waiting.get(key, 0) + 1
        try:
            return await asyncio.shield(task)
        finally:
            self._n_waiting[key] -= 1
            if not self._n_waiting[key]:
                del self._n_waiting[key]
                task.cancel()

    async def _find_or_speak(
        self, key: str, line: Line, voice: Voice, prosody: Prosody
    ) -> FoundClip:
        try:
            stored = await self._cache.get(clip_path(key))
        except CacheError as error:
            raise StorageError(str(error)) from error
        if stored is not None:
            try:
                return FoundClip(Clip.from_bytes(stored), was_spoken=False)
            except BadAudio:
                pass  # written by a release with another layout: speak it again
        clip = await voice.speak(line, prosody)
        if is_silent(clip.frames):
            raise BadAudio(f"the voice {voice.name} sent only silence")
        try:
            await self._cache.put(clip_path(key), clip.to_bytes())
        except CacheError as error:
            raise StorageError(str(error)) from error
        return FoundClip(clip, was_spoken=True)
