"""`tingwen cache`: where the cache is and what it holds."""

from __future__ import annotations

import argparse
import json

from audio_cache import Cache


async def info(_: argparse.Namespace) -> None:
    """Print the location, and the objects and bytes of each kind, as JSON."""
    cache = Cache.open()
    usage = await cache.usage()
    kinds = {kind: {"objects": n, "bytes": size} for kind, (n, size) in usage.items()}
    print(json.dumps({"location": cache.location, **kinds}, indent=2))
