"""Deliveries that are still to be made: kept in the cache until a receiver has taken them, so that
a service which ends, or is killed, makes them when it starts again.

The receiver's address stays out of the cache, since it may hold a token: only its hash tells
to which of the configured ones a delivery goes.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from audio_cache import Cache, CacheError, Lease

_FOLDER: Final = "deliveries"
_MOST: Final = 1000
"""Taken up at a start; older ones are left for the next."""
_LONGEST_S: Final = 3 * 24 * 3600
"""After three days a receiver that has not taken it never will."""
_log: Final = logging.getLogger("tingwen.webhooks")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message for one receiver."""

    message_id: str
    receiver: str
    """Hash of its address."""
    body: str
    since_s: float
    """When it was first to be made, seconds of Unix time."""

    @classmethod
    def new(cls, message_id: str, url: str, body: str) -> Delivery:
        return cls(message_id, hash_of(url), body, time.time())

    @property
    def key(self) -> str:
        """Where it lies in the cache."""
        return f"{_FOLDER}/{self.message_id[-2:]}/{self.message_id}-{self.receiver}.json"


def hash_of(url: str) -> str:
    """What stands for a receiver's address."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


class Deliveries:
    """Those that wait. A cache that fails loses none that is under way: it is logged, and made
    without being kept."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def keep(self, delivery: Delivery) -> None:
        data = json.dumps(asdict(delivery), ensure_ascii=True).encode("ascii")
        try:
            await self._cache.put(delivery.key, data, durable=True)
        except CacheError as error:
            _log.warning("webhook %s is not kept: %s", delivery.message_id, error.kind)

    async def forget(self, delivery: Delivery) -> None:
        try:
            await self._cache.remove(delivery.key)
        except CacheError as error:
            _log.warning("webhook %s may be sent again: %s", delivery.message_id, error.kind)

    async def take(self, delivery: Delivery) -> Lease | None:
        """The right to make it, None if another process does."""
        try:
            return await self._cache.leases.acquire(delivery.key)
        except CacheError:
            return None

    async def waiting(self) -> list[Delivery]:
        """Those that a process before this one has not made; what is too old is given up."""
        found: list[Delivery] = []
        try:
            for key, _ in await self._cache.recent(_FOLDER, ".json", _MOST):
                delivery = _parsed(await self._cache.get(key, is_use=False))
                if delivery is None:
                    await self._cache.remove(key)
                elif time.time() - delivery.since_s > _LONGEST_S:
                    _log.error("webhook %s is given up after three days", delivery.message_id)
                    await self.forget(delivery)
                else:
                    found.append(delivery)
        except CacheError as error:
            _log.warning("webhooks that wait cannot be read: %s", error.kind)
        return found


async def forget_deliveries(cache: Cache, narration_ids: Iterable[str]) -> None:
    """Make none that tells of these narrations: their titles go with them. Raises CacheError."""
    wanted = tuple(narration_ids)
    for key, _ in await cache.recent(_FOLDER, ".json", _MOST):
        delivery = _parsed(await cache.get(key, is_use=False))
        if delivery is not None and any(one in delivery.body for one in wanted):
            await cache.remove(key)


def _parsed(data: bytes | None) -> Delivery | None:
    try:
        return Delivery(**json.loads(data)) if data is not None else None
    except (ValueError, TypeError):
        return None  # of another release
