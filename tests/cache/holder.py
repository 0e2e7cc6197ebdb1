"""Processes beside the test's own: one that hears a narration and stays, one that makes room."""

from __future__ import annotations

import asyncio
import sys

from audio_cache import Cache, Goal


async def hold(location: str, key: str) -> None:
    cache = Cache.open(location)
    await cache.hold(key)
    print("held", flush=True)
    await asyncio.Event().wait()


async def prune(location: str, max_bytes: str) -> None:
    await Cache.open(location).prune(Goal(max_bytes=int(max_bytes)))


if __name__ == "__main__":
    asyncio.run({"hold": hold, "prune": prune}[sys.argv[1]](*sys.argv[2:4]))
