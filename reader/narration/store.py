"""Narration store: finished narrations in the cache, found only whole, kept so that
none is half there."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from audio_cache import Cache, CacheError, CheckedFile
from reader.errors import StorageError
from reader.mpeg import whole_frames
from reader.narration.model import Narration
from reader.narration.withdrawals import Withdrawals
from reader.synthesis.cache_keys import audio_path, manifest_path


class NarrationStore:
    """Narrations by their id. The methods say what they raise."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self.withdrawals = Withdrawals(cache)

    async def load(self, narration_id: str, *, to_hear: bool = True) -> Narration | None:
        """A ready narration, whole and checked, or None, as for one that was withdrawn; one
        `to_hear` is held for its listener, one that is only to be listed is as if nobody had
        looked.

        Raises StorageError. A manifest without its sound is set aside: it must not look ready.
        """
        if await self.withdrawals.is_there(narration_id=narration_id):
            return None
        key = manifest_path(narration_id)
        try:
            stored = await self._cache.get(key, is_use=to_hear)
            if stored is None:
                return None
            narration = Narration.from_json(stored)
            if to_hear:
                await self._cache.hold(key)
            n_bytes = await self._cache.check(_audio(narration))
            if n_bytes == narration.audio_bytes:
                return narration
            await self._cache.set_aside(key, "its sound is gone or damaged")
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        except (ValueError, KeyError, TypeError):
            return None  # another release's manifest: made again
        return None

    async def keep(self, narration: Narration, audio: Path) -> None:
        """Call it ready: whatever ends this process afterwards, it is. Raises CacheError."""
        key = manifest_path(narration.id)
        await self._cache.hold(key)
        await self._cache.put_file(_audio(narration), audio)
        # The manifest comes last: what it names is already there, whole and on the disk.
        await self._cache.put(key, narration.to_json(), durable=True)

    async def remove(self, narration_id: str) -> bool:
        """Remove a narration, whoever uses it. Whether nothing of it is left. Raises CacheError."""
        return await self._cache.remove_family(manifest_path(narration_id))

    async def recent(self, limit: int) -> list[tuple[str, datetime]]:
        """Ids of the newest, newest first, and when they were made. Raises StorageError."""
        try:
            found = await self._cache.recent("narrations", ".json", limit)
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        return [(PurePosixPath(key).stem, moment) for key, moment in found]

    async def check_storage(self) -> None:
        """Write and read a byte. Raises StorageError."""
        try:
            await self._cache.put("checks/ready", b"1")
            if await self._cache.get("checks/ready") != b"1":
                raise StorageError("cache-forgets")
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error

    def is_unchanged(self, narration: Narration) -> bool:
        """Whether the sound is what it was when it was checked; a look at a local file only."""
        return self._cache.is_unchanged(_audio(narration))

    def path(self, narration: Narration) -> Path | None:
        """The file of the sound on this machine, None if the cache is remote."""
        return self._cache.local_path(_audio(narration))

    def open(self, narration: Narration) -> CheckedFile | None:
        """The sound to be read here and there; None if it is gone, or no file of this machine.
        Blocks. Raises CacheError."""
        return self._cache.open_file(_audio(narration))

    def read(self, narration: Narration, start: int, end: int) -> AsyncIterator[bytes]:
        """Bytes `start` to `end` of the sound. Raises CacheError."""
        return self._cache.read(_audio(narration), start, end)

    def frames(self, narration: Narration) -> AsyncGenerator[bytes, None]:
        """The frames of the sound without what its file has around them. Raises CacheError."""
        return whole_frames(self.read(narration, *narration.sound_span))

    async def signed_url(self, narration: Narration) -> str | None:
        """A URL at which anybody can GET the sound for an hour, if the store has one. Raises
        CacheError."""
        return await self._cache.signed_url(_audio(narration))


def manifest_needs(key: str, payload: bytes) -> list[str]:
    """The keys that the object under `key` names, for `Cache.verify`; nothing, if only another
    release can read it: its seal is whole, and it is not ours to call damaged."""
    if not key.startswith("narrations/"):
        return []
    try:
        return [_audio(Narration.from_json(payload))]
    except (ValueError, KeyError, TypeError):
        return []


def _audio(narration: Narration) -> str:
    return audio_path(narration.id, narration.audio_sha256)
