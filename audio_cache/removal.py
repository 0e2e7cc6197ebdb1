"""Removal of what must go, whoever uses it, and not merely to make room."""

from __future__ import annotations

from audio_cache.layout import ASIDE, family_of, key_of, plain_sha256
from audio_cache.store import ObjectEntry, Store


def remove_family(store: Store, path: str) -> bool:
    """Remove the family of `path`, its head first, with what is half written or set aside as
    damaged. Whether nothing is left. Raises CacheUnavailable."""
    with store.errors("cache-unclearable"):
        found = _members(store, path)
        store.delete([entry.path for entry in found if not plain_sha256(entry.path)])
        store.delete([entry.path for entry in found if plain_sha256(entry.path)])
        return not (found and _members(store, path))


def _members(store: Store, path: str) -> list[ObjectEntry]:
    families = (family_of(path), f"{ASIDE}/{key_of(family_of(path))}")
    return [
        entry
        for family in families
        for entry in store.entries(family.rpartition("/")[0])
        if family_of(entry.path) == family
    ]
