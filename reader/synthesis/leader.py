"""Leader election for one narration: of the processes that are asked for it one leads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from audio_cache import CacheError, Lease, Leases

_FIRST_LOOK_S: Final = 0.1
_LOOK_EVERY_S: Final = 1.0
"""A look at a bucket costs money, and a listener who follows has sentences ahead."""


class Leadership:
    """The lease on one narration, ours or to be taken over as soon as it is free."""

    def __init__(self, leases: Leases, key: str) -> None:
        self._leases = leases
        self._key = key
        self._lease: Lease | None = None

    @property
    def is_held(self) -> bool:
        return self._lease is not None

    async def try_to_take(self) -> bool:
        """Whether it is ours, now or already. Raises CacheError if the store fails."""
        if self._lease is None:
            self._lease = await self._leases.acquire(self._key)
        return self.is_held

    async def keep_trying(self) -> None:
        """Return when it is ours: whoever led has finished, failed or died."""
        pause_s = _FIRST_LOOK_S
        while not self.is_held:
            await asyncio.sleep(pause_s)
            pause_s = min(_LOOK_EVERY_S, 1.5 * pause_s)
            try:
                await self.try_to_take()
            except CacheError:
                continue  # the clips will say so

    async def release(self) -> None:
        lease, self._lease = self._lease, None
        if lease is not None:
            await lease.release()


@asynccontextmanager
async def stand_for_leader(leases: Leases, key: str) -> AsyncIterator[Leadership]:
    """The leadership of a narration while the context lasts. Raises CacheError."""
    taken = Leadership(leases, key)
    await taken.try_to_take()
    trying = asyncio.create_task(taken.keep_trying())
    try:
        yield taken
    finally:
        trying.cancel()
        await asyncio.gather(trying, return_exceptions=True)
        await taken.release()
