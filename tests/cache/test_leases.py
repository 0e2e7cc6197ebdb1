"""One holder a lease, whoever asks and however the holder ends."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from audio_cache import Cache, CacheUnavailable, Lease, Leases
from audio_cache.folder_leases import FolderLeases
from audio_cache.leases import ProcessLeases
from audio_cache.object_leases import ObjectLeases

TTL_S = 1.0

OpenLeases = Callable[[], Leases]
"""Leases on the same store, as another process of it would have them."""

HOLDER = """
import asyncio, sys
from audio_cache import Cache

async def main():
    lease = await Cache.open(sys.argv[1]).leases.acquire("clip")
    print("held" if lease else "refused", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.fixture(params=["folder", "process", "objects"])
def open_leases(request: pytest.FixtureRequest, tmp_path: Path) -> OpenLeases:
    store = MemoryStore()
    shared = ProcessLeases()
    return {
        "folder": lambda: FolderLeases(tmp_path),
        "process": lambda: shared,
        "objects": lambda: ObjectLeases(store, "memory://", TTL_S),
    }[request.param]


async def test_a_lease_has_one_holder(open_leases: OpenLeases) -> None:
    first, second = open_leases(), open_leases()
    lease = await first.acquire("clip")
    assert lease is not None
    assert await second.acquire("clip") is None
    assert await first.acquire("clip") is None
    other = await second.acquire("another clip")
    assert other is not None
    await lease.release()
    again = await second.acquire("clip")
    assert again is not None
    assert await first.acquire("clip") is None
    await again.release()
    await other.release()


async def test_of_many_at_once_one_gets_it(open_leases: OpenLeases) -> None:
    got = await asyncio.gather(*(open_leases().acquire("clip") for _ in range(50)))
    leases = [lease for lease in got if lease is not None]
    assert len(leases) == 1
    await leases[0].release()


async def test_who_is_cancelled_while_asking_holds_nothing(open_leases: OpenLeases) -> None:
    for _ in range(20):
        task = asyncio.create_task(open_leases().acquire("clip"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        if not task.cancelled() and (in_time := task.result()) is not None:
            await in_time.release()
    lease = await _sooner_or_later(open_leases(), "clip")
    await lease.release()


async def _sooner_or_later(leases: Leases, key: str) -> Lease:
    """The lease as soon as it is free; the test's time limit ends a wait in vain."""
    while True:
        lease = await leases.acquire(key)
        if lease is not None:
            return lease
        await asyncio.sleep(0.02)


def _holder(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(folder)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "held"
    return holder


async def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    leases = Cache.open(str(tmp_path)).leases
    with _holder(tmp_path) as holder:
        assert await leases.acquire("clip") is None
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        lease = await leases.acquire("clip")
        assert lease is not None, "the system takes a lock back with its process"
        await lease.release()


async def test_a_forked_child_does_not_hold_its_parents_leases(tmp_path: Path) -> None:
    leases = Cache.open(str(tmp_path)).leases
    lease = await leases.acquire("clip")
    assert lease is not None
    code = "import asyncio, os, sys\nfrom audio_cache import Cache\n"
    code += "leases = Cache.open(sys.argv[1]).leases\nmine = asyncio.run(leases.acquire('mine'))\n"
    code += "child = os.fork()\n"
    code += "if not child: os._exit(asyncio.run(leases.acquire('mine')) is not None)\n"
    code += "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    command = [sys.executable, "-c", code, str(tmp_path)]
    child = await asyncio.to_thread(subprocess.run, command, check=False)
    assert child.returncode == 0, "the child was given what its parent holds"
    await lease.release()


async def test_a_dead_holders_object_is_taken_over_once() -> None:
    store = MemoryStore()
    dead = await ObjectLeases(store, "memory://", TTL_S).acquire("clip")
    assert dead is not None
    dead._beating.cancel()  # type: ignore[attr-defined]  # as if its process were killed
    others = [ObjectLeases(store, "memory://", TTL_S) for _ in range(20)]
    assert [await one.acquire("clip") for one in others] == [None] * 20
    await asyncio.sleep(TTL_S)
    got = await asyncio.gather(*(one.acquire("clip") for one in others))
    leases = [lease for lease in got if lease is not None]
    assert len(leases) == 1
    await dead.release()
    assert await others[0].acquire("clip") is None, "what the dead one does ends no other's lease"
    await leases[0].release()


async def test_a_living_holder_keeps_its_object() -> None:
    store = MemoryStore()
    lease = await ObjectLeases(store, "memory://", TTL_S).acquire("clip")
    assert lease is not None
    other = ObjectLeases(store, "memory://", TTL_S)
    for _ in range(15):
        assert await other.acquire("clip") is None
        await asyncio.sleep(TTL_S / 10)
    await lease.release()
    assert await other.acquire("clip") is not None


async def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CacheUnavailable, match="check its space and permissions"):
        await FolderLeases(tmp_path / "file").acquire("clip")


async def test_a_file_system_without_locks_grants_every_lease(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_locks(*_: object) -> None:
        raise OSError(95, os.strerror(95))

    monkeypatch.setattr("fcntl.lockf", without_locks)
    lease = await FolderLeases(tmp_path).acquire("clip")
    assert lease is not None
    await lease.release()
