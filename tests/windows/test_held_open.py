"""Files that somebody has open, on a simulated Windows: waited for, or an error that says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.windows.simulation import environment

BEGIN = """
import asyncio, hashlib, pathlib, sys, threading
from audio_cache import Cache, CacheUnavailable, Goal
from reader.atomic_file import replacing
cache = Cache.open("store")
pathlib.Path("source").write_bytes(b"sound" * 1000)
digest = hashlib.sha256(b"sound" * 1000).hexdigest()
key = f"narrations/ab/n1.{digest}.mp3"
asyncio.run(cache.put_file(key, pathlib.Path("source")))
file = cache.local_path(key)
"""
CASES = {
    "a file that is heard is not replaced, and need not be": """
with file.open("rb"):
    asyncio.run(cache.put_file(key, pathlib.Path("source")))
assert asyncio.run(cache.check(key)) == 5000
""",
    "it is left when all is cleared": """
with file.open("rb"):
    asyncio.run(cache.prune(Goal(everything=True)))
    assert file.exists()
asyncio.run(cache.prune(Goal(everything=True)))
assert not file.exists()
""",
    "an object is replaced when its reader has done": """
asyncio.run(cache.put("clips/ab/k", b"old"))
held = cache.local_path("clips/ab/k").open("rb")
threading.Timer(0.2, held.close).start()
asyncio.run(cache.put("clips/ab/k", b"new"))
assert asyncio.run(cache.get("clips/ab/k")) == b"new"
""",
    "what is held for good is an error": """
asyncio.run(cache.put("clips/ab/k", b"old"))
with cache.local_path("clips/ab/k").open("rb"):
    try:
        asyncio.run(cache.put("clips/ab/k", b"new"))
    except CacheUnavailable as error:
        assert "Access is denied" in str(error)
    else:
        raise AssertionError
assert asyncio.run(cache.get("clips/ab/k")) == b"old"
""",
    "what is damaged is set aside, also while it is heard": """
listener = cache.open_file(key)
file.write_bytes(b"noise" * 1000)
try:
    listener.read(0, 10)
except ValueError:
    listener.close()
assert asyncio.run(cache.check(key)) is None
assert not file.exists()
""",
    "a file of ours waits for who looks at the old one": """
target = pathlib.Path("out.mp3")
target.write_bytes(b"old")
held = target.open("rb")
threading.Timer(0.2, held.close).start()
with replacing(target, ".part-") as out:
    out.write(b"new")
assert target.read_bytes() == b"new"
assert not list(pathlib.Path().glob(".part-*"))
""",
}


@pytest.mark.thorough
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_held_open(tmp_path: Path, case: str) -> None:
    command = [sys.executable, "-W", "error", "-c", BEGIN + case]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, encoding="cp950", check=False
    )
    assert done.returncode == 0, done.stderr
