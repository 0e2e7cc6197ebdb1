"""Listings: which narrations stand in the feed, for everybody; the others are found only by those
who know their address."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

from audio_cache import Cache, CacheError
from reader.errors import StorageError

_FOLDER: Final = "listings"


class Listings:
    """Ids of listed narrations, kept in the cache. All methods raise StorageError."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def add(self, narration_id: str) -> None:
        try:
            await self._cache.put(_path(narration_id), b"{}")
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error

    async def has(self, narration_id: str) -> bool:
        try:
            return await self._cache.get(_path(narration_id)) is not None
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error

    async def remove(self, narration_id: str) -> None:
        """It stands in no feed any more."""
        try:
            await self._cache.remove(_path(narration_id))
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error

    async def follow(self, wanted_id: str, narration_id: str) -> None:
        """List what another voice than the wanted one has read, if what was wanted is listed."""
        if await self.has(wanted_id):
            await self.add(narration_id)

    async def recent(self, limit: int) -> list[tuple[str, datetime]]:
        """Ids of those listed last, the last first, and when they were."""
        try:
            found = await self._cache.recent(_FOLDER, ".json", limit)
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        return [(PurePosixPath(key).stem, moment) for key, moment in found]


def _path(narration_id: str) -> str:
    return f"{_FOLDER}/{narration_id[:2]}/{narration_id}.json"
