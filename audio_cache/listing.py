"""What a store holds, counted and by age."""

from __future__ import annotations

from datetime import UTC, datetime
from heapq import nlargest

from audio_cache.layout import ASIDE, SCHEMA, key_of, kind_of, path_of
from audio_cache.place import Place, is_leftover


def usage(place: Place) -> dict[str, tuple[int, int]]:
    """Number and bytes of the objects of each kind (`clips`, `narrations` …, `corrupt`)."""
    found: dict[str, tuple[int, int]] = {}
    with place.errors("read"):
        for prefix in (SCHEMA, ASIDE):
            for entry in place.entries(prefix):
                if not is_leftover(entry):
                    n_objects, n_bytes = found.get(kind_of(entry.path), (0, 0))
                    found[kind_of(entry.path)] = (n_objects + 1, n_bytes + entry.n_bytes)
    return found


def other_releases(place: Place) -> dict[str, tuple[int, int]]:
    """Number and bytes of what releases with another layout keep beside ours."""
    found: dict[str, tuple[int, int]] = {}
    with place.errors("read"):
        for entry in place.entries(""):
            top = entry.path.split("/", 1)[0]
            if top != SCHEMA and top[:1] == "v" and top[1:].isdecimal():
                n_objects, n_bytes = found.get(top, (0, 0))
                found[top] = (n_objects + 1, n_bytes + entry.n_bytes)
    return found


def recent(place: Place, kind: str, suffix: str, limit: int) -> list[tuple[str, datetime]]:
    """The newest keys of a kind that end in `suffix`, with when they were written."""
    with place.errors("read"):
        found = (e for e in place.entries(path_of(kind)) if e.path.endswith(suffix))
        newest = nlargest(limit, found, key=lambda e: (e.modified_s, e.path))
    return [(key_of(e.path), datetime.fromtimestamp(e.modified_s, UTC)) for e in newest]
