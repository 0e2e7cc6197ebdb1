"""`tingwen cache`: what it prints and how it ends."""

from __future__ import annotations

import asyncio
import gc
import json
from pathlib import Path
from typing import Any

import pytest

from audio_cache import Cache
from reader.cli.dispatch import run
from reader.narration.narrator import Narrator
from tests.cache.on_small_disk import READ, script
from tests.cache.test_network_faults import IMPATIENT, unreachable
from tests.pipeline.voices import Tone, voices


class Command:
    """`tingwen cache …` on a folder of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        status = run(["cache", *arguments])
        out, err = self._capsys.readouterr()
        return status, out, err

    def json(self, *arguments: str, status: int = 0) -> dict[str, Any]:
        found, out, err = self(*arguments, "--json")
        assert found == status, err
        fields: dict[str, Any] = json.loads(out)
        return fields

    @property
    def narration_files(self) -> list[Path]:
        return sorted((self.folder / "v2" / "narrations").rglob("*.*"))


@pytest.fixture
def cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """With one narration and its three clips, of a process that has ended."""
    location = str(tmp_path / "store")
    monkeypatch.setenv("TINGWEN_CACHE", location)
    narrator = Narrator(Cache.open(), voices(tone=Tone()))
    asyncio.run(narrator.narrate(script(3), READ))
    del narrator
    gc.collect()  # its pins are closed
    for pins in (tmp_path / "store" / "pins").glob("*-*"):
        pins.unlink()
    return Command(tmp_path / "store", capsys)


def test_info(cache: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = cache.json("info")
    assert fields["location"] == str(cache.folder)
    assert fields["max_bytes"] is None
    assert fields["kinds"]["clips"]["objects"] == 3
    assert fields["kinds"]["narrations"]["objects"] == 2
    assert fields["bytes"] == sum(kind["bytes"] for kind in fields["kinds"].values())
    monkeypatch.setenv("TINGWEN_CACHE_MAX_BYTES", "20GB")
    assert cache.json("info")["max_bytes"] == 20_000_000_000
    status, out, _ = cache("info")
    assert status == 0
    assert out.startswith(str(cache.folder))
    assert "limit 20.0 GB" in out


def test_info_tells_of_other_releases(cache: Command) -> None:
    (cache.folder / "v1" / "clips").mkdir(parents=True)
    (cache.folder / "v1" / "clips" / "k").write_bytes(b"of the past")
    assert cache.json("info")["other_releases"] == {"v1": {"objects": 1, "bytes": 11}}
    assert "another release keeps 1 objects, 11 B, in v1/" in cache("info")[1]
    assert cache("prune", "--all")[0] == 0
    assert (cache.folder / "v1" / "clips" / "k").exists(), "not ours"
    for wrong in (("--all", "--release", "v3"), ("--older-than", "1d", "--release", "v1")):
        status, _, err = cache("prune", *wrong)
        assert (status, "--all --release NAME (v1)" in err) == (2, True)
    assert cache("prune", "--all", "--release", "v1")[1] == "removed 1 objects of v1, 11 B\n"
    assert not (cache.folder / "v1" / "clips" / "k").exists()


def test_verify_sound(cache: Command) -> None:
    assert cache.json("verify") == {
        "location": str(cache.folder),
        "objects": 5,
        "bytes": cache.json("info")["bytes"],
        "half_written": 0,
        "damaged": {},
    }
    assert cache("verify")[1].startswith("sound: 5 objects")


def test_verify_damaged(cache: Command) -> None:
    clip = next((cache.folder / "v2" / "clips").glob("*/*"))
    clip.write_bytes(clip.read_bytes()[:-1])
    status, out, err = cache("verify")
    assert status == 5
    assert f"damaged, set aside: clips/{clip.parent.name}/{clip.name}" in out
    assert err.count("\n") <= 2, "a line, and the log's"
    assert "1 objects" in err
    assert "are made again" in err
    assert cache.json("verify")["damaged"] == {}, "it is out of the way"
    assert cache.json("info")["kinds"]["corrupt"]["objects"] == 1


def test_verify_finds_a_narration_whose_sound_is_gone(cache: Command) -> None:
    manifest, sound = sorted(cache.narration_files, key=lambda file: file.suffix)
    sound.unlink()
    damaged = cache.json("verify", status=5)["damaged"]
    assert list(damaged) == [f"narrations/{manifest.parent.name}/{manifest.name}"]
    assert cache.narration_files == []


async def _put(key: str, payload: bytes) -> None:
    await Cache.open().put(key, payload)


def test_verify_leaves_what_a_newer_release_wrote(cache: Command) -> None:
    asyncio.run(_put("narrations/ab/new.json", b'{"id": "new", "more": "than we know"}'))
    assert cache.json("verify")["objects"] == 6


def test_prune(cache: Command) -> None:
    total = cache.json("info")["bytes"]
    would = cache.json("prune", "--all", "--dry-run")
    assert would["removed"] == {"clips": 3, "narrations": 2}
    assert (would["bytes"], would["bytes_left"]) == (total, 0)
    assert cache.json("info")["bytes"] == total
    assert cache.json("prune", "--older-than", "1d")["removed"] == {}
    assert cache.json("prune", "--max-bytes", "1GB")["removed"] == {}
    status, out, _ = cache("prune", "--max-bytes", "0")
    assert status == 0
    assert out.splitlines()[0] == "removed 3 clips"
    assert "0 B are left" in out
    assert cache.json("info")["kinds"] == {}


def test_prune_without_a_word(cache: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    status, _, err = cache("prune")
    assert (status, err.count("\n")) == (2, 1)
    assert "--max-bytes" in err
    monkeypatch.setenv("TINGWEN_CACHE_MAX_BYTES", "0")
    assert cache.json("prune")["removed"] == {"clips": 3, "narrations": 2}
    monkeypatch.setenv("TINGWEN_CACHE_MAX_BYTES", "plenty")
    status, _, err = cache("prune")
    assert status == 2
    assert "TINGWEN_CACHE_MAX_BYTES: 'plenty' is no size such as 20GB" in err


@pytest.mark.parametrize(
    "arguments", [("prune", "--max-bytes", "plenty"), ("prune", "--older-than", "long"), ()]
)
def test_wrong_usage(cache: Command, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as end:
        cache(*arguments)
    assert end.value.code == 2


@pytest.mark.thorough
@pytest.mark.parametrize("action", [("info",), ("verify",), ("prune", "--all")])
def test_a_store_that_cannot_be_reached(
    cache: Command, monkeypatch: pytest.MonkeyPatch, action: tuple[str, ...]
) -> None:
    monkeypatch.setenv("TINGWEN_CACHE", "s3://tingwen/x")
    unreachable("s3://tingwen/x", monkeypatch)
    monkeypatch.setattr("audio_cache.cache.Patience", lambda: IMPATIENT)
    status, _, err = cache(*action)
    assert (status, err.count("\n")) == (5, 1)
    assert "the cache s3://tingwen/x" in err
