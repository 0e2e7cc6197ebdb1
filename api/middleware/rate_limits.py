"""Rate limits and client addresses: the address behind trusted proxies, and how often it may."""

from __future__ import annotations

import ipaddress
import logging
import math
import time
from importlib import import_module
from typing import Any, Final

from limits import RateLimitItem, parse_many
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError

from api.complaints import InvalidValue
from reader.errors import BadOptions

_REDIS_S: Final = 1.0
_NOBODY: Final = "unknown"
_log: Final = logging.getLogger("tingwen.limits")


def valid_limits(text: str) -> str:
    """Limits as the library `limits` writes them. Raises ValueError."""
    try:
        parse_many(text or "1/second")
    except ValueError as error:
        raise InvalidValue("rate-malformed") from error
    return text


def valid_networks(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        try:
            ipaddress.ip_network(value)
        except ValueError as error:
            raise InvalidValue("network-malformed", value=value) from error
    return values


def address_of(host: str) -> str:
    """The address that stands for a client: its IPv4 address, or the /64 that one household or
    machine has of IPv6. What is no address, such as a hostile X-Forwarded-For, is nobody's."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _NOBODY
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((int(address) >> 64 << 64, 64)))
    return str(address)


class RateLimits:
    """Counts what clients ask for, in this process or in a Redis that several share."""

    def __init__(self, per_key: str, per_address: str, store: str = "") -> None:
        self._per_key = _items(per_key)
        self._per_address = _items(per_address)
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._pool = _pool(store) if store else None
        self._shared: MovingWindowRateLimiter | None = None
        if self._pool is not None:
            shared = RedisStorage(
                f"async+{store}",
                wrap_exceptions=True,
                implementation="redispy",
                connection_pool=self._pool,
            )
            self._shared = MovingWindowRateLimiter(shared)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._pool is not None:
            await self._pool.aclose()

    async def wait_s(self, key: str | None, address: str) -> int:
        """Count one request: 0 if it may pass, or the seconds to wait."""
        items, who = (self._per_key, f"key {key}") if key else (self._per_address, address)
        if self._shared is not None:
            try:
                return await _wait_s(self._shared, items, who)
            except StorageError as error:
                # Better to count alone than to let everybody through, or nobody.
                _log.warning("the store of the rate limits fails: %s", type(error).__name__)
        return await _wait_s(self._own, items, who)


async def _wait_s(limiter: MovingWindowRateLimiter, items: list[RateLimitItem], who: str) -> int:
    wait = 0.0
    for item in items:
        if not await limiter.hit(item, who):
            window = await limiter.get_window_stats(item, who)
            wait = max(wait, window.reset_time - time.time(), 1.0)
    return math.ceil(wait)


def _items(text: str) -> list[RateLimitItem]:
    return parse_many(text) if text else []


def _pool(url: str) -> Any:
    """Connections that give up soon: a request waits for them."""
    try:
        asyncio_redis = import_module("redis.asyncio")
        return asyncio_redis.ConnectionPool.from_url(
            url, socket_timeout=_REDIS_S, socket_connect_timeout=_REDIS_S
        )
    except (ImportError, ValueError) as error:
        raise BadOptions("rate-store-bad", reason=type(error).__name__) from error
