"""Task status: what has become of each clip, as small notes in Redis, which expire.

A note says `speaking` for as long as somebody works on a clip and renews it; when such a note
is gone and there is no clip, the worker has died. Every note has a name of its own, so that
whoever asks anew tells an old `ready` or `failed` from the answer.
"""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final, Literal

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from reader.cluster.settings import ClusterSettings
from reader.errors import BadOptions, TingwenError
from reader.synthesis.failures import to_json

State = Literal["speaking", "waiting", "ready", "failed"]

ALIVE_S: Final = 6
"""A worker that has not renewed its note for so long is dead."""
_RENEW_S: Final = 1.5
_KEEP_ANSWER_S: Final = 60
_KEEP_TRIES_S: Final = 600
_KEEP_STOPPED_S: Final = 3600
"""Longer than a task waits in any queue that is worth waiting in."""
_TIMEOUT_S: Final = 5
_CANCEL_AGAIN_S: Final = 0.5

_log: Final = logging.getLogger("tingwen.cluster")


class Stopped(Exception):
    """Nobody wants the clip any more."""


def connect(settings: ClusterSettings) -> Redis:
    """A client that says at once when Redis is away: all who use it have a better plan than
    trying the same call again. Raises BadOptions for an address with options that are none."""
    try:
        redis = Redis.from_url(
            settings.broker,
            socket_connect_timeout=_TIMEOUT_S,
            socket_timeout=_TIMEOUT_S,
            retry=Retry(NoBackoff(), 0),
        )
        redis.connection_pool.make_connection()  # type: ignore[no-untyped-call]
    except (TypeError, ValueError, RedisError) as error:
        raise BadOptions("broker-bad", broker=settings.shown) from error
    return redis


def note_key(clip: str) -> str:
    return f"tingwen:clip:{clip}"


def _tries_key(clip: str) -> str:
    return f"tingwen:tries:{clip}"


def _stopped_key(clip: str) -> str:
    return f"tingwen:stopped:{clip}"


async def note_stopped(redis: Redis, clips: Iterable[str]) -> None:
    """Note that nobody wants these clips any more: workers leave them alone. Raises RedisError."""
    async with redis.pipeline(transaction=False) as pipeline:
        for clip in clips:
            pipeline.set(_stopped_key(clip), b"1", ex=_KEEP_STOPPED_S)
        await pipeline.execute()


async def note_wanted(redis: Redis, clips: Iterable[str]) -> None:
    """Note that they are wanted after all. Raises RedisError."""
    await redis.delete(*map(_stopped_key, clips))


async def end(task: asyncio.Task[None]) -> None:
    """Cancel a task that talks with Redis until it has ended. Before Python 3.12
    `asyncio.wait_for`, by which the client sends, may swallow a cancellation
    (https://github.com/python/cpython/issues/86296)."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=_CANCEL_AGAIN_S)
    await asyncio.gather(task, return_exceptions=True)


class TaskStatus:
    """The worker's side. Redis away is no reason to stop: the clip itself goes to the cache,
    and who waits for it asks again."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def tell(self, clip: str, state: State, expire_s: float = _KEEP_ANSWER_S) -> None:
        await self._note(clip, json.dumps({"state": state, "id": uuid.uuid4().hex}), expire_s)

    async def tell_failure(self, clip: str, error: TingwenError) -> None:
        failure = to_json(error).decode("ascii")
        await self._note(clip, json.dumps({"state": "failed", "failure": failure}), _KEEP_ANSWER_S)

    @asynccontextmanager
    async def speaking(self, clip: str) -> AsyncIterator[None]:
        """Say so while the context lasts. Raises Stopped as soon as nobody wants the clip."""
        await self.tell(clip, "speaking", ALIVE_S)
        speaking = asyncio.current_task()
        renewing = asyncio.create_task(self._renew(clip, speaking))
        try:
            yield
        except asyncio.CancelledError:
            if renewing.done() and speaking is not None and speaking.uncancel() == 0:
                raise Stopped from None
            raise
        finally:
            await end(renewing)

    async def _renew(self, clip: str, speaking: asyncio.Task[object] | None) -> None:
        """Until nobody wants it: then what speaks is cancelled."""
        while not await self.is_stopped(clip):
            await asyncio.sleep(_RENEW_S)
            await self.tell(clip, "speaking", ALIVE_S)
        if speaking is not None:
            speaking.cancel()

    async def is_stopped(self, clip: str) -> bool:
        """Whether nobody wants it any more."""
        try:
            return bool(await self._redis.exists(_stopped_key(clip)))
        except RedisError:
            return False

    async def try_number(self, clip: str) -> int:
        """Number of times that this clip was begun and never ended in order, this time included."""
        try:
            async with self._redis.pipeline() as pipeline:
                pipeline.incr(_tries_key(clip))
                pipeline.expire(_tries_key(clip), _KEEP_TRIES_S)
                return int((await pipeline.execute())[0])
        except RedisError:
            return 1

    async def clear_tries(self, clip: str) -> None:
        try:
            await self._redis.delete(_tries_key(clip))
        except RedisError as error:
            _log.warning("Redis does not answer (%s); going on", error)

    async def _note(self, clip: str, note: str, expire_s: float) -> None:
        try:
            await self._redis.set(note_key(clip), note, px=round(expire_s * 1000))
        except RedisError as error:
            _log.warning("Redis does not answer (%s); going on", error)
