"""One maker an object: leases, so that processes that share a store make nothing twice.

A lease saves work; nothing depends on it for being right. Objects are named by their content
and written whole, so two makers of one object would cost time and do no harm. That is why a
store that cannot lease at all (a file system without locks) grants every lease.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Lease(Protocol):
    """The right to make one object, held until it is released or its process dies."""

    async def release(self) -> None:
        """Let others have it. Never raises."""


class Leases(Protocol):
    """The leases of a store."""

    async def acquire(self, key: str) -> Lease | None:
        """The lease on `key`, or None while somebody else has it.

        Raises CacheUnavailable if the store fails.
        """


class Held:
    """A lease that one quick call gives back."""

    def __init__(self, give_back: Callable[[], object]) -> None:
        self._give_back = give_back

    async def release(self) -> None:
        self._give_back()


async def take_in_thread(take: Callable[[], T], give_back: Callable[[T], object]) -> T:
    """The result of `take`, called in a thread. A caller that is cancelled meanwhile leaves
    nothing taken: a thread cannot be stopped, but what it took is given back."""
    task = asyncio.ensure_future(asyncio.to_thread(take))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:

        def undo(done: asyncio.Future[T]) -> None:
            if not done.cancelled() and done.exception() is None:
                give_back(done.result())

        task.add_done_callback(undo)
        raise
