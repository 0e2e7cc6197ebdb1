"""Worker: a task message in, a clip in the cache, a note that it is there."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

from celery import Celery, Task
from celery.signals import worker_process_shutdown

from audio_cache import Cache, CacheError
from reader.cluster.app import TASK, celery_app
from reader.cluster.settings import ClusterSettings
from reader.cluster.task_message import TaskMessage
from reader.cluster.task_status import ALIVE_S, Stopped, TaskStatus, connect
from reader.errors import StorageError, TingwenError, VoiceRefused, VoiceUnavailable
from reader.synthesis.cache_keys import clip_path
from reader.synthesis.in_process import Urgency, Wanted, load_clip, speak_and_keep
from reader.voices import Voices
from reader.voices.baker import BakerVoice
from reader.voices.kokoro import KokoroVoice

_MAX_TRIES: Final = 3
"""Of a clip whose worker dies each time: it is the clip that kills them."""
_RETRY_AFTER_S: Final = {Urgency.LISTENER: (0.5,), Urgency.BATCH: (1.0, 2.0, 4.0)}
"""Where a voice is unavailable. Somebody who waits is better served by the next voice soon."""

_log: Final = logging.getLogger("tingwen.cluster")


class Again(Exception):
    """The voice is unavailable: another try may help, perhaps of another worker."""

    def __init__(self, after_s: float) -> None:
        super().__init__(f"again in {after_s} s")
        self.after_s = after_s


class WorkerContext:
    """Resources of one worker process: opened after the fork, kept from message to message."""

    def __init__(self, settings: ClusterSettings, n_threads: int) -> None:
        self._settings = settings
        self._runner = asyncio.Runner()
        self._cache = Cache.open()
        self._voices = Voices(
            {
                "baker": lambda variant: BakerVoice(variant, n_threads),
                "kokoro": lambda variant: KokoroVoice(variant, n_threads),
            }
        )
        self._redis = connect(settings)
        self._status = TaskStatus(self._redis)

    def work(self, message: TaskMessage, n_retries: int) -> None:
        """Have the clip in the cache, or tell why it is not there. Raises Again."""
        self._runner.run(self._work(message, n_retries))

    def close(self) -> None:
        self._runner.run(self._close())
        self._runner.close()

    async def _close(self) -> None:
        await self._voices.close()
        await self._redis.aclose()

    async def _work(self, message: TaskMessage, n_retries: int) -> None:
        try:
            await self._speak_once(message)
        except Stopped:
            _log.info("a clip that nobody wants any more is left alone")
        except VoiceUnavailable as error:
            pauses_s = _RETRY_AFTER_S[message.urgency]
            if n_retries >= len(pauses_s):
                await self._status.tell_failure(message.key, error)
                return
            pause_s = pauses_s[n_retries]
            await self._status.tell(message.key, "waiting", pause_s + ALIVE_S)
            raise Again(pause_s) from error
        except TingwenError as error:
            await self._status.tell_failure(message.key, error)
        except CacheError as error:
            await self._status.tell_failure(
                message.key, StorageError("storage-failed", cause=error)
            )
        except Exception as error:  # a mistake of ours must not leave anybody waiting
            kind = type(error).__name__
            _log.exception("a clip failed unexpectedly")
            told = TingwenError("unexpected", name=kind)
            await self._status.tell_failure(message.key, told)

    async def _speak_once(self, message: TaskMessage) -> None:
        """Speak it, if it is not there and nobody is at it."""
        path = clip_path(message.key)
        if await self._status.is_stopped(message.key):
            raise Stopped
        if await load_clip(self._cache, path) is None:
            lease = await self._cache.leases.acquire(path)
            if lease is None:
                # Should whoever has it die, this note is all that makes those who wait look.
                await self._status.tell(message.key, "waiting", ALIVE_S)
                return
            try:
                # It may have been made between the look and the lease.
                if await load_clip(self._cache, path) is None:
                    await self._speak(message)
            finally:
                await lease.release()
        await self._status.tell(message.key, "ready")

    async def _speak(self, message: TaskMessage) -> None:
        async with self._status.speaking(message.key):
            if await self._status.try_number(message.key) > _MAX_TRIES:
                # The count stays: another copy of this task kills no more workers.
                raise VoiceRefused("workers-died", n_tries=_MAX_TRIES)
            try:
                wanted = self._to_wanted(message)
                async with asyncio.timeout(self._settings.clip_limit_s):
                    await speak_and_keep(self._cache, wanted, lambda _: None)
                if await self._status.is_stopped(message.key):  # while it was being kept
                    await self._cache.remove(wanted.path)
                    raise Stopped
            except TimeoutError as error:
                raise VoiceUnavailable(
                    "sentence-too-slow", voice=message.voice, limit_s=self._settings.clip_limit_s
                ) from error
            finally:
                await self._status.clear_tries(message.key)

    def _to_wanted(self, message: TaskMessage) -> Wanted:
        voice = self._voices.open(message.voice)
        wanted = Wanted(message.line, voice, message.prosody, message.urgency)
        if wanted.key != message.key:
            raise VoiceRefused("worker-version-differs", voice=message.voice)
        return wanted


def worker_app(settings: ClusterSettings, concurrency: int, n_threads: int) -> Celery:
    """The application of a worker that speaks `concurrency` clips at a time, each on so many
    threads where the voice is the embedded one."""
    app = celery_app(settings)
    app.set_current()
    app.conf.worker_concurrency = concurrency
    contexts: list[WorkerContext] = []

    @app.task(name=TASK, bind=True, max_retries=None)  # type: ignore[untyped-decorator]
    def speak(task: Task, message: dict[str, Any]) -> None:
        if not contexts:
            contexts.append(WorkerContext(settings, n_threads))
        try:
            contexts[0].work(TaskMessage.from_message(message), task.request.retries)
        except Again as again:
            raise task.retry(countdown=again.after_s) from again

    @worker_process_shutdown.connect(weak=False)  # type: ignore[untyped-decorator]
    def let_go(**_: object) -> None:
        if contexts:
            contexts.pop().close()

    return app
