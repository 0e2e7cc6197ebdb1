"""Narrations in the making: one synthesis an article, however many listen.

A job writes the frames it gets to a spool file; each listener reads that file at its own
pace, so a slow one costs no memory and a leaving one costs nothing.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import tempfile
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Final
from weakref import WeakSet

from api.models import Status
from reader.errors import StorageError, TingwenError
from reader.narration.assembly import Listener, Progress
from reader.narration.model import Narration, TimedUtterance
from reader.narration.narrator import Narrator, ReadOptions
from reader.narration.withdrawals import words_of
from reader.script import Script

_CHUNK_BYTES: Final = 64 * 1024
_MOST_ENDED: Final = 200
"""Remembered of those that failed or that another voice read, with their texts."""
_log: Final = logging.getLogger("tingwen.jobs")


class Restarted(Exception):
    """Another voice began the article anew: what was streamed is not its beginning."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some bytes of what is being made."""

    data: bytes
    etag: str
    """Of the voice's one go at the article: what it has said does not change."""


class _Spool:
    """Frames on disk, growing: a temporary file without a name, gone with its last reader."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0, prefix="tingwen-live-")  # noqa: SIM115
        self._guard = threading.Lock()
        """Windows has no pread and pwrite: the file has one position for all."""
        self.n_bytes = 0
        self.etag = f'"live-{secrets.token_hex(8)}"'

    def append(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            with self._guard:
                self._file.seek(self.n_bytes)
                n_written = self._file.write(view)
            self.n_bytes += n_written
            view = view[n_written:]

    def read(self, offset: int) -> bytes:
        """Some of the frames from there on."""
        with self._guard:
            self._file.seek(offset)
            return self._file.read(_CHUNK_BYTES)

    def __del__(self) -> None:
        self._file.close()


class Job(Listener):
    """One article being narrated. `narration` is set when it is ready, `error` if it failed."""

    def __init__(
        self, narration_id: str, script: Script, options: ReadOptions, narrator: Narrator
    ) -> None:
        self.id = narration_id
        self._narrator = narrator
        self.script = script
        self.options = options
        self.timed: list[TimedUtterance] = []
        self.voice = ""
        self.why: tuple[TingwenError, ...] = ()
        """Why another voice speaks than the wanted one."""
        self.narration: Narration | None = None
        self.error: TingwenError | None = None
        self.was_made_elsewhere = False
        """Whether another process makes it, and tells whoever wants to know."""
        self._spool: _Spool | None = None
        self._was_found = False
        """Whether it was ready elsewhere before we had spoken all of it ourselves."""
        self._changed = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.stopped: TingwenError | None = None
        """Why nobody gets any more of it, though there is some."""
        self.may_fall_back = options.fallback
        """Whether another voice may still take over."""
        self.words = words_of(script)
        """As its withdrawal would name them."""

    @property
    def status(self) -> Status:
        if self.narration is not None:
            return "ready"
        if self.error is not None:
            return "failed"
        return "speaking" if self.timed else "pending"

    @property
    def coverage(self) -> float:
        """Share of the sentences with something to say that are joined already."""
        wanted = sum(1 for u in self.script.utterances if u.spoken)
        return sum(1 for u in self.timed if u.spoken) / wanted if wanted else 0.0

    async def run(self) -> None:
        """Narrate to the end; never raises but when cancelled."""
        try:
            self.narration = await self._narrator.narrate(self.script, self.options, self)
            self.voice, self.why = self.narration.voice, self.narration.why
            if len(self.timed) < len(self.narration.utterances):
                self._was_found, self.timed = True, list(self.narration.utterances)
        except TingwenError as error:
            self.error = error
        except OSError as error:
            self.error = StorageError("spool-failed", reason=error)
        except Exception as error:  # a mistake of ours must not leave listeners waiting
            _log.exception("narration %s failed unexpectedly", self.id)
            self.error = TingwenError("unexpected", name=type(error).__name__)
        finally:
            self._spool = None  # whoever still listens holds it
            self._notify()

    async def stop(self, why: TingwenError) -> None:
        """End the work, and what its listeners still get of it, for `why`; returns when nothing of
        it runs any more."""
        self.stopped = why
        if self.narration is None:
            self.error = why
        if self.task is not None and not self.task.done():
            self.task.cancel()
            await asyncio.wait([self.task])
        self._notify()

    async def listen(self) -> AsyncIterator[bytes]:
        """The frames from the first, as they come, to the end.

        Raises Restarted if another voice took over, TingwenError if the narration failed.
        """
        spool: _Spool | None = None
        offset = 0
        while True:
            changed = self._changed
            if self.stopped is not None:
                raise self.stopped
            if spool is None:
                spool = self._spool
            elif self._spool is not None and self._spool is not spool:
                raise Restarted
            if spool is not None and offset < spool.n_bytes:
                data = await asyncio.to_thread(spool.read, offset)
                offset += len(data)
                yield data
            elif self.error is not None:
                raise self.error
            elif self.narration is None:
                await changed.wait()
            elif not offset:  # it was over before we began to listen
                async for data in self._narrator.store.frames(self.narration):
                    yield data
                return
            elif self._was_found:
                raise Restarted
            else:
                return

    async def part(self, start: int, end: int | None) -> Part | None:
        """Some of the bytes from `start` on, before `end`, as soon as there are any; None where
        the work has ended without them.

        Raises TingwenError if the narration failed.
        """
        while True:
            changed, spool = self._changed, self._spool
            if self.stopped is not None:
                raise self.stopped
            if spool is not None and spool.n_bytes > start:
                data = await asyncio.to_thread(spool.read, start)
                return Part(data if end is None else data[: end - start], spool.etag)
            if self.error is not None:
                raise self.error
            if self.narration is not None:
                return None
            await changed.wait()

    async def events(self) -> AsyncIterator[TimedUtterance | None]:
        """The utterances from the first, as they become ready, to the end of the work.

        None where another voice began anew: what came before it counts no longer.
        """
        timed, position = self.timed, 0
        while True:
            changed = self._changed
            if timed is not self.timed:
                timed, begun, position = self.timed, position > 0, 0
                if begun:
                    yield None
            while position < len(timed) and self.stopped is None:
                yield timed[position]
                position += 1
            if self.status in ("ready", "failed"):
                return
            await changed.wait()

    def begins(self, voice: str) -> None:
        """A voice begins the article: what another one left unfinished is forgotten."""
        self.voice = voice
        self.timed = []
        self._spool = _Spool()

    def allows_fallback(self) -> bool:
        return self.may_fall_back

    def falls_back(self, why: tuple[TingwenError, ...]) -> None:
        self.why = why

    def heard(self, frames: bytes) -> None:
        if self._spool is not None:
            self._spool.append(frames)
        self._notify()

    def spoken(self, progress: Progress) -> None:
        self.timed.append(progress.utterance)
        self._notify()

    def made_elsewhere(self) -> None:
        self.was_made_elsewhere = True

    def _notify(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


class Jobs:
    """All narrations in the making, by id, and those that failed lately."""

    def __init__(self, narrator: Narrator, on_end: Callable[[Job], None] = lambda _: None) -> None:
        self._narrator = narrator
        self._on_end = on_end
        self._jobs: dict[str, Job] = {}
        self._ended: deque[Job] = deque()
        self._known: WeakSet[Job] = WeakSet()
        """Also those that are remembered by nobody but their listeners."""

    def get(self, narration_id: str) -> Job | None:
        return self._jobs.get(narration_id)

    def start(self, narration_id: str, script: Script, options: ReadOptions) -> tuple[Job, bool]:
        """Start a job, or join the one that runs; one that failed is tried again.

        Returns the job and whether it is new.
        """
        job = self._jobs.get(narration_id)
        if job is not None and job.error is None:
            return job, False
        job = self._jobs[narration_id] = Job(narration_id, script, options, self._narrator)
        self._known.add(job)
        job.task = asyncio.create_task(job.run())
        job.task.add_done_callback(lambda _: self._forget(job))
        return job, True

    async def close(self) -> None:
        """Stop everything that runs."""
        tasks = [job.task for job in self._jobs.values() if job.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, job: Job) -> None:
        """A ready narration is found in the cache under its own id; only one that another
        voice read must be remembered under the id that was asked for, and one that failed, for
        those who ask why. Not for ever: a request is kept in the cache."""
        self._on_end(job)
        self._ended.append(job)
        if job.narration is not None and job.narration.id == job.id:
            self._drop(job)
        while len(self._ended) > _MOST_ENDED:
            self._drop(self._ended[0])

    def release(self, job: Job) -> None:
        """Remember a job no longer that has ended."""
        if job in self._ended:
            self._drop(job)

    def all(self) -> list[Job]:
        """Those that run, that ended and are remembered, or are still listened to."""
        return list(self._known)

    def _drop(self, job: Job) -> None:
        self._ended.remove(job)
        if self._jobs.get(job.id) is job:
            del self._jobs[job.id]
