"""A lock file that is removed under a running service, which Windows would refuse."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from audio_cache import Cache
from tests.cache.test_leases import HOLDER


def first_word(command: list[str]) -> str:
    """What a process says first; it is ended then."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        process.kill()
    return said


@pytest.mark.parametrize("removed", ["the file", "the folder", "replaced by another"])
async def test_a_lock_file_that_is_removed_does_not_part_two_processes(
    tmp_path: Path, removed: str
) -> None:
    root = tmp_path / "store"
    leases = Cache.open(str(root)).leases
    before = await leases.acquire("an older clip")
    assert before is not None
    (root / "leases").unlink()
    if removed == "the folder":
        root.rmdir()
        root.mkdir()
    if removed == "replaced by another":
        (root / "leases").touch()
    mine = await leases.acquire("clip")
    assert mine is not None
    command = [sys.executable, "-c", HOLDER.replace('"clip"', "sys.argv[2]"), str(root)]
    for key in ("clip", "an older clip"):
        assert await asyncio.to_thread(first_word, [*command, key]) == "refused", key
    await mine.release()
    await before.release()
