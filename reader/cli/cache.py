"""`tingwen cache`: where the cache is, whether it is sound, and making room in it."""

from __future__ import annotations

import argparse
import json

from audio_cache import Cache, CacheDamaged, Goal, format_bytes
from reader.errors import BadOptions
from reader.narration.store import manifest_needs


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
        print(f"  {kind:<12} {n_objects:>9,} objects  {format_bytes(n_bytes):>9}")
    limit = "no limit" if cache.max_bytes is None else f"limit {format_bytes(cache.max_bytes)}"
    print(f"  {'together':<12} {'':>9}          {format_bytes(total):>9}  ({limit})")
    for release, (n_objects, n_bytes) in sorted(others.items()):
        print(
            f"  another release keeps {n_objects:,} objects, {format_bytes(n_bytes)}, in {release}/"
        )


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
            print(f"damaged, set aside: {key} ({why})")
        print(f"sound: {found.n_objects:,} objects, {format_bytes(found.n_bytes)}")
        if found.n_half_written:
            print(f"half written: {found.n_half_written:,}; `tingwen cache prune` removes them")
    if found.damaged:
        raise CacheDamaged(
            f"{len(found.damaged):,} objects of {cache.location} were damaged and are set aside; "
            "they are made again when they are asked for, but look at the disk"
        )


async def prune(options: argparse.Namespace) -> None:
    """Remove what the options ask for, but nothing that is in use. Raises BadOptions."""
    cache = Cache.open()
    if options.release:
        await _prune_release(cache, options)
        return
    max_bytes = cache.max_bytes if options.max_bytes is None else options.max_bytes
    is_told = options.everything or options.older_than is not None or max_bytes is not None
    if not is_told:
        raise BadOptions(
            "say what is to go: --max-bytes SIZE, --older-than AGE or --all, "
            "or set TINGWEN_CACHE_MAX_BYTES"
        )
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
    verb = "would remove" if options.dry_run else "removed"
    for kind, n_objects in sorted(removed.objects.items()):
        print(f"{verb} {n_objects:,} {kind}")
    if removed.n_leftovers:
        print(f"{verb} {removed.n_leftovers:,} half written files")
    if removed.n_in_use:
        print(f"kept {removed.n_in_use:,} that are in use")
    print(f"{verb} {format_bytes(removed.n_bytes)}, {format_bytes(removed.bytes_left)} are left")


async def _prune_release(cache: Cache, options: argparse.Namespace) -> None:
    """Remove what another release keeps. Raises BadOptions if it keeps nothing."""
    release, others = options.release, await cache.releases.usage()
    if not options.everything or release not in others:
        names = ", ".join(sorted(others)) or "there is none"
        raise BadOptions(f"another release can only go as a whole: --all --release NAME ({names})")
    n_objects, n_bytes = await cache.releases.remove(release, dry_run=options.dry_run)
    if options.json:
        fields = {"location": cache.location, "dry_run": options.dry_run, "release": release}
        _print_json({**fields, "removed": {release: n_objects}, "bytes": n_bytes})
        return
    verb = "would remove" if options.dry_run else "removed"
    print(f"{verb} {n_objects:,} objects of {release}, {format_bytes(n_bytes)}")


def _counts(kinds: dict[str, tuple[int, int]]) -> dict[str, dict[str, int]]:
    return {kind: {"objects": n, "bytes": size} for kind, (n, size) in sorted(kinds.items())}


def _print_json(fields: dict[str, object]) -> None:
    print(json.dumps(fields, indent=2, ensure_ascii=False))
