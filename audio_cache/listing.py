"""Listings of a store: counted, and by age."""

from __future__ import annotations

from datetime import UTC, datetime
from heapq import nlargest

from audio_cache.layout import ASIDE, SCHEMA, key_of, kind_of, path_of
from audio_cache.store import Store, is_leftover


def usage(store: Store) -> dict[str, tuple[int, int]]:
    """Number and bytes of the objects of each kind (`clips`, `narrations` …, `corrupt`)."""
    found: dict[str, tuple[int, int]] = {}
    with store.errors("cache-unreadable"):
        for prefix in (SCHEMA, ASIDE):
            for entry in store.entries(prefix):
                if not is_leftover(entry):
                    n_objects, n_bytes = found.get(kind_of(entry.path), (0, 0))
                    found[kind_of(entry.path)] = (n_objects + 1, n_bytes + entry.n_bytes)
    return found


class Releases:
    """Objects of releases with another layout beside ours: `v1`, `v3` …"""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def usage(self) -> dict[str, tuple[int, int]]:
        """Number and bytes of the objects of each. Raises CacheUnavailable."""
        return await self._store.in_thread(self._usage)

    async def remove(self, release: str, *, dry_run: bool) -> tuple[int, int]:
        """Number and bytes of what is removed of one: all of it, also what it is using now.
        Raises CacheUnavailable."""
        return await self._store.in_thread(self._remove, release, dry_run)

    def _usage(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        with self._store.errors("cache-unreadable"):
            for entry in self._store.entries(""):
                top = entry.path.split("/", 1)[0]
                if top != SCHEMA and top[:1] == "v" and top[1:].isdecimal():
                    n_objects, n_bytes = found.get(top, (0, 0))
                    found[top] = (n_objects + 1, n_bytes + entry.n_bytes)
        return found

    def _remove(self, release: str, dry_run: bool) -> tuple[int, int]:
        with self._store.errors("cache-unclearable"):
            prefixes = (release, f"corrupt/{release}", f"used/{release}")
            entries = [e for prefix in prefixes for e in self._store.entries(prefix)]
            if not dry_run:
                self._store.delete([entry.path for entry in entries])
        return len(entries), sum(entry.n_bytes for entry in entries)


def recent(store: Store, kind: str, suffix: str, limit: int) -> list[tuple[str, datetime]]:
    """The newest keys of a kind that end in `suffix`, with when they were written."""
    with store.errors("cache-unreadable"):
        found = (e for e in store.entries(path_of(kind)) if e.path.endswith(suffix))
        newest = nlargest(limit, found, key=lambda e: (e.modified_s, e.path))
    return [(key_of(e.path), datetime.fromtimestamp(e.modified_s, UTC)) for e in newest]
