"""Room is made by what was used least lately, and never by what is in use."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audio_cache import Cache, CacheObserver, CacheUnavailable, Goal
from audio_cache.layout import USED
from audio_cache.use_log import HOUR_S
from tests.cache.objects import paths, plain_key, put_plain, read_all

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING = Goal(everything=True)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "store")


def clip(n: int) -> str:
    return f"clips/ab/{n:03}"


def written_hours_ago(cache: Cache, key: str, hours: float) -> None:
    path = cache.local_path(key)
    assert path is not None
    os.utime(path, (time.time() - hours * HOUR_S,) * 2)


async def kept_clips(cache: Cache) -> list[str]:
    return [key for n in range(100) if await cache.get(key := clip(n), is_use=False) is not None]


async def with_old_clips(location: str, n_clips: int) -> Cache:
    """Of 1,044 bytes each; the higher the number, the younger."""
    cache = Cache.open(location)
    for n in range(n_clips):
        await cache.put(clip(n), bytes(1000))
        written_hours_ago(cache, clip(n), 100 - n)
    return cache


async def test_the_least_recently_used_go_first(folder: str) -> None:
    cache = await with_old_clips(folder, 10)
    other = Cache.open(folder)  # as another process would
    await other.get(clip(2))
    await other.settle()
    await cache.get(clip(5))
    removed = await cache.prune(Goal(max_bytes=4 * 1044))
    assert await kept_clips(cache) == [clip(2), clip(5), clip(8), clip(9)]
    assert removed.objects == {"clips": 6}
    assert (removed.n_bytes, removed.bytes_left) == (6 * 1044, 4 * 1044)


async def test_what_was_not_used_for_long_goes(folder: str) -> None:
    cache = await with_old_clips(folder, 10)
    await cache.get(clip(0))
    await cache.prune(Goal(unused_s=95.5 * HOUR_S))
    assert await kept_clips(cache) == [clip(n) for n in (0, 5, 6, 7, 8, 9)]


async def test_a_dry_run_only_tells(folder: str) -> None:
    cache = await with_old_clips(folder, 10)
    would = await cache.prune(Goal(max_bytes=0, dry_run=True))
    assert would.objects == {"clips": 10}
    assert len(await kept_clips(cache)) == 10


async def test_what_is_damaged_goes_before_what_is_whole(folder: str) -> None:
    cache = await with_old_clips(folder, 3)
    await cache.set_aside(clip(2), "a test")
    await cache.prune(Goal(max_bytes=2 * 1044))
    assert await kept_clips(cache) == [clip(0), clip(1)]
    assert not [path for path in paths(cache) if path.startswith("corrupt/")]


async def test_a_manifest_goes_before_its_sound(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the moment at which it stops: no manifest without sound."""
    cache = Cache.open(folder)
    key = await put_plain(cache, b"sound" * 100, tmp_path)
    await cache.put("narrations/ab/n1.json", b"manifest")
    gone: list[str] = []
    unlink = Path.unlink

    def stops_after_one(path: Path, missing_ok: bool = False) -> None:
        if gone:
            raise OSError("the disk has gone")
        gone.append(path.name)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", stops_after_one)
    with pytest.raises(CacheUnavailable, match="cannot clear the cache"):
        await cache.prune(EVERYTHING)
    assert gone == ["n1.json"]
    monkeypatch.undo()
    assert await cache.check(key) == 500
    await cache.prune(EVERYTHING)
    assert await cache.check(key) is None, "the sound that was left goes the next time"


async def test_half_written_files_are_cleaned_up(folder: str) -> None:
    cache = await with_old_clips(folder, 1)
    path = cache.local_path(clip(0))
    assert path is not None
    notes = Path(folder) / USED / f"{int(time.time()) // HOUR_S}-a#1"
    notes.parent.mkdir(parents=True)
    old, fresh = path.with_name("k#1"), path.with_name("k#2")
    for leftover in (old, fresh, notes):
        leftover.write_bytes(b"half a so")
    for leftover in (old, notes):
        os.utime(leftover, (time.time() - 2 * HOUR_S,) * 2)
    assert (await cache.verify()).n_half_written == 2
    removed = await cache.prune(Goal(unused_s=10**6))
    assert (removed.n_leftovers, removed.n_objects) == (2, 0)
    assert fresh.exists(), "somebody may be writing it"
    assert not old.exists()
    assert not notes.exists()
    assert await kept_clips(cache) == [clip(0)]


@contextmanager
def heard_by_another_process(folder: str, key: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.cache.holder", "hold", folder, key]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


async def test_what_another_process_serves_stays_until_it_ends(folder: str, tmp_path: Path) -> None:
    cache = Cache.open(folder)
    keys = [await put_plain(cache, b"sound" * 100, tmp_path, name) for name in ("n1", "n2")]
    for name in ("n1", "n2"):
        await cache.put(f"narrations/ab/{name}.json", b"manifest")
    with heard_by_another_process(folder, "narrations/ab/n1.json") as process:
        removed = await cache.prune(EVERYTHING)
        assert removed.n_in_use == 1
        assert [await cache.check(key) for key in keys] == [500, None]
        assert await cache.get("narrations/ab/n1.json") == b"manifest"
        process.send_signal(signal.SIGKILL)
        process.wait()
        removed = await cache.prune(EVERYTHING)
    assert (removed.n_in_use, removed.objects) == (0, {"narrations": 2})
    assert list((tmp_path / "store" / "pins").glob(f"{process.pid}-*")) == []


async def test_what_is_held_stays_for_its_listener_and_no_longer(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache.open(folder)
    key = await put_plain(cache, b"sound" * 100, tmp_path)
    await cache.hold(key)
    assert (await cache.prune(EVERYTHING)).n_in_use == 1
    later = time.time() + 700
    monkeypatch.setattr(time, "time", lambda: later)
    assert (await cache.prune(EVERYTHING)).objects == {"narrations": 1}


async def test_what_is_read_is_held_and_used(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that has the manifest in memory asks for nothing but the sound."""
    cache = Cache.open(folder)
    keys = [await put_plain(cache, b"sound" * 100, tmp_path, name) for name in ("n1", "n2")]
    for key in keys:
        written_hours_ago(cache, key, 50)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 3 * HOUR_S)
    await read_all(cache, keys[0], 0, 10)
    assert (await cache.prune(EVERYTHING)).n_in_use == 1
    assert [await cache.check(key) for key in keys] == [500, None]
    await put_plain(cache, b"sound" * 100, tmp_path, "n2")
    written_hours_ago(cache, keys[1], 40)
    monkeypatch.setattr(time, "time", lambda: now)
    await cache.prune(Goal(max_bytes=500))
    assert [await cache.check(key) for key in keys] == [500, None], "written first, used last"


async def test_many_pins_are_all_seen(folder: str) -> None:
    """More than fit the file before it is written anew."""
    cache = Cache.open(folder)
    for n in range(250):
        await cache.put(f"clips/ab/{n}", b"x")
        await cache.hold(f"clips/ab/{n % 40}")
    removed = await Cache.open(folder).prune(EVERYTHING)
    assert (removed.n_in_use, removed.n_objects) == (40, 210)


class Telling(CacheObserver):
    def __init__(self) -> None:
        self.threads: set[str] = set()
        self.n_removed = 0

    def removed(self, kind: str, n_objects: int) -> None:  # noqa: ARG002
        self.threads.add(threading.current_thread().name)
        self.n_removed += n_objects


async def test_the_limit_is_kept_in_the_background(folder: str) -> None:
    telling = Telling()
    cache = Cache.open(folder, max_bytes=200_000, observer=telling)
    for n in range(100):
        await cache.put(clip(n), bytes(10_000))
        written_hours_ago(cache, clip(n), 1 - n / 200)
        await cache.settle()
        assert sum(n_bytes for _, n_bytes in (await cache.usage()).values()) <= 200_000
    kept = await kept_clips(cache)
    assert kept == [clip(n) for n in range(100)][-len(kept) :], "the youngest"
    assert len(kept) >= 17
    assert telling.n_removed == 100 - len(kept)
    assert telling.threads == {"tingwen-cache"}, "not in whoever writes"


async def test_a_limit_that_is_not_reached_removes_nothing(folder: str) -> None:
    cache = Cache.open(folder, max_bytes=10_000_000)
    for n in range(30):
        await cache.put(clip(n), bytes(10_000))
    await cache.settle()
    assert len(await kept_clips(cache)) == 30


async def test_several_clear_at_once(folder: str) -> None:
    cache = await with_old_clips(folder, 90)
    assert pruned_by(folder, 10_440, n_processes=4) == [0, 0, 0, 0]
    assert await kept_clips(cache) == [clip(n) for n in range(80, 90)]


def pruned_by(folder: str, max_bytes: int, n_processes: int) -> list[int]:
    """Exit statuses of processes that prune at once."""
    command = [sys.executable, "-m", "tests.cache.holder", "prune", folder, str(max_bytes)]
    running = [subprocess.Popen(command, cwd=ROOT) for _ in range(n_processes)]
    return [process.wait() for process in running]


async def test_notes_of_past_hours_are_brought_together(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    cache = await with_old_clips(folder, 6)
    for hours_ago in (5, 5, 4, 3):
        monkeypatch.setattr(time, "time", lambda ago=hours_ago: now - ago * HOUR_S)
        other = Cache.open(folder)
        await other.get(clip(0))
        await other.get(clip(hours_ago))
        await other.settle()
    monkeypatch.setattr(time, "time", lambda: now)
    assert len([path for path in paths(cache) if path.startswith(USED)]) == 4
    await cache.prune(Goal(max_bytes=10**9))
    assert len([path for path in paths(cache) if path.startswith(USED)]) <= 3
    await cache.prune(Goal(max_bytes=4 * 1044))
    assert await kept_clips(cache) == [clip(n) for n in (0, 3, 4, 5)]


async def test_notes_do_not_pile_up_where_nobody_clears(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_hour = int(time.time()) // HOUR_S // 24 * 24
    processes = [await with_old_clips(folder, 3) for _ in range(3)]
    for hour in range(first_hour, first_hour + 25):
        monkeypatch.setattr(time, "time", lambda hour=hour: hour * HOUR_S + 5.0)
        for cache in processes:
            await cache.get(clip(hour % 3))
            await cache.settle()
    notes = [path for path in paths(processes[0]) if path.startswith(USED)]
    assert len(notes) <= 3 + 2 * 3, "the last use of each, and what is written just now"


async def test_a_bucket_keeps_what_was_used_within_the_hour(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There nobody can lock: a process may be reading what another would remove."""
    key = await put_plain(cache, b"sound" * 100, tmp_path)
    await cache.put("narrations/ab/n1.json", b"manifest")
    if cache.is_remote:
        assert (await cache.prune(EVERYTHING)).n_in_use == 1
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 2 * HOUR_S)
        await cache.hold("narrations/ab/n1.json")
        monkeypatch.setattr(time, "time", lambda: now + 2.5 * HOUR_S)
        assert (await cache.prune(EVERYTHING)).n_in_use == 1
        monkeypatch.setattr(time, "time", lambda: now + 5 * HOUR_S)
    assert (await cache.prune(EVERYTHING)).objects == {"narrations": 2}
    assert await cache.check(key) is None


async def test_sound_of_another_making_does_not_outlive_its_family(
    folder: str, tmp_path: Path
) -> None:
    """A voice that never says a thing twice alike, in two processes: both sounds are there,
    the manifest names one; they go together."""
    cache = Cache.open(folder)
    for data in (b"one take", b"another take"):
        await put_plain(cache, data, tmp_path)
    await cache.put("narrations/ab/n1.json", plain_key(b"another take").encode())
    assert (await cache.prune(EVERYTHING)).objects == {"narrations": 3}
