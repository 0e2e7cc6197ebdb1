"""Objects for tests of the cache, and ways to break them from behind."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import obstore

from audio_cache import Cache
from audio_cache.layout import path_of


def plain_key(data: bytes, name: str = "n1") -> str:
    return f"narrations/ab/{name}.{hashlib.sha256(data).hexdigest()}.mp3"


async def put_plain(cache: Cache, data: bytes, folder: Path, name: str = "n1") -> str:
    """Keep `data` as finished audio is kept; its key."""
    source = folder / "source"
    source.write_bytes(data)
    await cache.put_file(plain_key(data, name), source)
    return plain_key(data, name)


async def read_all(cache: Cache, key: str, start: int, end: int) -> bytes:
    return b"".join([bytes(piece) async for piece in cache.read(key, start, end)])


def store_of(cache: Cache) -> Any:
    return cache._store.store


def raw(cache: Cache, key: str) -> bytes:
    """The bytes as they lie in the store."""
    return bytes(obstore.get(store_of(cache), path_of(key)).bytes())


def overwrite(cache: Cache, key: str, data: bytes) -> None:
    """Put other bytes there, as a broken disk or a careless hand would."""
    obstore.put(store_of(cache), path_of(key), data)


def paths(cache: Cache) -> list[str]:
    return sorted(meta["path"] for batch in obstore.list(store_of(cache)) for meta in batch)
