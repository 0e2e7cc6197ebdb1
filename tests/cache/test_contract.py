"""What every store must do: a folder, memory, and a bucket behind real S3."""

from __future__ import annotations

import asyncio
from pathlib import Path

import obstore
import pytest

from audio_cache import Cache, CacheObserver, CacheUnavailable, Goal
from audio_cache.layout import path_of
from tests.cache.objects import overwrite, paths, plain_key, put_plain, raw, read_all, store_of

BIG = bytes(range(256)) * 24_000  # above 5 MiB: in several parts


async def test_what_is_put_is_got(cache: Cache) -> None:
    assert await cache.get("clips/ab/key") is None
    await cache.put("clips/ab/key", b"sound")
    assert await cache.get("clips/ab/key") == b"sound"
    await cache.put("clips/ab/key", b"", durable=True)
    assert await cache.get("clips/ab/key") == b""


@pytest.mark.parametrize("data", [b"", b"x", BIG])
async def test_files_are_kept_as_they_are(cache: Cache, tmp_path: Path, data: bytes) -> None:
    key = await put_plain(cache, data, tmp_path)
    assert raw(cache, key) == data
    assert await cache.check(key) == len(data)
    assert await read_all(cache, key, 0, len(data)) == data
    assert (
        await read_all(cache, key, len(data) // 3, len(data) // 2)
        == (data[len(data) // 3 : len(data) // 2])
    )
    assert await cache.check(plain_key(b"nobody put this")) is None


async def test_usage_counts_by_kind(cache: Cache) -> None:
    assert await cache.usage() == {}
    for key in ("clips/a", "clips/b", "narrations/c"):
        await cache.put(key, b"12345")
    usage = await cache.usage()
    assert {kind: n for kind, (n, _) in usage.items()} == {"clips": 2, "narrations": 1}
    assert usage["clips"][1] == 2 * usage["narrations"][1] > 10


async def test_the_newest_come_first(cache: Cache) -> None:
    for n in range(2):
        await cache.put(f"narrations/ab/{n}.json", b"x")
        await cache.put(f"narrations/ab/{n}.other", b"x")
        await asyncio.sleep(1 if cache.is_remote and n == 0 else 0)  # S3 tells times in seconds
    found = await cache.recent("narrations", ".json", 5)
    assert [key for key, _ in found] == ["narrations/ab/1.json", "narrations/ab/0.json"]
    assert await cache.recent("narrations", ".json", 1) == found[:1]
    assert all(moment.tzinfo is not None for _, moment in found)


DAMAGES = {
    "truncated": lambda data: data[:-1],
    "empty": lambda _: b"",
    "too long": lambda data: data + b"x",
    "a bit flipped at the start": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "a bit flipped in the middle": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 8]) + data[len(data) // 2 + 1 :]
    ),
    "a bit flipped at the end": lambda data: data[:-1] + bytes([data[-1] ^ 0x80]),
}


class Counting(CacheObserver):
    def __init__(self) -> None:
        self.looks: list[tuple[str, bool]] = []
        self.damages: list[str] = []

    def looked_up(self, kind: str, is_there: bool) -> None:
        self.looks.append((kind, is_there))

    def damaged(self, kind: str) -> None:
        self.damages.append(kind)


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_object_is_set_aside_reported_and_made_again(
    location: str, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    counting = Counting()
    cache = Cache.open(location, observer=counting)
    await cache.put("clips/ab/k", b"sound" * 100)
    damaged = DAMAGES[damage](raw(cache, "clips/ab/k"))
    overwrite(cache, "clips/ab/k", damaged)
    assert await cache.get("clips/ab/k") is None
    assert paths(cache) == ["corrupt/v2/clips/ab/k"], "out of the way, but not lost"
    assert counting.damages == ["clips"]
    assert counting.looks == [("clips", False)]
    assert "clips/ab/k is damaged" in caplog.text
    await cache.put("clips/ab/k", b"sound again")
    assert await cache.get("clips/ab/k") == b"sound again"
    assert counting.looks[-1] == ("clips", True)


@pytest.mark.parametrize("damage", DAMAGES)
async def test_damaged_audio_is_never_served(location: str, tmp_path: Path, damage: str) -> None:
    cache = Cache.open(location)
    data = bytes(range(256)) * 1000
    key = await put_plain(cache, data, tmp_path)
    assert await cache.check(key) == len(data)
    assert await read_all(cache, key, 100, 200) == data[100:200], "served once, so it is known"
    overwrite(cache, key, DAMAGES[damage](data))
    with pytest.raises(CacheUnavailable):
        await read_all(cache, key, 100, 200)
    assert await cache.check(key) is None
    assert f"corrupt/{path_of(key)}" in paths(cache)
    assert path_of(key) not in paths(cache)
    await put_plain(cache, data, tmp_path)
    assert await cache.check(key) == len(data)
    assert await read_all(cache, key, 0, len(data)) == data


async def test_audio_that_has_gone_is_an_error_before_it_is_a_silence(
    cache: Cache, tmp_path: Path
) -> None:
    key = await put_plain(cache, b"sound" * 1000, tmp_path)
    await cache.check(key)
    await cache.prune(Goal(everything=True))
    if cache.is_remote:
        await cache.set_aside(key, "a bucket keeps what was written within the hour")
    with pytest.raises(CacheUnavailable):
        await read_all(cache, key, 0, 100)
    assert await cache.check(key) is None


async def test_writers_at_once_leave_one_whole_object(cache: Cache, tmp_path: Path) -> None:
    payloads = [bytes([n]) * 100_000 for n in range(20)]
    await asyncio.gather(*(cache.put("clips/k", payload) for payload in payloads))
    assert await cache.get("clips/k") in payloads
    key = plain_key(BIG)
    (tmp_path / "big").write_bytes(BIG)
    await asyncio.gather(*(cache.put_file(key, tmp_path / "big") for _ in range(4)))
    assert await cache.check(key) == len(BIG)


async def test_verify_finds_what_is_damaged_and_nothing_else(cache: Cache, tmp_path: Path) -> None:
    for n in range(10):
        await cache.put(f"clips/ab/{n}", b"sound" * n)
    good = await put_plain(cache, b"good" * 500, tmp_path, "n1")
    bad = await put_plain(cache, b"bad" * 500, tmp_path, "n2")
    found = await cache.verify()
    assert (found.n_objects, found.damaged) == (12, {})
    overwrite(cache, "clips/ab/3", raw(cache, "clips/ab/3")[:-2])
    overwrite(cache, bad, b"BAD" * 500)
    found = await cache.verify()
    assert set(found.damaged) == {"clips/ab/3", bad}
    assert found.n_objects == 10
    assert await cache.check(good) == 2000
    assert (await cache.verify()).damaged == {}


async def test_verify_finds_a_manifest_without_its_sound(cache: Cache, tmp_path: Path) -> None:
    key = await put_plain(cache, b"sound" * 500, tmp_path)
    await cache.put("narrations/ab/n1.json", key.encode())

    def needs(of: str, payload: bytes) -> list[str]:
        return [payload.decode()] if of.endswith(".json") else []

    assert (await cache.verify(needs)).damaged == {}
    await cache.set_aside(key, "a test")
    assert list((await cache.verify(needs)).damaged) == ["narrations/ab/n1.json"]
    assert await cache.get("narrations/ab/n1.json") is None


async def test_another_release_keeps_its_own(cache: Cache) -> None:
    """Its objects are counted, and neither read nor removed nor called damaged."""
    obstore.put(store_of(cache), "v1/clips/ab/k", b"a layout of the past")
    obstore.put(store_of(cache), "v17/clips/ab/k", b"a layout of the future")
    await cache.put("clips/ab/k", b"ours")
    assert await cache.releases.usage() == {"v1": (1, 20), "v17": (1, 22)}
    assert list(await cache.usage()) == ["clips"]
    assert (await cache.verify()).damaged == {}
    await cache.prune(Goal(everything=True))
    assert {"v1/clips/ab/k", "v17/clips/ab/k"} <= set(paths(cache))
    assert await cache.releases.remove("v1", dry_run=True) == (1, 20)
    assert await cache.releases.remove("v1", dry_run=False) == (1, 20)
    assert await cache.releases.usage() == {"v17": (1, 22)}


async def test_records_outlive_what_is_cached(cache: Cache) -> None:
    records = cache.records
    assert not await records.has_any(["withdrawn/ab/c", "withdrawn/d"])
    await records.put("withdrawn/ab/c", b"told")
    assert await records.has_any(["withdrawn/d", "withdrawn/ab/c"])
    assert not await records.has_any(["withdrawn/ab", "withdrawn"]), "a folder is no record"
    await cache.put("clips/ab/c", b"sound")
    await cache.prune(Goal(everything=True))
    assert await records.get("withdrawn/ab/c") == b"told"
    assert await records.keys("withdrawn") == ["withdrawn/ab/c"]
    await records.remove("withdrawn/ab/c")
    await records.remove("withdrawn/ab/c")
    assert await records.get("withdrawn/ab/c") is None
    assert await records.keys("withdrawn") == []


async def test_a_family_goes_whole(cache: Cache, tmp_path: Path) -> None:
    key = await put_plain(cache, b"sound", tmp_path)
    head = f"{key.split('.')[0]}.json"
    await cache.put(head, b"manifest")
    await cache.put(head.replace(".json", "0.json"), b"another")
    await cache.hold(head)
    assert await cache.remove_family(head)
    assert await cache.get(head) is None
    assert await cache.check(key) is None
    assert await cache.get(head.replace(".json", "0.json")) == b"another"
    await cache.put(head, b"manifest")
    await cache.set_aside(head, "as a test wants it")
    assert await cache.remove_family(head)
    assert "corrupt" not in await cache.usage()
    assert await cache.remove_family(head), "there was nothing"
