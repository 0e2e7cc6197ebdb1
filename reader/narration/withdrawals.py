"""Withdrawals: tombstones of articles that must be neither given out nor made again.

An article is withdrawn by the ids of its narrations, by its address in canonical form, and by its
words, so that neither another spelling of the address nor another voice brings it back. A
tombstone is a record of the cache: nothing but `restore` removes it. It holds no word of the
article; the address is kept, so that who runs the service can see what was withdrawn.

    records/withdrawn/ids/ab/ID            found by every door that is asked for an id
    records/withdrawn/addresses/ab/HASH    found before anything is fetched or made
    records/withdrawn/words/ab/HASH        the same for a text that is sent
    records/withdrawing/ID                 a withdrawal under way: taken up again after a crash
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, Final, Protocol

from audio_cache import Cache, CacheError
from reader.article.canonical import canonical_address
from reader.errors import StorageError, Withdrawn

_TOMBSTONES: Final = "withdrawn"
_UNDER_WAY: Final = "withdrawing"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One article's withdrawal: what it is known by, and what is still to be removed."""

    name: str
    """The id or address that was asked to go."""
    at: str
    """When, ISO 8601."""
    ids: tuple[str, ...] = ()
    address: str = ""
    """As the article had it, "" for none."""
    words: tuple[str, ...] = ()
    """Hashes of what its versions say."""
    clips: tuple[str, ...] = ()
    """Keys of the clips that only it used, as far as they are known; never in a tombstone."""

    @classmethod
    def now(
        cls, name: str, *, ids: Iterable[str] = (), address: str = "", words: Iterable[str] = ()
    ) -> Withdrawal:
        """The withdrawal of `name`, asked for now."""
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(name, moment, tuple(ids), address, tuple(words))

    def with_more(
        self, *, ids: Iterable[str] = (), words: Iterable[str] = (), clips: Iterable[str] = ()
    ) -> Withdrawal:
        """The same with what was found besides."""
        return replace(
            self,
            ids=_together(self.ids, ids),
            words=_together(self.words, words),
            clips=_together(self.clips, clips),
        )

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":")).encode("ascii")

    @classmethod
    def from_json(cls, data: bytes) -> Withdrawal:
        """Raises ValueError or TypeError on what `to_json` did not write."""
        stored: dict[str, Any] = json.loads(data)
        for name in ("ids", "words", "clips"):
            stored[name] = tuple(stored[name])
        return cls(**stored)


class Written(Protocol):
    """An article that somebody wrote: a script, a narration."""

    @property
    def title(self) -> str: ...
    @property
    def paragraphs(self) -> Sequence[str]: ...


def words_of(article: Written) -> tuple[str, ...]:
    """What is the same for two articles that say the same: hashes of their letters and digits,
    without and with the headline, which some doors take for the first paragraph."""
    body = _bare("".join(article.paragraphs))
    return tuple(dict.fromkeys(_hash(text) for text in (body, _bare(article.title) + body) if text))


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


class Withdrawals:
    """The tombstones of a cache. Every method raises StorageError if the store fails: what may be
    withdrawn is not given out."""

    def __init__(self, cache: Cache) -> None:
        self._records = cache.records

    async def require_none(
        self, *, narration_id: str = "", address: str = "", words: Iterable[str] = ()
    ) -> None:
        """Raises Withdrawn if there is a tombstone for any of them; "" is none."""
        if await self.is_there(narration_id=narration_id, address=address, words=words):
            raise Withdrawn("article-withdrawn")

    async def is_there(
        self, *, narration_id: str = "", address: str = "", words: Iterable[str] = ()
    ) -> bool:
        """Whether there is a tombstone for any of them."""
        try:
            return await self._records.has_any(_keys((narration_id,), address, words))
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error

    def has_id(self, narration_id: str) -> bool:
        """Whether there is a tombstone for an id. Blocks across the network."""
        return self._records.has(_id_key(narration_id))

    async def put(self, withdrawal: Withdrawal) -> None:
        """Set the tombstones: when this returns they are there for every process, for good."""
        stone = replace(withdrawal, clips=()).to_json()
        try:
            for key in _keys(withdrawal.ids, withdrawal.address, withdrawal.words):
                await self._records.put(key, stone)
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error

    async def begin(self, withdrawal: Withdrawal) -> None:
        """Note that it is under way, so that it is taken up if this process dies."""
        try:
            await self._records.put(_under_way(withdrawal), withdrawal.to_json())
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error

    async def end(self, withdrawal: Withdrawal) -> None:
        """Note that nothing is left to be removed."""
        try:
            await self._records.remove(_under_way(withdrawal))
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error

    async def under_way(self) -> list[Withdrawal]:
        """Those that some process has begun and not ended."""
        return [found for _, found in await self._read(_UNDER_WAY) if found.at]

    async def find(self, narration_id: str = "", *, address: str = "") -> Withdrawal | None:
        """The withdrawal that set a tombstone."""
        for key in _keys((narration_id,), address, ()):
            try:
                data = await self._records.get(key)
            except CacheError as error:
                raise StorageError("storage-failed", cause=error) from error
            if data is not None:
                return _parsed(data) or Withdrawal(narration_id or address, "", (narration_id,))
        return None

    async def all(self) -> list[Withdrawal]:
        """Every withdrawal, the last first; of a damaged tombstone the id alone."""
        found = {one.name: one for _, one in await self._read(_TOMBSTONES)}
        return sorted(found.values(), key=lambda one: one.at, reverse=True)

    async def restore(self, withdrawal: Withdrawal) -> None:
        """Take its tombstones away: the article may be made again. What was removed stays so."""
        try:
            for key, found in await self._read(_TOMBSTONES):
                if found.name == withdrawal.name:
                    await self._records.remove(key)
            await self._records.remove(_under_way(withdrawal))
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error

    async def _read(self, folder: str) -> list[tuple[str, Withdrawal]]:
        found = []
        try:
            for key in await self._records.keys(folder):
                data = await self._records.get(key)
                if data is not None:  # removed meanwhile
                    stem = PurePosixPath(key).stem
                    found.append((key, _parsed(data) or Withdrawal(stem, "", (stem,))))
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        return found


def _parsed(data: bytes) -> Withdrawal | None:
    try:
        return Withdrawal.from_json(data)
    except (ValueError, TypeError, KeyError):
        return None  # damaged, or of another release


def _together(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))


def _keys(ids: Iterable[str], address: str, words: Iterable[str]) -> list[str]:
    """The keys of the tombstones that may be there; the likeliest first."""
    keys = [_id_key(one) for one in ids if one]
    if canonical := canonical_address(address):
        keys.append(_key("addresses", _hash(canonical)))
    return [*keys, *(_key("words", one) for one in words)]


def _id_key(narration_id: str) -> str:
    return _key("ids", narration_id)


def _key(kind: str, name: str) -> str:
    return f"{_TOMBSTONES}/{kind}/{name[:2]}/{name}"


def _under_way(withdrawal: Withdrawal) -> str:
    return f"{_UNDER_WAY}/{_hash(withdrawal.name)}"
