"""Records: small objects that must outlive what is cached, such as that something was withdrawn.

They lie beside every layout (`records/…`), so no eviction, no size limit and no `prune --all`
takes them, and a release with another layout finds them as well.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from typing import Final

from audio_cache.envelope import Corrupt, seal, unseal
from audio_cache.layout import RECORDS
from audio_cache.store import NOT_FOUND, Store, is_leftover

_NO_FOLDER: Final = (FileNotFoundError, NotADirectoryError)


class Records:
    """Records of one store by key. Every method raises CacheUnavailable if the store fails."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def put(self, key: str, payload: bytes) -> None:
        """Keep `payload` for good: it is there when this returns, through a power cut too."""
        await self._store.in_thread(self._put, _path(key), seal(payload))

    async def get(self, key: str) -> bytes | None:
        """The payload under `key`, None if there is no record; empty if it is damaged, since
        that there is one still counts."""
        return await self._store.in_thread(self._get, _path(key))

    async def has_any(self, keys: Iterable[str]) -> bool:
        """Whether there is a record under one of `keys`: a look at files, which nobody waits
        for, or a question to the store."""
        paths = [_path(key) for key in keys]
        if not self._store.is_remote:
            return any(map(self._has, paths))
        for path in paths:
            if await self._store.in_thread(self._has, path):
                return True
        return False

    def has(self, key: str) -> bool:
        """Whether there is a record under `key`. Blocks across the network."""
        return self._has(_path(key))

    async def remove(self, key: str) -> None:
        """Remove the record under `key`, if there is one."""
        await self._store.in_thread(self._remove, _path(key))

    async def keys(self, folder: str) -> list[str]:
        """All keys below `folder`, in order."""
        return await self._store.in_thread(self._keys, _path(folder))

    def _put(self, path: str, stored: bytes) -> None:
        with self._store.errors("cache-unwritable"):
            self._store.put(path, stored)
            self._store.make_durable(path)

    def _get(self, path: str) -> bytes | None:
        with self._store.errors("cache-unreadable"):
            stored = self._store.get(path)
        try:
            return None if stored is None else unseal(stored)
        except Corrupt:
            return b""

    def _has(self, path: str) -> bool:
        with self._store.errors("cache-unreadable"):
            try:
                if self._store.root is not None:
                    mode = os.stat(self._store.file(path)).st_mode  # noqa: PTH116 (a Path costs more)
                    return stat.S_ISREG(mode)
                self._store.head(path)
            except (*NOT_FOUND, *_NO_FOLDER):
                return False
        return True

    def _remove(self, path: str) -> None:
        with self._store.errors("cache-unclearable"):
            self._store.delete([path])

    def _keys(self, prefix: str) -> list[str]:
        with self._store.errors("cache-unreadable"):
            found = (e for e in self._store.entries(prefix) if not is_leftover(e))
            return sorted(e.path.removeprefix(f"{RECORDS}/") for e in found)


def _path(key: str) -> str:
    return f"{RECORDS}/{key}"
