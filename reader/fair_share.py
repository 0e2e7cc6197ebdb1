"""Fair shares: of what is scarce, threads that compute and connections to a service, each client
gets a turn, however much one of them has asked for.

Whose work it is stands in the context: whoever takes a request sets `current_client`, and all tasks
and threads that it starts inherit it. The command line has one client, "".
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T")

current_client: Final[ContextVar[str]] = ContextVar("current_client", default="")
"""A key or an address for whom work is done."""


class FairQueue(Generic[T]):
    """Items by client: clients take turns, each one's items in the order in which they came."""

    def __init__(self) -> None:
        self._items: OrderedDict[str, deque[T]] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._items)

    def push(self, item: T, client: str) -> None:
        self._items.setdefault(client, deque()).append(item)

    def pop(self) -> T:
        """The next item. Raises KeyError if there is none."""
        client, items = self._items.popitem(last=False)
        item = items.popleft()
        if items:
            self._items[client] = items  # at the end
        return item

    def drain(self) -> list[T]:
        """All that waits, in the order of its turns; nothing is left."""
        drained = []
        while self._items:
            drained.append(self.pop())
        return drained


class FairExecutor(Executor):
    """Threads that take the next client's work when they are free."""

    def __init__(self, n_threads: int, name: str) -> None:
        self._threads = ThreadPoolExecutor(n_threads, name)
        self._lock = threading.Lock()
        self._queue: FairQueue[tuple[Future[Any], Callable[[], Any]]] = FairQueue()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        work = partial(copy_context().run, fn, *args, **kwargs)
        with self._lock:
            self._queue.push((future, work), current_client.get())
        try:
            self._threads.submit(self._run_next)
        except RuntimeError:
            future.cancel()
            raise
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            with self._lock:
                dropped = self._queue.drain()
            for future, _ in dropped:
                future.cancel()
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _run_next(self) -> None:
        """One turn; somebody else's work, more often than not, than what brought it here."""
        with self._lock:
            if not self._queue:
                return  # dropped by a shutdown
            future, work = self._queue.pop()
        if not future.set_running_or_notify_cancel():
            return
        try:
            result = work()
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)


class FairSemaphore:
    """Places of one event loop; who waits gets one in turn. `most_each` bounds what one client
    holds at a time, 0 for all of them."""

    def __init__(self, n_places: int, most_each: int = 0) -> None:
        self._n_free = n_places
        self._most_each = most_each or n_places
        self._n_held: Counter[str] = Counter()
        self._n_waiting: Counter[str] = Counter()
        self._queue: FairQueue[tuple[asyncio.Future[None], str]] = FairQueue()

    def n_waiting(self, client: str) -> int:
        """How many wait for a place in the name of `client`."""
        return self._n_waiting[client]

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place while the context lasts."""
        client = current_client.get()
        await self._take(client)
        try:
            yield
        finally:
            self._n_held[client] -= 1
            if not self._n_held[client]:
                del self._n_held[client]
            self._n_free += 1
            self._hand_on()

    async def _take(self, client: str) -> None:
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.push((granted, client), client)
        self._n_waiting[client] += 1
        self._hand_on()
        try:
            await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled():  # it came together with the end
                self._n_held[client] -= 1
                self._n_free += 1
                self._hand_on()
            raise
        finally:
            self._n_waiting[client] -= 1
            if not self._n_waiting[client]:
                del self._n_waiting[client]

    def _hand_on(self) -> None:
        """Give free places to those whose turn it is; who holds as many as he may waits on."""
        passed: list[tuple[asyncio.Future[None], str]] = []
        while self._n_free and self._queue:
            granted, client = self._queue.pop()
            if granted.done():
                continue  # gone meanwhile
            if self._n_held[client] >= self._most_each:
                passed.append((granted, client))
                continue
            self._n_free -= 1
            self._n_held[client] += 1
            granted.set_result(None)
        if passed:
            later = self._queue.drain()
            for granted, client in (*passed, *later):
                self._queue.push((granted, client), client)
