"""Making room in a folder of 50,000 objects, and what whoever writes notices of it.

    python -m bench.cache.clearing

One pass over everything that finds nothing to do, against `find -printf` of the same folder;
a pass that removes half; and the time of one `put` and of one `get` while a thread clears,
against the same at rest. Limits: ten times `find` for the pass, three times for the median of
a call.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from audio_cache import Cache, Goal
from audio_cache.envelope import seal

N_OBJECTS: Final = 50_000
PAYLOAD: Final = bytes(2_000)
N_CALLS: Final = 300
MOST_OF_FIND: Final = 10.0
MOST_OF_REST: Final = 3.0


def filled(folder: Path) -> None:
    sealed, long_ago = seal(PAYLOAD), time.time() - 10**6
    for n in range(N_OBJECTS):
        key = hashlib.sha256(n.to_bytes(4, "big")).hexdigest()
        path = folder / "v2" / "clips" / key[:2] / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sealed)
        os.utime(path, (long_ago + n, long_ago + n))


def found_by_find(folder: Path) -> float:
    began = time.perf_counter()
    command = ["find", str(folder), "-type", "f", "-printf", "%p %s %T@\n"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


async def seconds(call: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await call()
    return time.perf_counter() - began


async def median_ms(cache: Cache, name: str) -> dict[str, float]:
    puts, gets = [], []
    for n in range(N_CALLS):
        key = f"clips/zz/{name}{n}"
        puts.append(await seconds(lambda key=key: cache.put(key, PAYLOAD)))  # type: ignore[misc]
        gets.append(await seconds(lambda key=key: cache.get(key)))  # type: ignore[misc]
    return {"put": statistics.median(puts) * 1e3, "get": statistics.median(gets) * 1e3}


async def measured(folder: Path) -> bool:
    cache = Cache.open(str(folder))
    find_s = min(found_by_find(folder) for _ in range(3))
    look = Goal(max_bytes=10**12, above_bytes=0)
    look_s = min([await seconds(lambda: cache.prune(look)) for _ in range(3)])
    ratio = look_s / find_s
    print(f"a look at {N_OBJECTS:,} objects: {look_s:.2f} s, {ratio:.1f} × find ({find_s:.2f} s)")
    rest = await median_ms(cache, "rest")
    half = Goal(max_bytes=N_OBJECTS // 2 * len(seal(PAYLOAD)))
    began = time.perf_counter()
    clearing = asyncio.create_task(cache.prune(half))
    busy = await median_ms(cache, "busy")
    removed = await clearing
    took_s = time.perf_counter() - began
    print(f"removing {removed.n_objects:,} of them beside {2 * N_CALLS} calls: {took_s:.1f} s")
    worst = 0.0
    for call in ("put", "get"):
        worst = max(worst, busy[call] / rest[call])
        print(
            f"{call}: {busy[call]:.2f} ms while clearing, {rest[call]:.2f} ms at rest: "
            f"{busy[call] / rest[call]:.1f} ×"
        )
    return ratio <= MOST_OF_FIND and worst <= MOST_OF_REST


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        filled(Path(place))
        sys.exit(0 if asyncio.run(measured(Path(place))) else 1)
