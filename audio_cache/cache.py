"""Content-addressed objects in a folder or a bucket, written whole and checked when read.

Small objects (clips, manifests) are sealed with their hash. Large ones (finished audio) are
kept as they are, to be served by path or by range, their hash in their name.

The store's blocking calls are made in threads: its asynchronous ones (obstore 0.12 on Python
3.11) abort about one process in three that ends soon after a call.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import obstore
from obstore.store import ObjectStore

from audio_cache.checked import CHUNK_BYTES, Checked, CheckedFile
from audio_cache.envelope import Corrupt, seal, unseal
from audio_cache.errors import CacheUnavailable
from audio_cache.eviction import Eviction, Goal, Removed
from audio_cache.in_use import InUse
from audio_cache.layout import ASIDE, key_of, kind_of, path_of
from audio_cache.leases import leases_of
from audio_cache.limit import Limit, limit_from_environment
from audio_cache.listing import Releases, recent, usage
from audio_cache.observer import CacheObserver, log
from audio_cache.records import Records
from audio_cache.removal import remove_family
from audio_cache.store import Patience, Store, open_store
from audio_cache.verify import Needs, Verification, Verified

_SIGNED: Final = timedelta(hours=1)
"""How long a signed address works: longer than anybody hears one article."""


class Cache:
    """Objects by key. Every method raises CacheUnavailable if the store fails."""

    def __init__(
        self,
        store: ObjectStore,
        location: str,
        root: Path | None = None,
        *,
        max_bytes: int | None = None,
        observer: CacheObserver | None = None,
    ) -> None:
        self.location, self.max_bytes = location, max_bytes
        self._store = Store.of(store, location, root)
        self.releases = Releases(self._store)
        self.records = Records(self._store)
        self._observer = observer or CacheObserver()
        self._checked = Checked(self._store)
        self._in_use = InUse(self._store)
        self._eviction = Eviction(self._store, self._in_use.uses, self._in_use.pins)
        self._limit = Limit(max_bytes, self._eviction, self._in_use.pins, self._observer)
        self.leases = leases_of(store, location, root)
        """So that processes that share the store make nothing twice."""

    @classmethod
    def open(
        cls,
        location: str = "",
        *,
        max_bytes: int | None = None,
        patience: Patience | None = None,
        observer: CacheObserver | None = None,
    ) -> Cache:
        """Open `location`: a path, `file://`, `memory://`, `s3://bucket/prefix` …; "" means
        TINGWEN_CACHE or the platform's user cache folder. Without `max_bytes` the limit is
        TINGWEN_CACHE_MAX_BYTES.

        Raises BadCacheUrl, BadCacheLimit, or CacheUnavailable if the folder cannot be made.
        """
        limit = limit_from_environment() if max_bytes is None else max_bytes
        store = open_store(location, patience or Patience())
        return cls(store.store, store.location, store.root, max_bytes=limit, observer=observer)

    @property
    def is_remote(self) -> bool:
        """Whether it is across the network."""
        return self._store.is_remote

    async def get(self, key: str, *, is_use: bool = True) -> bytes | None:
        """The payload under `key`, or None. A damaged object is set aside and is None too.
        What is not used goes first when room is needed; just looking `is_use` not."""
        return await self._store.in_thread(self._get, path_of(key), is_use)

    def _get(self, path: str, is_use: bool) -> bytes | None:
        with self._store.errors("cache-unreadable"):
            stored = self._store.get(path)
        payload = None
        if stored is not None:
            try:
                payload = unseal(stored)
            except Corrupt as error:
                self._set_aside(path, str(error))
            if is_use:
                self._in_use.uses.note(path)
        self._observer.looked_up(kind_of(path), payload is not None)
        return payload

    async def put(self, key: str, payload: bytes, *, durable: bool = False) -> None:
        """Keep `payload` under `key`: whole or not at all; also through a power cut, if it is
        to be `durable`. What can be made again need not be."""
        await self._store.in_thread(self._put, path_of(key), seal(payload), durable)

    def _put(self, path: str, stored: bytes, durable: bool) -> None:
        with self._store.errors("cache-unwritable"):
            self._store.put(path, stored)
            if durable:
                self._store.make_durable(path)
        self._limit.wrote(len(stored))

    async def remove(self, *keys: str) -> None:
        """Remove what lies under `keys`, if anything does."""
        await self._store.in_thread(self._remove, [path_of(key) for key in keys])

    def _remove(self, paths: list[str]) -> None:
        with self._store.errors("cache-unclearable"):
            self._store.delete(paths)

    async def remove_family(self, key: str) -> bool:
        """Remove `key` and all that belongs to it, also what is half written or was set aside as
        damaged. Whether nothing of it is left: Windows keeps what is held open."""
        return await self._store.in_thread(remove_family, self._store, path_of(key))

    async def put_file(self, key: str, source: Path, content_type: str = "audio/mpeg") -> None:
        """Keep the bytes of a file as they are, whole or not at all, through a power cut too.
        `key` must end in their SHA-256 and an extension (`ID.SHA256.mp3`)."""
        await self._store.in_thread(self._put_file, path_of(key), source, content_type)

    def _put_file(self, path: str, source: Path, content_type: str) -> None:
        with self._store.errors("cache-unwritable"):
            self._store.put_file(path, source, content_type)
            self._store.make_durable(path)
        self._limit.wrote(source.stat().st_size)

    async def hold(self, key: str) -> None:
        """`key` and what belongs to it are in use: nobody evicts them for some minutes."""
        await self._store.in_thread(self._in_use.hold, path_of(key))

    async def check(self, key: str) -> int | None:
        """Bytes of an object kept by `put_file` that is what its name says; None if there is
        none. A damaged one is set aside and is None too."""
        return await self._store.in_thread(self._check, path_of(key))

    def _check(self, path: str) -> int | None:
        n_bytes = None
        with self._store.errors("cache-unreadable"):
            try:
                n_bytes = self._checked.check(path)
            except Corrupt as error:
                self._set_aside(path, str(error))
        return n_bytes

    def is_unchanged(self, key: str) -> bool:
        """Whether an object was checked in this process and, if it is a file, is as it was:
        one look at a file, none across the network."""
        return self._checked.is_unchanged(path_of(key))

    def open_file(self, key: str) -> CheckedFile | None:
        """A checked object to be read here and there, and held; None if there is none (any
        more) or the store is not a folder. Blocks: call it in a thread."""
        path = path_of(key)
        self._in_use.hold(path)
        if self._store.root is None:
            return None
        with self._store.errors("cache-unreadable"):
            try:
                return self._checked.open(path)
            except FileNotFoundError:
                return None
            except Corrupt as error:
                self._set_aside(path, str(error))
                return None

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """Bytes `start` to `end` of a checked object, a mebibyte at a time."""
        path = path_of(key)
        file = await self._store.in_thread(self.open_file, key)
        try:
            while start < end:
                stop = min(end, start + CHUNK_BYTES)
                yield await self._store.in_thread(self._range, path, file, start, stop)
                start = stop
        finally:
            if file is not None:
                file.close()

    def _range(self, path: str, file: CheckedFile | None, start: int, end: int) -> bytes:
        with self._store.errors("cache-unreadable"):
            try:
                if file is not None:
                    return file.read(start, end - start)
                if self._store.root is None:
                    return self._checked.range(path, start, end)
            except Corrupt as error:
                if file is not None:
                    file.close()  # an open file cannot be moved everywhere
                self._set_aside(path, str(error))
        raise CacheUnavailable("cache-object-gone", key=key_of(path))

    async def signed_url(self, key: str) -> str | None:
        """A URL at which anybody can GET a checked object for an hour, None if the store has
        none."""
        return (
            await self._store.in_thread(self._signed_url, path_of(key)) if self.is_remote else None
        )

    def _signed_url(self, path: str) -> str | None:
        store: Any = self._store.store
        self._in_use.hold(path)
        if self._check(path) is None:
            return None
        with self._store.errors("cache-unreadable"):
            return obstore.sign(store, "GET", path, _SIGNED)

    def local_path(self, key: str) -> Path | None:
        """The file of an object on this machine's disk, or None for a remote store."""
        return None if self._store.root is None else self._store.root / path_of(key)

    async def set_aside(self, key: str, why: str) -> None:
        """Take a damaged object out of the way, keeping its bytes for whoever looks."""
        await self._store.in_thread(self._set_aside, path_of(key), why)

    def _set_aside(self, path: str, why: str) -> None:
        with self._store.errors("cache-unwritable"):
            aside = f"{ASIDE}/{key_of(path)}"
            if not self._store.move(path, aside):
                return
        self._observer.damaged(kind_of(path))
        log.warning("%s is damaged (%s): set aside as %s, made again", path, why, aside)

    async def recent(self, kind: str, suffix: str, limit: int) -> list[tuple[str, datetime]]:
        """The newest keys of a kind that end in `suffix`, with when they were written."""
        return await self._store.in_thread(recent, self._store, kind, suffix, limit)

    async def usage(self) -> dict[str, tuple[int, int]]:
        """Number and bytes of the objects of each kind (`clips`, `narrations` …)."""
        return await self._store.in_thread(usage, self._store)

    async def verify(self, needs: Needs = lambda _key, _payload: ()) -> Verified:
        """Read everything; what is damaged is set aside and told."""
        verification = Verification(self._store, self._set_aside, needs)
        return await self._store.in_thread(verification.run)

    async def prune(self, goal: Goal) -> Removed:
        """Remove what `goal` asks for, but nothing that is in use."""
        return await self._store.in_thread(self._eviction.run, goal)

    async def settle(self) -> None:
        """Wait until the size limit is kept, and note what was used."""
        await self._store.in_thread(self._limit.settle)
        await self._store.in_thread(self._in_use.uses.flush)
