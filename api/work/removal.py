"""Removal of withdrawn articles: tombstones first, then whatever holds their words or sound.

Everything here may be done twice, and by two processes at once: each step finds what the one
before has left, and a withdrawal that a crash has cut short is taken up from its record.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from api.work.deliveries import forget_deliveries
from api.work.listings import Listings
from api.work.pending_requests import FOLDER as ORDERS
from api.work.pending_requests import PendingRequest, PendingRequests, parsed_request
from audio_cache import Cache, CacheError
from reader.article.canonical import canonical_address
from reader.errors import StorageError
from reader.narration.narrator import Narrator
from reader.narration.withdrawals import Withdrawal, words_of
from reader.synthesis.cache_keys import clip_path, failure_path

_NARRATIONS: Final = "narrations"
_AT_A_TIME: Final = 32
_REMOVED_AT_A_TIME: Final = 500


@dataclass(frozen=True, slots=True)
class _Written:
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stored:
    """A manifest or an order as far as a withdrawal needs it."""

    id: str
    url: str
    words: tuple[str, ...]
    clips: frozenset[str]
    """Of a manifest; of an order they must be computed."""
    data: bytes

    @property
    def address(self) -> str:
        """Its canonical form, "" for none."""
        return canonical_address(self.url)

    @classmethod
    def parsed(cls, key: str, data: bytes) -> _Stored | None:
        """None for what another release kept otherwise."""
        try:
            told: dict[str, Any] = json.loads(data)
            article = told.get("script", told)
            written = _Written(article["title"], tuple(article["paragraphs"]))
            url, words = str(article.get("url", "")), words_of(written)
            clips = frozenset(told.get("clips", ()))
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        return cls(PurePosixPath(key).stem, url, words, clips, data)


class Removal:
    """Withdraws articles of one cache. Methods raise StorageError if the store fails; what was
    begun is then finished by the next try, or when a service starts."""

    def __init__(self, cache: Cache, narrator: Narrator) -> None:
        self._cache, self._narrator = cache, narrator
        self.withdrawals = narrator.store.withdrawals
        self._listings, self._pending = Listings(cache), PendingRequests(cache)

    async def describe(self, narration_id: str) -> Withdrawal | None:
        """What a withdrawal of a narration would be, by its manifest or its order; None if there
        is neither."""
        for kind in (_NARRATIONS, ORDERS):
            stored = await self._load(f"{kind}/{narration_id[:2]}/{narration_id}.json")
            if stored is not None:
                return Withdrawal.now(
                    narration_id, ids=(narration_id,), address=stored.url, words=stored.words
                )
        return None

    async def mark(self, withdrawal: Withdrawal) -> None:
        """Set the tombstones: from now on no door gives it out, and nobody makes it."""
        await self.withdrawals.begin(withdrawal)
        await self.withdrawals.put(withdrawal)

    async def finish(
        self, withdrawal: Withdrawal, in_the_making: Sequence[PendingRequest] = ()
    ) -> Withdrawal:
        """Remove what is marked: all narrations of the article, and the clips that no other one
        uses; the withdrawal with all that was found. `in_the_making` is what this process makes,
        also of other articles."""
        found = await self._related(withdrawal)
        words = {word for one in found for word in one.words}
        named = withdrawal.with_more(ids=[one.id for one in found], words=words)
        clips = {clip for one in found for clip in one.clips}
        clips |= await self._clips_of_orders([one for one in found if not one.clips])
        ours = [asked for asked in in_the_making if _is_same(asked, named)]
        clips |= await self._clips_of(ours)
        named = named.with_more(clips=clips)
        await self.mark(named)
        try:
            is_gone = [await self._remove(narration_id) for narration_id in named.ids]
            await forget_deliveries(self._cache, named.ids)
            others = [asked for asked in in_the_making if asked not in ours]
            await self._remove_clips(named, others)
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        if all(is_gone):
            await self.withdrawals.end(named)
        return named

    async def resume(self) -> None:
        """Finish what a process before this one has begun."""
        for withdrawal in await self.withdrawals.under_way():
            await self.finish(withdrawal)

    async def _remove(self, narration_id: str) -> bool:
        """Whether nothing of a narration is left."""
        await self._listings.remove(narration_id)
        is_order_gone = await self._pending.remove(narration_id)
        return await self._narrator.store.remove(narration_id) and is_order_gone

    async def _remove_clips(self, named: Withdrawal, others: Sequence[PendingRequest]) -> None:
        """Remove those of its clips that nobody else uses."""
        unused = set(named.clips)
        finished: set[str] = set()
        async for manifest in self._stored(_NARRATIONS):
            finished.add(manifest.id)
            if manifest.id not in named.ids:
                unused -= manifest.clips
        if unused:
            orders = [
                order
                async for order in self._stored(ORDERS)
                if order.id not in finished and order.id not in named.ids
            ]
            unused -= await self._clips_of_orders(orders)
            unused -= await self._clips_of(others)
        await self._narrator.stop(unused)
        keys = [path for key in sorted(unused) for path in (clip_path(key), failure_path(key))]
        for start in range(0, len(keys), _REMOVED_AT_A_TIME):
            await self._cache.remove(*keys[start : start + _REMOVED_AT_A_TIME])

    async def _related(self, withdrawal: Withdrawal) -> list[_Stored]:
        """Manifests and orders of the article, by id, by address or by words."""
        address, words = canonical_address(withdrawal.address), set(withdrawal.words)
        return [
            stored
            for kind in (_NARRATIONS, ORDERS)
            async for stored in self._stored(kind)
            if stored.id in withdrawal.ids
            or (address and stored.address == address)
            or not words.isdisjoint(stored.words)
        ]

    async def _clips_of_orders(self, orders: Iterable[_Stored]) -> set[str]:
        requests = [parsed_request(order.data) for order in orders]
        return await self._clips_of([request for request in requests if request is not None])

    async def _clips_of(self, asked: Iterable[PendingRequest]) -> set[str]:
        found: set[str] = set()
        for one in asked:
            found |= await asyncio.to_thread(self._narrator.clip_keys, one.script, one.options)
        return found

    async def _stored(self, kind: str) -> AsyncIterator[_Stored]:
        """All objects of a kind, some at a time; read as if nobody had looked."""
        try:
            keys = [key for key, _ in await self._cache.recent(kind, ".json", sys.maxsize)]
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        for start in range(0, len(keys), _AT_A_TIME):
            for stored in await asyncio.gather(*map(self._load, keys[start : start + _AT_A_TIME])):
                if stored is not None:
                    yield stored

    async def _load(self, key: str) -> _Stored | None:
        try:
            data = await self._cache.get(key, is_use=False)
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        return None if data is None else await asyncio.to_thread(_Stored.parsed, key, data)


def _is_same(asked: PendingRequest, withdrawal: Withdrawal) -> bool:
    address = canonical_address(withdrawal.address)
    is_there = bool(address) and canonical_address(asked.script.url) == address
    return is_there or not set(withdrawal.words).isdisjoint(words_of(asked.script))
