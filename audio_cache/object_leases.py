"""Leases on a bucket: objects made only where there is none, kept alive by their holder.

No two clocks are compared. The holder rewrites its object every few seconds, which changes the
object's ETag; whoever wants the lease watches the ETag with its own monotonic clock, and when
that has not changed for as long as a lease lasts, the holder is dead. The object is then
replaced on condition that it still has the ETag that was watched: of all who try, the store
lets one succeed.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
import uuid
from collections import OrderedDict
from contextlib import suppress
from typing import Any, Final

import obstore
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    NotFoundError,
    NotSupportedError,
    PreconditionError,
)
from obstore.store import ObjectStore

from audio_cache.errors import CacheUnavailable
from audio_cache.lease import Held, Lease, take_in_thread

_FOLDER: Final = "leases"
TTL_S: Final = 12.0
"""A dead holder's lease is taken over after so long."""
_BEATS_A_TTL: Final = 4
_MAX_WATCHED: Final = 10_000
_CANNOT: Final = (NotImplementedError, NotSupportedError)
_LOST: Final = (PreconditionError, NotFoundError, FileNotFoundError, AlreadyExistsError)


class ObjectLeases:
    """Leases of all who share a bucket."""

    def __init__(self, store: ObjectStore, location: str, ttl_s: float = TTL_S) -> None:
        self._store = store
        self._location = location
        self._ttl_s = ttl_s
        self._watched: OrderedDict[str, tuple[str | None, float]] = OrderedDict()
        """ETags of leases that others hold, and since when we know them."""

    async def acquire(self, key: str) -> Lease | None:
        path = f"{_FOLDER}/{hashlib.sha256(key.encode()).hexdigest()}"
        try:
            if path not in self._watched:  # a look costs a tenth of a try
                with suppress(AlreadyExistsError):
                    return await self._put(path, "create")
            return await self._take_over(path)
        except _CANNOT:
            return Held(lambda: None)
        except _LOST:
            return None
        except (BaseError, OSError) as error:
            brief = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise CacheUnavailable(
                "cache-unwritable", location=self._location, reason=brief
            ) from error

    async def _take_over(self, path: str) -> Lease | None:
        """The lease of a holder that has given it back, or has shown no life for a whole term,
        or None."""
        try:
            meta = await asyncio.to_thread(obstore.head, self._store, path)
        except (NotFoundError, FileNotFoundError):
            return await self._put(path, "create")
        e_tag, now = meta.get("e_tag"), time.monotonic()
        seen = self._watched.get(path)
        if seen is None or seen[0] != e_tag:
            self._watched[path] = e_tag, now
            if len(self._watched) > _MAX_WATCHED:
                self._watched.popitem(last=False)
            return None
        if now - seen[1] < self._ttl_s:
            return None
        return await self._put(path, _condition_of(meta))

    async def _put(self, path: str, mode: Any) -> Lease:
        began = time.monotonic()
        version = await take_in_thread(
            lambda: obstore.put(self._store, path, uuid.uuid4().bytes, mode=mode),
            lambda _: asyncio.get_running_loop().run_in_executor(None, self._delete, path),
        )
        self._watched.pop(path, None)
        return _ObjectLease(self._store, path, version, began, self._ttl_s)

    def _delete(self, path: str) -> None:
        with suppress(BaseError, OSError):
            obstore.delete(self._store, path)


class _ObjectLease:
    """A lease with its heart beating while the event loop runs."""

    def __init__(
        self, store: ObjectStore, path: str, version: Any, since: float, ttl_s: float
    ) -> None:
        self._store = store
        self._path = path
        self._version = version
        self._alive_at = since
        self._ttl_s = ttl_s
        self._beating = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._ttl_s / _BEATS_A_TTL)
            began = time.monotonic()
            try:
                mode = _condition_of(self._version)
                self._version = await asyncio.to_thread(
                    obstore.put, self._store, self._path, uuid.uuid4().bytes, mode=mode
                )
            except _LOST:
                self._alive_at = 0.0
                return
            except (BaseError, OSError):
                continue  # perhaps the next one arrives
            self._alive_at = began

    async def release(self) -> None:
        self._beating.cancel()
        await asyncio.gather(self._beating, return_exceptions=True)
        # After half a term without a sign of life somebody else may be about to hold it, and
        # deleting has no condition: then it is left to expire.
        if time.monotonic() - self._alive_at < self._ttl_s / 2:
            with suppress(BaseError, OSError):
                await asyncio.to_thread(obstore.delete, self._store, self._path)


def _condition_of(version: Any) -> Any:
    """The condition under which an object is replaced: S3 and Azure go by the ETag, Google by
    the version; what a store does not have must be left out."""
    return {name: version[name] for name in ("e_tag", "version") if version.get(name)}
