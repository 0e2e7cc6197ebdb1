"""kill -9 at random moments, several processes on one folder: what was called ready is whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from audio_cache import Cache, Goal
from reader.cli.dispatch import run
from tests.cache.crashing import LIMIT_BYTES, hear, narrator_of

ROOT = Path(__file__).resolve().parents[2]


def killed(folder: Path, n_kills: int, evicting: str) -> set[str]:
    """Ids of the narrations that were called ready."""
    command = [sys.executable, "-m", "tests.cache.crashing", folder, str(n_kills), evicting]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    said = [line for file in folder.glob("ready-*") for line in file.read_text().splitlines()]
    return set(said)


async def check_that_what_is_ready_is_whole(folder: Path, ready: set[str]) -> int:
    """How many of `ready` are there; each of them whole, and none half gone."""
    cache = Cache.open(str(folder / "store"))
    narrator = narrator_of(cache)
    n_there = 0
    for narration in sorted(ready):
        has_manifest = list((folder / "store").glob(f"v2/narrations/*/{narration}.json"))
        assert bool(has_manifest) == (await narrator.store.load(narration) is not None)
        await hear(narrator, narration)
        n_there += bool(has_manifest)
    assert not list((folder / "store").glob("corrupt/**/*.json"))
    return n_there


async def check_kills(
    folder: Path, n_kills: int, evicting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = killed(folder, n_kills, evicting)
    cache = Cache.open(str(folder / "store"))
    monkeypatch.setenv("TINGWEN_CACHE", cache.location)
    n_there = await check_that_what_is_ready_is_whole(folder, ready)
    if evicting == "evicting":
        removed = await cache.prune(Goal(max_bytes=LIMIT_BYTES, unused_s=10**6))
        assert removed.bytes_left <= max(LIMIT_BYTES, removed.n_in_use * 20_000)
    else:
        assert n_there == len(ready), "all that was called ready is there"
    assert (await cache.verify()).damaged == {}


@pytest.mark.thorough
@pytest.mark.parametrize("evicting", ["evicting", "keeping"])
async def test_kill_9(tmp_path: Path, evicting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await check_kills(tmp_path, 15, evicting, monkeypatch)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("evicting", ["evicting", "keeping"])
async def test_kill_9_two_hundred_times(
    tmp_path: Path, evicting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await check_kills(tmp_path, 200, evicting, monkeypatch)


def test_verify_after_kills_by_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    killed(tmp_path, 5, "evicting")
    monkeypatch.setenv("TINGWEN_CACHE", str(tmp_path / "store"))
    assert run(["cache", "verify"]) == 0
    assert "damaged" not in capsys.readouterr().out
