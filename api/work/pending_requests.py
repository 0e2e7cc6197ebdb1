"""Pending requests: what was asked for, kept in the cache, so that every process of a
service can answer for it.

A narration is asked of one process, and its audio of another: behind a proxy nobody knows
which. The request is in the cache before the id is given out, so whichever process is asked for
an id joins the work, or takes it up where a process that died has left it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError

from audio_cache import Cache, CacheError
from reader.errors import StorageError, TingwenError
from reader.narration.narrator import ReadOptions
from reader.script import Script

FOLDER: Final = "orders"


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """Request of a narration: what to read, and how."""

    script: Script
    options: ReadOptions


_STORED: Final = TypeAdapter(PendingRequest)


class PendingRequests:
    """Scripts and options by the id of their narration."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def keep(self, narration_id: str, script: Script, options: ReadOptions) -> None:
        """Raises StorageError."""
        fields = asdict(PendingRequest(script, options))
        data = json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode("ascii")
        try:
            await self._cache.put(_path(narration_id), data)
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error

    async def find(self, narration_id: str) -> PendingRequest | None:
        """The request under an id, or None. Raises StorageError."""
        try:
            data = await self._cache.get(_path(narration_id))
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        return None if data is None else parsed_request(data)

    async def remove(self, narration_id: str) -> bool:
        """Whether nothing is left of the request, also of one set aside. Raises CacheError."""
        return await self._cache.remove_family(_path(narration_id))


def parsed_request(data: bytes) -> PendingRequest | None:
    """A request as it is kept; None if another release kept it otherwise."""
    try:
        return _STORED.validate_json(data)
    except (ValidationError, TingwenError):
        return None


def _path(narration_id: str) -> str:
    return f"{FOLDER}/{narration_id[:2]}/{narration_id}.json"
