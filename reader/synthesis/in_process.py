"""Synthesis in this process: a clip from the cache, or spoken here if no other process does.

`reader.cluster` has another synthesis, which asks workers.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Final, Protocol

from audio_cache import Cache, CacheError, Lease
from reader.errors import BadAudio, VoiceError
from reader.mpeg import is_silent
from reader.script import Line
from reader.synthesis.cache_keys import clip_key, clip_path, failure_path
from reader.synthesis.failures import from_json, to_json
from reader.synthesis.leader import Leadership
from reader.voices import Prosody, Voice, stream_of
from reader.voices.clip import Clip

FIRST_PAUSE_S: Final = 0.02
LONGEST_PAUSE_S: Final = 0.5
"""How often the cache is asked for a clip that another process speaks: soon, then seldom."""
_PATIENCE_S: Final = 600.0
"""A sentence takes seconds and a queue of them minutes; a process that holds a lease for longer
hangs, and its clip is spoken without it."""
_JITTER: Final = random.Random()

OnPart = Callable[[Clip], None]
"""Takes the next part of a clip."""


class Urgency(IntEnum):
    """Priority of a clip where there is a queue."""

    LISTENER = 0
    """Somebody waits to hear it."""
    BATCH = 1


@dataclass
class Wanted:
    """A clip that somebody wants, and how much."""

    line: Line
    voice: Voice
    prosody: Prosody
    urgency: Urgency = Urgency.LISTENER
    leaderships: list[Leadership] = field(default_factory=list)
    """Of the narrations that want it; without any, whoever wants it may speak it."""
    was_spoken: bool = False
    """Whether a voice was asked for it; the cache had it otherwise."""

    @cached_property
    def key(self) -> str:
        return clip_key(self.line, self.voice, self.prosody)

    @cached_property
    def path(self) -> str:
        """The clip's key in the cache."""
        return clip_path(self.key)

    @property
    def may_be_spoken(self) -> bool:
        """Whether one of the narrations is made by this process, not merely followed."""
        return not self.leaderships or any(one.is_held for one in self.leaderships)


class Synthesis(Protocol):
    """A source of clips."""

    async def speak(self, wanted: Wanted, on_part: OnPart) -> None:
        """Hand on the clip in parts, as they come; when it returns, the clip is in the cache.

        Raises VoiceError, or CacheError if the store fails.
        """

    async def stop(self, clips: Iterable[str]) -> None:
        """Have nobody speak the clips of these keys any more: nobody wants them."""

    async def close(self) -> None:
        """Let go of connections."""


class InProcess:
    """Speaks with the voices of this process; leases tell who of several does."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def speak(self, wanted: Wanted, on_part: OnPart) -> None:
        clip, lease = await self._clip_or_lease(wanted)
        if clip is not None:
            on_part(clip)
        if lease is None:
            return
        try:
            await speak_and_keep(self._cache, wanted, on_part)
        except VoiceError as error:
            with suppress(CacheError):
                await self._cache.put(failure_path(wanted.key), to_json(error))
            raise
        finally:
            await lease.release()

    async def stop(self, clips: Iterable[str]) -> None:
        """Nothing to do: what nobody holds here any more is cancelled."""

    async def close(self) -> None:
        """Nothing to let go of: voices belong to whoever opened them."""

    async def _clip_or_lease(self, wanted: Wanted) -> tuple[Clip | None, Lease | None]:
        """The clip, as soon as it is kept, or the right to speak it, whichever is first.

        Raises the error of another process that tried meanwhile and failed: what one voice
        could not say a moment ago is not asked of it again by everybody who waited.
        """
        failure = failure_path(wanted.key)
        pauses = pauses_s()
        waited_s, known_failure = 0.0, b""
        while True:
            clip = await load_clip(self._cache, wanted.path)
            if clip is not None:
                return clip, None
            lease = await self._lease(wanted, waited_s)
            if lease is not None:
                try:
                    # It may have been made between the look and the lease.
                    clip = await load_clip(self._cache, wanted.path)
                    if clip is None and waited_s:
                        latest = await self._cache.get(failure)
                        if latest and latest != known_failure:
                            raise from_json(latest)
                except BaseException:
                    await lease.release()
                    raise
                if clip is None:
                    return None, lease
                await lease.release()
                return clip, None
            if not waited_s:
                known_failure = await self._cache.get(failure) or b""
            pause_s = next(pauses)
            await asyncio.sleep(pause_s)
            waited_s += pause_s

    async def _lease(self, wanted: Wanted, waited_s: float) -> Lease | None:
        if not wanted.may_be_spoken:
            return None
        lease = await self._cache.leases.acquire(wanted.path)
        return lease or (Unleased() if waited_s > _PATIENCE_S else None)


class Unleased:
    """In place of a lease that somebody keeps for too long."""

    async def release(self) -> None:
        """Nothing was taken."""


async def speak_and_keep(cache: Cache, wanted: Wanted, on_part: OnPart) -> None:
    """Have the voice speak, and put the clip into the cache when all of it is there.

    Raises VoiceError, BadAudio if all of it is silence, CacheError.
    """
    wanted.was_spoken = True
    spoken: list[Clip] = []
    async with aclosing(stream_of(wanted.voice, wanted.line, wanted.prosody)) as parts:
        async for part in parts:
            spoken.append(part)
            on_part(part)
    whole = Clip.join(spoken)
    if is_silent(whole.frames):
        name = wanted.voice.name
        raise BadAudio("only-silence", voice=name)
    await _put_to_the_end(cache, wanted.path, whole.to_bytes())


async def _put_to_the_end(cache: Cache, path: str, data: bytes) -> None:
    """Put a clip. A thread that writes cannot be stopped: who is cancelled meanwhile ends when it
    has, so that whoever removes the clip afterwards removes it for good."""
    writing = asyncio.ensure_future(cache.put(path, data))
    try:
        await asyncio.shield(writing)
    except asyncio.CancelledError:
        await asyncio.wait([writing])
        raise


async def load_clip(cache: Cache, path: str) -> Clip | None:
    """The clip at `path`, None if the cache does not have it. Raises CacheError."""
    stored = await cache.get(path)
    if stored is None:
        return None
    try:
        return Clip.from_bytes(stored)
    except BadAudio:
        return None  # written by a release with another layout: it is spoken again


def pauses_s() -> Iterator[float]:
    """The pauses between looks: growing, and never in step with others who wait."""
    pause_s = FIRST_PAUSE_S
    while True:
        yield pause_s * _JITTER.uniform(0.5, 1.0)
        pause_s = min(LONGEST_PAUSE_S, pause_s * 1.5)
