"""Clips from the cache, and from the voice when they are not there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager

from audio_cache import Cache, CacheError
from reader.clip import Clip
from reader.errors import BadAudio, StorageError
from reader.keys import clip_key, clip_path
from reader.mpeg import is_silent
from reader.script import Line
from reader.voices import Prosody, Voice, stream_of


class Speaking:
    """One line, found in the cache or being spoken; shared by all who want it."""

    def __init__(self) -> None:
        self.was_spoken = False
        """Whether the voice was asked: False if the cache had the clip."""
        self._parts: list[Clip] = []
        self._error: Exception | None = None
        self._done = False
        self._changed = asyncio.Event()

    async def parts(self) -> AsyncGenerator[Clip, None]:
        """The clip in parts, as they come; raises what the voice or the cache raised."""
        position = 0
        while True:
            changed = self._changed
            while position < len(self._parts):
                yield self._parts[position]
                position += 1
            if self._error is not None:
                raise self._error
            if self._done:
                return
            await changed.wait()

    async def first_part(self) -> None:
        """Return when the first part is there, or when there will be none."""
        while not self._parts and not self._done:
            await self._changed.wait()

    async def run(self, cache: Cache, line: Line, voice: Voice, prosody: Prosody) -> None:
        """Find or speak the line; errors go to whoever listens."""
        try:
            await self._find_or_speak(cache, line, voice, prosody)
        except CacheError as error:
            self._error = StorageError(str(error))
        except Exception as error:
            self._error = error
        finally:
            self._done = True
            self._notify()

    async def _find_or_speak(
        self, cache: Cache, line: Line, voice: Voice, prosody: Prosody
    ) -> None:
        path = clip_path(clip_key(line, voice, prosody))
        stored = await cache.get(path)
        if stored is not None:
            try:
                await self._add(Clip.from_bytes(stored))
            except BadAudio:
                pass  # written by a release with another layout: speak it again
            else:
                return
        self.was_spoken = True
        async with aclosing(stream_of(voice, line, prosody)) as parts:
            async for part in parts:
                await self._add(part)
        whole = Clip.joined(self._parts)
        if is_silent(whole.frames):
            raise BadAudio(f"the voice {voice.name} sent only silence; try another voice")
        await cache.put(path, whole.to_bytes())

    async def _add(self, part: Clip) -> None:
        self._parts.append(part if part.level else await asyncio.to_thread(part.measured))
        self._notify()

    def _notify(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


class Clips:
    """Never speaks the same line twice: not after it is kept, and not while it is spoken."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._speaking: dict[str, tuple[Speaking, asyncio.Task[None]]] = {}
        self._n_holders: dict[str, int] = {}

    @asynccontextmanager
    async def hold(self, line: Line, voice: Voice, prosody: Prosody) -> AsyncIterator[Speaking]:
        """Have `line` spoken while the context lasts, alone or together with others.

        The work is cancelled when the last holder leaves before its end.
        """
        key = clip_key(line, voice, prosody)
        if key not in self._speaking:
            speaking = Speaking()
            task = asyncio.create_task(speaking.run(self._cache, line, voice, prosody))
            self._speaking[key] = speaking, task
        speaking, task = self._speaking[key]
        self._n_holders[key] = self._n_holders.get(key, 0) + 1
        try:
            yield speaking
        finally:
            self._n_holders[key] -= 1
            if not self._n_holders[key]:
                del self._n_holders[key], self._speaking[key]
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
