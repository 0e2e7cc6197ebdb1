"""Withdrawing articles from a running service: its jobs end, also those of articles that another
process has withdrawn."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final

from api.work.jobs import Job, Jobs
from api.work.pending_requests import PendingRequest
from api.work.removal import Removal
from audio_cache import Cache
from reader.errors import StorageError, Withdrawn
from reader.narration.narrator import Narrator
from reader.narration.withdrawals import Withdrawal

_LOOK_EVERY_S: Final = 0.5
_LOOK_FAR_EVERY_S: Final = 5.0
"""A look at a bucket costs money; nothing withdrawn is kept as ready meanwhile."""
_log: Final = logging.getLogger("tingwen.withdrawals")


class Withdrawing:
    """The withdrawals of one service. Methods raise StorageError."""

    def __init__(
        self, cache: Cache, narrator: Narrator, jobs: Jobs, forget: Callable[[str], None]
    ) -> None:
        """`forget` lets go of what is kept in memory of the narration with an id."""
        self.removal = Removal(cache, narrator)
        self._withdrawals, self._jobs, self._forget = self.removal.withdrawals, jobs, forget
        self._pause_s = _LOOK_FAR_EVERY_S if cache.is_remote else _LOOK_EVERY_S
        self._tasks: set[asyncio.Task[None]] = set()

    async def withdraw(self, narration_id: str) -> bool:
        """Withdraw the article of a narration; False if nobody knows the id. What was withdrawn
        already is looked through once more. Whoever asks may leave: it is done all the same."""
        withdrawal = await self._withdrawals.find(narration_id)
        if withdrawal is None:
            withdrawal = self._of_job(narration_id) or await self.removal.describe(narration_id)
        if withdrawal is None:
            return False
        await asyncio.shield(self._run(self._withdraw(withdrawal)))
        return True

    async def require_none(self, narration_id: str, job: Job | None = None) -> None:
        """Raises Withdrawn for what must not be given out; nothing of it stays in memory then."""
        try:
            if job is not None:
                await self._require_none_of(job)
            await self._withdrawals.require_none(narration_id=narration_id)
        except Withdrawn:
            self._forget(narration_id)
            raise

    def start(self) -> None:
        """Take up what was left, and watch for what other processes withdraw, until `close`."""
        self._run(self._resume())
        self._run(self._watch())

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def ended(self, job: Job) -> None:
        """A job has ended: if it was withdrawn, what it has left goes as well."""
        if isinstance(job.error, Withdrawn):
            name = job.id
            left = Withdrawal.now(name, ids=(name,), address=job.script.url, words=job.words)
            self._run(self._clear(left, job))

    async def _withdraw(self, withdrawal: Withdrawal) -> None:
        await self.removal.mark(withdrawal)
        _log.info("withdrawn: %s", withdrawal.name)
        await self._look()
        await self.removal.finish(withdrawal, self._in_the_making())
        for narration_id in withdrawal.ids:
            self._forget(narration_id)

    async def _clear(self, withdrawal: Withdrawal, job: Job) -> None:
        try:
            whole = await self._withdrawals.find(job.id) or withdrawal
            own = PendingRequest(job.script, job.options)
            await self.removal.finish(whole, [*self._in_the_making(), own])
        except StorageError as error:
            _log.warning("what was withdrawn is not all removed: %s", error)

    def _of_job(self, narration_id: str) -> Withdrawal | None:
        """Of what was asked for by speech, there is a job and no order."""
        job = self._jobs.get(narration_id)
        if job is None:
            return None
        ids = {job.id, *([job.narration.id] if job.narration is not None else [])}
        return Withdrawal.now(job.id, ids=ids, address=job.script.url, words=job.words)

    def _in_the_making(self) -> list[PendingRequest]:
        return [
            PendingRequest(job.script, job.options)
            for job in self._jobs.all()
            if job.status in ("pending", "speaking")
        ]

    async def _resume(self) -> None:
        try:
            await self.removal.resume()
        except StorageError as error:
            _log.warning("what was withdrawn is not all removed: %s", error)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._pause_s)
            try:
                await self._look()
            except StorageError as error:
                _log.warning("whether something was withdrawn is not known: %s", error)

    async def _look(self) -> None:
        """Stop the jobs of what was withdrawn."""
        for job in self._jobs.all():
            if job.stopped is None:
                try:
                    await self._require_none_of(job)
                except Withdrawn as why:
                    await job.stop(why)
                    self._jobs.release(job)
                    self._forget(job.id)

    async def _require_none_of(self, job: Job) -> None:
        address, words = job.script.url, job.words
        require_none = self._withdrawals.require_none
        await require_none(narration_id=job.id, address=address, words=words)
        if job.narration is not None and job.narration.id != job.id:
            await require_none(narration_id=job.narration.id)

    def _run(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
