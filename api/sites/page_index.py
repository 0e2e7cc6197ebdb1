"""Page index: which narrations an address has, the last first, kept in the cache for good.

A record holds the address and ids, no word of the article. The narration that was ready before an
edit is given out until the new one is.
"""

from __future__ import annotations

import hashlib
import json
from typing import Final

from audio_cache import Cache, CacheError
from reader.article.canonical import canonical_address
from reader.errors import StorageError

_FOLDER: Final = "pages"
_KEPT: Final = 3
"""The last one, that before it, and one more, should the last have failed."""


class PageIndex:
    """Ids of narrations by the address of their page. Raises StorageError."""

    def __init__(self, cache: Cache) -> None:
        self._records = cache.records

    async def find(self, address: str) -> list[str]:
        """The last one first; none for a page of which nothing was made."""
        try:
            data = await self._records.get(_key(address))
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        try:
            return [str(one) for one in json.loads(data or b"{}").get("ids", [])]
        except (ValueError, AttributeError, TypeError):
            return []  # damaged: made again

    async def put(self, address: str, narration_id: str, instead_of: str = "") -> None:
        """Make `narration_id` the last one of a page; the one that it replaces goes."""
        before = await self.find(address)
        others = [one for one in before if one not in (narration_id, instead_of)]
        ids = [narration_id, *others][:_KEPT]
        if ids == before:
            return
        data = json.dumps({"address": address, "ids": ids}, ensure_ascii=True).encode("ascii")
        try:
            await self._records.put(_key(address), data)
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error


def _key(address: str) -> str:
    name = hashlib.sha256(canonical_address(address).encode()).hexdigest()[:32]
    return f"{_FOLDER}/{name[:2]}/{name}"
