"""Workers on a queue of sources that grows while they work: feeds lead to more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from audio_cache import CacheError
from reader.errors import StorageError
from reader.podcast.outcome import Outcome
from reader.podcast.progress import Watcher
from reader.podcast.sources import Source


class WorkerPool:
    """So many workers; what fails goes into the outcome, and they go on."""

    def __init__(self, n_workers: int, outcome: Outcome, watcher: Watcher) -> None:
        self._n_workers = n_workers
        self._outcome = outcome
        self._watcher = watcher
        self._queue: asyncio.Queue[Source] = asyncio.Queue()

    def add(self, sources: Sequence[Source]) -> None:
        """More to do, also while the pool is at work."""
        for source in sources:
            self._queue.put_nowait(source)
        self._watcher.found(len(sources))

    async def run(
        self, sources: Sequence[Source], work: Callable[[Source], Awaitable[None]]
    ) -> None:
        """Have `work` done on every source. Raises StorageError: then nothing can be done."""
        self.add(sources)
        workers = [asyncio.create_task(self._worker(work)) for _ in range(self._n_workers)]
        all_done = asyncio.create_task(self._queue.join())
        try:
            await asyncio.wait([all_done, *workers], return_when=asyncio.FIRST_COMPLETED)
            for worker in workers:
                if worker.done():
                    worker.result()  # only a failing disk ends a worker
        finally:
            for task in (all_done, *workers):
                task.cancel()
            await asyncio.gather(all_done, *workers, return_exceptions=True)

    async def _worker(self, work: Callable[[Source], Awaitable[None]]) -> None:
        while True:
            source = await self._queue.get()
            try:
                await work(source)
            except StorageError:
                raise
            except CacheError as error:
                raise StorageError("storage-failed", cause=error) from error
            except Exception as error:
                self._outcome.fail(source.location, error, source.order, source.feed)
            self._watcher.finished(source.order)
            self._queue.task_done()
