"""A disk that is full, read-only or no longer ours: each a clear error, nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audio_cache import Cache, CacheUnavailable, Goal
from tests.cache.objects import put_plain, read_all

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65_534


@pytest.mark.parametrize("fault", ["full", "read_only"])
def test_on_a_small_disk(tmp_path: Path, fault: str) -> None:
    """In mounts of its own, which end with the process; who is not root needs user namespaces."""
    disk = tmp_path / "disk"
    disk.mkdir()
    alone = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    run = 'mount -t tmpfs -o size=8m tmpfs "$0" && exec "$@" "$0"'
    module = [sys.executable, "-m", "tests.cache.on_small_disk", fault]
    command = [*alone, "sh", "-c", run, disk, *module]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@contextmanager
def as_nobody(user: int = NOBODY) -> Iterator[None]:
    """Root may read and write everything: give that up for a while."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(user)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that nobody but us can reach is of no use here, so not below pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="tingwen-test-"))
    folder.chmod(0o777)
    yield folder
    for part in folder.rglob("*"):
        part.chmod(0o755)
    shutil.rmtree(folder)


async def test_permission_lost(folder: Path) -> None:
    with as_nobody():
        cache = Cache.open(str(folder / "store"))
        await cache.put("clips/ab/k", b"sound")
        key = await put_plain(cache, b"sound" * 1000, folder)
    (folder / "store" / "v2" / "clips" / "ab").chmod(0o000)
    (folder / "store" / "v2" / "narrations" / "ab").chmod(0o555)
    says = r"the cache /.*Permission denied.*check its space and permissions, or set TINGWEN_CACHE"
    with as_nobody():
        with pytest.raises(CacheUnavailable, match=f"cannot read {says}"):
            await cache.get("clips/ab/k")
        with pytest.raises(CacheUnavailable, match=f"cannot write {says}"):
            await cache.put("clips/ab/k", b"other")
        with pytest.raises(CacheUnavailable, match=f"cannot write {says}"):
            await put_plain(cache, b"other", folder)
        with pytest.raises(CacheUnavailable, match=f"cannot read {says}"):
            await cache.verify()
        assert await read_all(cache, key, 0, 5000) == b"sound" * 1000, "this may still be read"
    (folder / "store" / "v2" / "clips" / "ab").chmod(0o755)
    with as_nobody():
        assert await cache.get("clips/ab/k") == b"sound"


async def test_what_another_user_serves_is_not_evicted(folder: Path) -> None:
    """A service of its own user, and an administrator who is not root."""
    with as_nobody():
        serving = Cache.open(str(folder / "store"))
        await serving.put("clips/ab/held", b"sound")
        await serving.put("clips/ab/other", b"sound")
        await serving.hold("clips/ab/held")
    for part in (folder / "store", *(folder / "store").rglob("*")):  # opened to others on purpose
        if part.is_dir():
            part.chmod(0o777)
    with as_nobody(NOBODY - 1):
        removed = await Cache.open(str(folder / "store")).prune(Goal(everything=True))
    assert (removed.n_in_use, removed.n_objects) == (1, 1)
    with as_nobody():
        assert await serving.get("clips/ab/held") == b"sound"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CacheUnavailable, match=r"cannot make the cache .*TINGWEN_CACHE"):
        Cache.open(str(tmp_path / "file" / "store"))


async def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    cache = Cache.open(str(tmp_path / "store"))
    (tmp_path / "store" / "v2").write_text("in the way")
    with pytest.raises(CacheUnavailable, match=r"cannot write the cache .*TINGWEN_CACHE"):
        await cache.put("clips/k", b"x")
