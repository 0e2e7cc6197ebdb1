"""Clips shared by all who want them: one task finds or speaks each line, once."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from audio_cache import CacheError
from reader.errors import StorageError
from reader.script import Line
from reader.synthesis.in_process import Synthesis, Urgency, Wanted
from reader.synthesis.leader import Leadership
from reader.synthesis.observer import Observer
from reader.voices import Prosody, Voice
from reader.voices.clip import Clip


class Speaking:
    """One line, found in the cache or being spoken; shared by all who want it."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self._parts: list[Clip] = []
        self._error: Exception | None = None
        self._done = False
        self._changed = asyncio.Event()

    @property
    def was_spoken(self) -> bool:
        """Whether a voice was asked: False if the cache had the clip."""
        return self.wanted.was_spoken

    @property
    def has_failed(self) -> bool:
        return self._error is not None

    async def part(self, position: int) -> Clip | None:
        """The part at `position` as soon as it is there, None after the last one; raises what
        the voice or the cache raised."""
        while position >= len(self._parts):
            if self._error is not None:
                raise self._error
            if self._done:
                return None
            await self._changed.wait()
        return self._parts[position]

    async def wait_until_begun(self) -> None:
        """Return when the first part is there, or when there will be none."""
        while not self._parts and not self._done:
            await self._changed.wait()

    async def run(self, synthesis: Synthesis, observer: Observer) -> None:
        """Find or speak the line; errors go to whoever listens."""
        try:
            await self._find_or_speak(synthesis, observer)
        except CacheError as error:
            self._error = StorageError("storage-failed", cause=error)
        except Exception as error:
            self._error = error
        finally:
            self._done = True
            self._notify()

    async def _find_or_speak(self, synthesis: Synthesis, observer: Observer) -> None:
        began_s, voice = time.perf_counter(), self.wanted.voice.name
        with observer.span("clip", voice=voice, characters=len(self.wanted.line.spoken)):
            try:
                await synthesis.speak(self.wanted, self._add)
            except Exception as error:
                observer.failed(voice, error)
                raise
        observer.looked_up("clip", not self.was_spoken)
        if self.was_spoken:
            sound_s = sum(part.duration_s for part in self._parts)
            observer.spoke(voice, sound_s, time.perf_counter() - began_s)

    def _add(self, part: Clip) -> None:
        self._parts.append(part)
        self._notify()

    def _notify(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


class Clips:
    """Never speaks the same line twice: not after it is kept, and not while it is spoken."""

    def __init__(self, synthesis: Synthesis, observer: Observer) -> None:
        self._synthesis = synthesis
        self._observer = observer
        self._speaking: dict[str, tuple[Speaking, asyncio.Task[None]]] = {}
        self._n_holders: dict[str, int] = {}
        self._urgency = Urgency.LISTENER
        self._leadership: Leadership | None = None

    def wanted_by(self, leadership: Leadership, urgency: Urgency) -> Clips:
        """The same clips, wanted for a narration."""
        clips = copy.copy(self)
        clips._leadership, clips._urgency = leadership, urgency
        return clips

    @asynccontextmanager
    async def hold(self, line: Line, voice: Voice, prosody: Prosody) -> AsyncIterator[Speaking]:
        """Have `line` spoken while the context lasts, alone or together with others; what has
        failed is tried again.

        The work is cancelled when the last holder leaves before its end.
        """
        wanted = Wanted(line, voice, prosody, self._urgency)
        key = wanted.key
        if key not in self._speaking or self._speaking[key][0].has_failed:
            fresh = Speaking(wanted)
            task = asyncio.create_task(fresh.run(self._synthesis, self._observer))
            self._speaking[key] = fresh, task
        speaking, _ = self._speaking[key]
        wanted = speaking.wanted
        wanted.urgency = min(wanted.urgency, self._urgency)
        if self._leadership is not None:
            wanted.leaderships.append(self._leadership)
        self._n_holders[key] = self._n_holders.get(key, 0) + 1
        try:
            yield speaking
        finally:
            if self._leadership is not None:
                wanted.leaderships.remove(self._leadership)
            self._n_holders[key] -= 1
            if not self._n_holders[key]:
                del self._n_holders[key]
                _, task = self._speaking.pop(key)
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
