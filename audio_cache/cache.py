"""Content-addressed objects in a folder or a bucket, written whole and checked when read.

Small objects (clips, manifests) are sealed with their hash. Large ones (finished audio) are
kept as they are, to be served by path or by range; their hash is known to whoever stores
them, in a sealed manifest that is written after them.

The store's blocking calls are made in threads: its asynchronous ones (obstore 0.12 on Python
3.11) abort about one process in three that ends soon after a call.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import obstore
import platformdirs
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from audio_cache.envelope import Corrupt, seal, unseal
from audio_cache.errors import BadCacheUrl, CacheUnavailable
from audio_cache.leases import leases_of

SCHEMA: Final = "v1"
"""First part of every key: two releases with different layouts share a folder safely."""

_ASIDE: Final = "corrupt"
_RETRY_TIMEOUT: Final = timedelta(seconds=20)
_CHUNK_BYTES: Final = 1 << 20


class Cache:
    """Objects by key. Every method raises CacheUnavailable if the store fails."""

    def __init__(self, store: ObjectStore, location: str, root: Path | None = None) -> None:
        self._store = store
        self._location = location
        self._root = root
        self.leases = leases_of(store, location, root)
        """So that processes that share the store make nothing twice."""

    @classmethod
    def open(cls, location: str = "") -> Cache:
        """Open `location`: a path, `file://`, `memory://`, `s3://bucket/prefix` …; "" means
        TINGWEN_CACHE or the platform's user cache folder. Raises BadCacheUrl."""
        location = location or os.environ.get("TINGWEN_CACHE", "")
        if not location:
            location = str(platformdirs.user_cache_path("tingwen"))
        scheme = urlsplit(location).scheme
        if scheme == "memory":
            return cls(MemoryStore(), location)
        try:
            if scheme in ("", "file"):
                root = Path(urlsplit(location).path if scheme else location).absolute()
                return cls(LocalStore(root, mkdir=True), str(root), root)
            return cls(from_url(location, retry_config={"retry_timeout": _RETRY_TIMEOUT}), location)
        except BaseError as error:
            raise BadCacheUrl(
                f"cannot open the cache {location!r} ({_brief(error)}); "
                "set TINGWEN_CACHE to a folder or a store's URL"
            ) from error

    @property
    def location(self) -> str:
        return self._location

    async def get(self, key: str) -> bytes | None:
        """The payload under `key`, or None. A damaged object is set aside and is None too."""
        path = _path(key)
        try:
            stored = await asyncio.to_thread(lambda: bytes(obstore.get(self._store, path).bytes()))
        except (NotFoundError, FileNotFoundError):
            return None
        except (BaseError, OSError) as error:
            raise self._unavailable("read", error) from error
        try:
            return unseal(stored)
        except Corrupt:
            await self._set_aside(path)
            return None

    async def put(self, key: str, payload: bytes) -> None:
        """Keep `payload` under `key`: whole or not at all."""
        await self._write(obstore.put, self._store, _path(key), seal(payload))

    async def put_file(self, key: str, source: Path) -> None:
        """Keep the bytes of a file as they are: whole or not at all."""
        await self._write(obstore.put, self._store, _path(key), source)

    async def size(self, key: str) -> int | None:
        """Bytes of an object kept by `put_file`, or None."""
        try:
            return (await asyncio.to_thread(obstore.head, self._store, _path(key)))["size"]
        except (NotFoundError, FileNotFoundError):
            return None
        except (BaseError, OSError) as error:
            raise self._unavailable("read", error) from error

    async def sha256(self, key: str) -> str:
        """Hash of the bytes of an object kept by `put_file`, "" if there is none."""
        digest = hashlib.sha256()
        size = await self.size(key)
        if size is None:
            return ""
        async for chunk in self.read(key, 0, size):
            digest.update(chunk)
        return digest.hexdigest()

    async def usage(self) -> dict[str, tuple[int, int]]:
        """Number and bytes of the objects of each kind (`clips`, `narrations` …)."""
        try:
            return await asyncio.to_thread(self._usage)
        except (BaseError, OSError) as error:
            raise self._unavailable("read", error) from error

    def _usage(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for batch in obstore.list(self._store, prefix=SCHEMA):
            for entry in batch:
                kind = entry["path"].split("/")[1]
                n_objects, n_bytes = found.get(kind, (0, 0))
                found[kind] = (n_objects + 1, n_bytes + entry["size"])
        return found

    async def recent(self, kind: str, suffix: str, limit: int) -> list[tuple[str, datetime]]:
        """The newest keys of a kind that end in `suffix`, with when they were written."""
        try:
            newest = await asyncio.to_thread(self._newest, kind, suffix, limit)
        except (BaseError, OSError) as error:
            raise self._unavailable("read", error) from error
        return [(path.removeprefix(f"{SCHEMA}/"), moment) for moment, path in newest]

    def _newest(self, kind: str, suffix: str, limit: int) -> list[tuple[datetime, str]]:
        newest: list[tuple[datetime, str]] = []
        for batch in obstore.list(self._store, prefix=f"{SCHEMA}/{kind}"):
            found = ((entry["last_modified"], entry["path"]) for entry in batch)
            newest += [pair for pair in found if pair[1].endswith(suffix)]
            newest = sorted(newest, reverse=True)[:limit]
        return newest

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """Bytes `start` to `end` of an object kept by `put_file`, a mebibyte at a time."""
        path = _path(key)
        try:
            while start < end:
                stop = min(end, start + _CHUNK_BYTES)
                yield await asyncio.to_thread(self._range, path, start, stop)
                start = stop
        except (BaseError, OSError) as error:
            raise self._unavailable("read", error) from error

    def _range(self, path: str, start: int, end: int) -> bytes:
        return bytes(obstore.get_range(self._store, path, start=start, end=end))

    def local_path(self, key: str) -> Path | None:
        """Where an object lies on this machine's disk, or None for a remote store."""
        return None if self._root is None else self._root / _path(key)

    async def set_aside(self, key: str) -> None:
        """Take a damaged object out of the way, keeping its bytes for whoever looks."""
        await self._set_aside(_path(key))

    async def _set_aside(self, path: str) -> None:
        try:
            await asyncio.to_thread(obstore.rename, self._store, path, f"{_ASIDE}/{path}")
        except (NotFoundError, FileNotFoundError):
            return
        except (BaseError, OSError) as error:
            raise self._unavailable("write", error) from error

    async def _write(self, put: Callable[..., object], *arguments: object) -> None:
        try:
            await asyncio.to_thread(put, *arguments)
        except (BaseError, OSError) as error:
            raise self._unavailable("write", error) from error

    def _unavailable(self, doing: str, error: Exception) -> CacheUnavailable:
        return CacheUnavailable(
            f"cannot {doing} the cache {self._location} ({_brief(error)}); "
            "check its space and permissions, or set TINGWEN_CACHE"
        )


def _path(key: str) -> str:
    return f"{SCHEMA}/{key}"


def _brief(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
