"""Client of the workers: tasks out, clips from the cache, and nothing lost in between.

Whatever happens to Redis or a worker, who waits sees to it: one task looks at the notes of all
clips that are waited for and sends a task again when Redis has begun anew, when the note of
a worker has expired without a clip, or when the queue is empty and nobody is at it. A task
too many does no harm: workers look into the cache first, and take a lease.

Clients take turns: the first few sentences of each have a higher priority than all others of those
who have asked for many (`reader.cluster.app.level_of`). As sentences are done the next ones rise,
and are sent again at their new place.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from audio_cache import Cache, CacheError
from reader.cluster.app import TASK, celery_app, level_of, queue_keys
from reader.cluster.settings import ClusterSettings
from reader.cluster.task_message import TaskMessage
from reader.cluster.task_status import connect, end, note_key, note_stopped, note_wanted
from reader.errors import StorageError, VoiceUnavailable
from reader.fair_share import current_client
from reader.synthesis.failures import from_json
from reader.synthesis.in_process import OnPart, Wanted, load_clip

_LOOK_EVERY_S: Final = 0.05
_CLIPS_A_LOOK: Final = 200
"""More of them are looked at less often, so that looking costs the same."""
_SURELY_TAKEN_S: Final = 3.0
"""So long after it was sent to an empty queue, a task has a note or is lost."""
_MAX_LOST: Final = 12
_PING_S: Final = 1.5
"""For workers to say that they are there; they answer while they speak."""
_PING_EVERY_S: Final = 10.0
_BROKER_DOWN: Final = (RedisError, OperationalError, OSError)
_log: Final = logging.getLogger("tingwen.cluster")


class _Waiting:
    """One clip that is waited for."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.client = current_client.get()
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.known_note: bytes | None = None
        """Its note before we asked."""
        self.level = 0
        """Where it belongs now, by what its client waits for beside it."""
        self.sent_as: int | None = None
        """The level at which it was sent."""
        self.sent_at = 0.0
        self.was_begun = False
        self.n_lost = 0

    @property
    def is_due(self) -> bool:
        """Whether it is to be sent: not yet, lost, or wanted more urgently than before."""
        return self.sent_as is None or (self.level < self.sent_as and not self.was_begun)

    def mark_lost(self) -> None:
        """It has to be sent again."""
        self.sent_as, self.was_begun = None, False


class ByWorkers:
    """Synthesis by whoever takes tasks from the broker."""

    def __init__(self, cache: Cache, settings: ClusterSettings) -> None:
        self._cache = cache
        self._settings = settings
        self._app = celery_app(settings)
        self._redis = connect(settings)
        self._waiting: dict[str, _Waiting] = {}
        self._watching: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._redis_run = ""
        self._away_since: float | None = None
        self._pinged_at = float("-inf")
        self._had_workers = True

    async def speak(self, wanted: Wanted, on_part: OnPart) -> None:
        clip = await load_clip(self._cache, wanted.path)
        if clip is None:
            wanted.was_spoken = True
            await self._by_a_worker(wanted)
            clip = await load_clip(self._cache, wanted.path)
        if clip is None:
            raise StorageError("clip-not-shared", cache=self._cache.location)
        on_part(clip)

    async def stop(self, clips: Iterable[str]) -> None:
        """Have workers leave these clips alone, also those that they are speaking. A broker that
        is away has no workers either: what they speak is then removed with the rest."""
        keys = [key for key in clips if key not in self._waiting]
        if keys:
            try:
                await note_stopped(self._redis, keys)
            except _BROKER_DOWN as error:
                _log.warning("workers cannot be stopped: %s", error)

    async def queue_depth(self) -> int:
        """Tasks that wait for a worker. Raises VoiceUnavailable if the broker is away."""
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                for key in queue_keys():
                    pipeline.llen(key)
                return sum(await pipeline.execute())
        except _BROKER_DOWN as error:
            raise _away(self._settings, error) from error

    async def close(self) -> None:
        if self._watching is not None:
            await end(self._watching)
        await self._redis.aclose()
        await asyncio.to_thread(self._app.close)

    async def _by_a_worker(self, wanted: Wanted) -> None:
        """Return when the clip is in the cache; raises what kept it from being spoken."""
        waiting = self._waiting[wanted.key] = _Waiting(wanted)
        self._wake.set()
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        try:
            await waiting.done
        finally:
            if self._waiting.get(wanted.key) is waiting:
                del self._waiting[wanted.key]

    async def _watch(self) -> None:
        """Look after all that is waited for, until nothing is."""
        try:
            while self._waiting:
                self._wake.clear()
                try:
                    await self._look()
                    self._away_since = None
                    await self._require_workers()
                except _BROKER_DOWN as error:
                    self._tell_if_too_long(error)
                n = len(self._waiting)
                pause_s = _LOOK_EVERY_S * max(1.0, n / _CLIPS_A_LOOK)
                if self._away_since is not None:
                    await asyncio.sleep(10 * _LOOK_EVERY_S)
                else:
                    await self._until_woken(pause_s)
        except Exception as error:
            self._fail_all(error)

    async def _until_woken(self, pause_s: float) -> None:
        try:
            async with asyncio.timeout(pause_s):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _look(self) -> None:
        """Read the notes, hand on what is done, send what is due."""
        waited_for = list(self._waiting.values())
        keys = [note_key(one.wanted.key) for one in waited_for]
        async with self._redis.pipeline(transaction=False) as pipeline:
            pipeline.info("server")
            pipeline.mget(keys)
            for queue in queue_keys():
                pipeline.llen(queue)
            info, notes, *depths = await pipeline.execute()
        if info["run_id"] != self._redis_run:
            self._redis_run = info["run_id"]
            for one in waited_for:  # Redis begins anew, perhaps without our tasks
                one.mark_lost()
        for one, note in zip(waited_for, notes, strict=True):
            if one.sent_as is None:
                one.known_note = note
            elif note is not None and note != one.known_note:
                _read_note(one, json.loads(note))
            elif one.was_begun or (not any(depths) and _surely_taken(one)):
                await self._look_after(one)
        _give_turns(waited_for)
        due = [one for one in waited_for if one.is_due and not one.done.done()]
        if due:
            await note_wanted(self._redis, [one.wanted.key for one in due])
            await asyncio.to_thread(self._send, due)

    async def _look_after(self, one: _Waiting) -> None:
        """Nobody is at it: it is in the cache, or it is lost and sent again."""
        if one.done.done():
            return
        try:
            is_kept = await load_clip(self._cache, one.wanted.path) is not None
        except CacheError as error:
            one.done.set_exception(error)
            return
        one.n_lost += 1
        if is_kept:
            one.done.set_result(None)
        elif one.n_lost > _MAX_LOST:
            often = VoiceUnavailable("sentence-lost", n_times=_MAX_LOST)
            one.done.set_exception(often)
        else:
            one.mark_lost()

    async def _require_workers(self) -> None:
        """Fail what nobody has taken for so long that it must be asked whether anybody is there,
        if nobody is; at once, where a moment ago there was nobody either."""
        now_s = time.monotonic()
        patience_s = self._settings.patience_s if self._had_workers else _SURELY_TAKEN_S
        untaken = [
            one
            for one in self._waiting.values()
            if one.sent_as is not None and not one.was_begun and now_s - one.sent_at > patience_s
        ]
        pause_s = _PING_EVERY_S if self._had_workers else _SURELY_TAKEN_S
        if not untaken or now_s - self._pinged_at < pause_s:
            return
        ping = partial(self._app.control.ping, timeout=_PING_S, limit=1)
        answers = await asyncio.to_thread(ping)
        self._pinged_at = time.monotonic()
        self._had_workers = bool(answers)
        for one in untaken:
            if not answers and not one.done.done():
                one.done.set_exception(VoiceUnavailable("no-worker", broker=self._settings.shown))

    def _send(self, due: Sequence[_Waiting]) -> None:
        with self._app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=0, timeout=5)
            with self._app.amqp.Producer(connection) as producer:
                for one in due:
                    level = one.level
                    message: list[Any] = [TaskMessage.of(one.wanted).to_message()]
                    self._app.send_task(TASK, message, priority=level, producer=producer)
                    one.sent_as, one.sent_at = level, time.monotonic()

    def _tell_if_too_long(self, error: Exception) -> None:
        self._away_since = self._away_since or time.monotonic()
        if time.monotonic() - self._away_since > self._settings.patience_s:
            self._fail_all(_away(self._settings, error))

    def _fail_all(self, error: Exception) -> None:
        for one in self._waiting.values():
            if not one.done.done():
                one.done.set_exception(error)


def _give_turns(waited_for: Iterable[_Waiting]) -> None:
    """Say at which level each belongs: the more of its client come before it, the lower."""
    n_before: Counter[str] = Counter()
    for one in sorted(waited_for, key=lambda one: (one.wanted.urgency, not one.was_begun)):
        if not one.done.done():
            one.level = level_of(one.wanted.urgency, n_before[one.client])
            n_before[one.client] += 1


def _read_note(one: _Waiting, note: dict[str, str]) -> None:
    if one.done.done():
        return
    if note["state"] == "ready":
        one.done.set_result(None)
    elif note["state"] == "failed":
        one.done.set_exception(from_json(note["failure"].encode()))
    else:
        one.was_begun = True


def _surely_taken(one: _Waiting) -> bool:
    return time.monotonic() - one.sent_at > _SURELY_TAKEN_S


async def require_broker(settings: ClusterSettings) -> None:
    """Raises VoiceUnavailable if the broker does not answer."""
    redis = connect(settings)
    try:
        await redis.exists("tingwen")
    except _BROKER_DOWN as error:
        raise _away(settings, error) from error
    finally:
        await redis.aclose()


def _away(settings: ClusterSettings, error: Exception) -> VoiceUnavailable:
    brief = " ".join(str(error).split()) or type(error).__name__
    return VoiceUnavailable("broker-away", broker=settings.shown, reason=brief)
