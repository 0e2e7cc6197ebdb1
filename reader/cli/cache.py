"""`tingwen cache`: where the cache is, whether it is sound, and making room in it."""

from __future__ import annotations

import argparse
import json
from typing import Final, NamedTuple

from audio_cache import Cache, CacheDamaged, Goal, Removed, format_bytes
from reader.errors import BadOptions
from reader.messages.text import say
from reader.narration.store import manifest_needs


class _Removal(NamedTuple):
    """What is said of what goes, or would."""

    objects: str
    half_written: str
    together: str
    release: str


_REMOVED: Final = _Removal(
    "removed {n_objects:,} {kind}",
    "removed {n_objects:,} half written files",
    "removed {size}, {left} are left",
    "removed {n_objects:,} objects of {release}, {size}",
)
_WOULD_REMOVE: Final = _Removal(
    "would remove {n_objects:,} {kind}",
    "would remove {n_objects:,} half written files",
    "would remove {size}, {left} are left",
    "would remove {n_objects:,} objects of {release}, {size}",
)


async def info(options: argparse.Namespace) -> None:
    """Print the location, and the objects and bytes of each kind."""
    cache = Cache.open()
    kinds, others = await cache.usage(), await cache.releases.usage()
    total = sum(n_bytes for _, n_bytes in kinds.values())
    if options.json:
        _print_json(
            {
                "location": cache.location,
                "max_bytes": cache.max_bytes,
                "bytes": total,
                "kinds": _counts(kinds),
                "other_releases": _counts(others),
            }
        )
        return
    print(cache.location)
    for kind, (n_objects, n_bytes) in sorted(kinds.items()):
        row = "  {kind:<12} {n_objects:>9,} objects  {size:>9}"
        print(say(row, kind=kind, n_objects=n_objects, size=format_bytes(n_bytes)))
    limit = say("no limit")
    if cache.max_bytes is not None:
        limit = say("limit {size}", size=format_bytes(cache.max_bytes))
    print(f"  {say('together'):<12} {'':>9}          {format_bytes(total):>9}  ({limit})")
    for release, (n_objects, n_bytes) in sorted(others.items()):
        told = "another release keeps {n_objects:,} objects, {size}, in {release}/"
        size = format_bytes(n_bytes)
        print(f"  {say(told, n_objects=n_objects, size=size, release=release)}")


async def verify(options: argparse.Namespace) -> None:
    """Read everything. Raises CacheDamaged if an object was damaged; it is set aside then."""
    cache = Cache.open()
    found = await cache.verify(manifest_needs)
    if options.json:
        _print_json(
            {
                "location": cache.location,
                "objects": found.n_objects,
                "bytes": found.n_bytes,
                "half_written": found.n_half_written,
                "damaged": found.damaged,
            }
        )
    else:
        for key, why in sorted(found.damaged.items()):
            print(say("damaged, set aside: {key} ({why})", key=key, why=_reason(why)))
        size = format_bytes(found.n_bytes)
        print(say("sound: {n_objects:,} objects, {size}", n_objects=found.n_objects, size=size))
        if found.n_half_written:
            told = "half written: {n:,}; `tingwen cache prune` removes them"
            print(say(told, n=found.n_half_written))
    if found.damaged:
        n_damaged = len(found.damaged)
        raise CacheDamaged("cache-damaged", n_objects=n_damaged, location=cache.location)


async def prune(options: argparse.Namespace) -> None:
    """Remove what the options ask for, but nothing that is in use. Raises BadOptions."""
    cache = Cache.open()
    if options.release:
        await _prune_release(cache, options)
        return
    max_bytes = cache.max_bytes if options.max_bytes is None else options.max_bytes
    is_told = options.everything or options.older_than is not None or max_bytes is not None
    if not is_told:
        raise BadOptions("nothing-to-prune")
    goal = Goal(max_bytes, options.older_than, options.everything, dry_run=options.dry_run)
    removed = await cache.prune(goal)
    if options.json:
        _print_json(
            {
                "location": cache.location,
                "dry_run": options.dry_run,
                "removed": removed.objects,
                "bytes": removed.n_bytes,
                "half_written": removed.n_leftovers,
                "in_use": removed.n_in_use,
                "bytes_left": removed.bytes_left,
            }
        )
        return
    _print_removed(removed, _WOULD_REMOVE if options.dry_run else _REMOVED)


def _print_removed(removed: Removed, words: _Removal) -> None:
    for kind, n_objects in sorted(removed.objects.items()):
        print(say(words.objects, n_objects=n_objects, kind=kind))
    if removed.n_leftovers:
        print(say(words.half_written, n_objects=removed.n_leftovers))
    if removed.n_in_use:
        print(say("kept {n:,} that are in use", n=removed.n_in_use))
    size, left = format_bytes(removed.n_bytes), format_bytes(removed.bytes_left)
    print(say(words.together, size=size, left=left))


async def _prune_release(cache: Cache, options: argparse.Namespace) -> None:
    """Remove what another release keeps. Raises BadOptions if it keeps nothing."""
    release, others = options.release, await cache.releases.usage()
    if not options.everything or release not in others:
        names = ", ".join(sorted(others)) or say("there is none")
        raise BadOptions("release-not-whole", names=names)
    n_objects, n_bytes = await cache.releases.remove(release, dry_run=options.dry_run)
    if options.json:
        fields = {"location": cache.location, "dry_run": options.dry_run, "release": release}
        _print_json({**fields, "removed": {release: n_objects}, "bytes": n_bytes})
        return
    told = (_WOULD_REMOVE if options.dry_run else _REMOVED).release
    print(say(told, n_objects=n_objects, release=release, size=format_bytes(n_bytes)))


def _reason(why: str) -> str:
    """Why an object is damaged, in the user's language."""
    what, colon, key = why.partition(": ")
    return say(f"{what}: {{key}}", key=key) if colon else say(why)


def _counts(kinds: dict[str, tuple[int, int]]) -> dict[str, dict[str, int]]:
    return {kind: {"objects": n, "bytes": size} for kind, (n, size) in sorted(kinds.items())}


def _print_json(fields: dict[str, object]) -> None:
    print(json.dumps(fields, indent=2, ensure_ascii=False))
