"""Objects are whole or absent, whatever the store is."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio_cache import BadCacheUrl, Cache, CacheUnavailable
from audio_cache.envelope import Corrupt, seal, unseal


@pytest.fixture(params=["local", "memory"])
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> Cache:
    return Cache.open(str(tmp_path / "store") if request.param == "local" else "memory://")


async def test_what_is_put_is_got(cache: Cache) -> None:
    assert await cache.get("clips/ab/key") is None
    await cache.put("clips/ab/key", b"sound")
    assert await cache.get("clips/ab/key") == b"sound"
    await cache.put("clips/ab/key", b"")
    assert await cache.get("clips/ab/key") == b""


async def test_files_are_kept_as_they_are(cache: Cache, tmp_path: Path) -> None:
    data = bytes(range(256)) * 10_000
    (tmp_path / "file").write_bytes(data)
    await cache.put_file("narrations/x.mp3", tmp_path / "file")
    assert await cache.size("narrations/x.mp3") == len(data)
    assert await cache.sha256("narrations/x.mp3") == hashlib.sha256(data).hexdigest()
    assert b"".join([c async for c in cache.read("narrations/x.mp3", 0, len(data))]) == data
    assert b"".join([c async for c in cache.read("narrations/x.mp3", 9, 99)]) == data[9:99]
    assert await cache.size("narrations/y.mp3") is None
    assert await cache.sha256("narrations/y.mp3") == ""


async def test_usage_counts_by_kind(cache: Cache) -> None:
    assert await cache.usage() == {}
    for key in ("clips/a", "clips/b", "narrations/c"):
        await cache.put(key, b"12345")
    usage = await cache.usage()
    assert {kind: n for kind, (n, _) in usage.items()} == {"clips": 2, "narrations": 1}


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda _: b"",
        lambda data: data[:10] + bytes([data[10] ^ 1]) + data[11:],
        lambda data: data[:-3] + bytes([data[-3] ^ 0x80]) + data[-2:],
    ],
)
async def test_a_damaged_object_is_set_aside_and_made_again(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    cache = Cache.open(str(tmp_path))
    await cache.put("clips/k", b"sound" * 100)
    path = cache.local_path("clips/k")
    assert path is not None
    path.write_bytes(damage(path.read_bytes()))
    assert await cache.get("clips/k") is None
    assert not path.exists()
    assert len(list((tmp_path / "corrupt").rglob("k"))) == 1
    await cache.put("clips/k", b"sound again")
    assert await cache.get("clips/k") == b"sound again"


async def test_writers_at_once_leave_one_whole_object(cache: Cache) -> None:
    payloads = [bytes([n]) * 100_000 for n in range(20)]
    await asyncio.gather(*(cache.put("clips/k", payload) for payload in payloads))
    assert await cache.get("clips/k") in payloads


async def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    cache = Cache.open(str(tmp_path / "store"))
    (tmp_path / "store" / "v1").write_text("a file where a folder should be")
    with pytest.raises(CacheUnavailable, match=r"cannot write the cache .*TINGWEN_CACHE"):
        await cache.put("clips/k", b"x")


@pytest.mark.parametrize("location", ["nosuch://bucket", "s3://"])
def test_a_location_that_is_no_store_is_refused(location: str) -> None:
    with pytest.raises(BadCacheUrl, match="TINGWEN_CACHE"):
        Cache.open(location)


@given(st.binary(max_size=200))
def test_sealing_round_trips(payload: bytes) -> None:
    assert unseal(seal(payload)) == payload


@given(st.binary(max_size=60), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_change_is_seen(payload: bytes, data: st.DataObject) -> None:
    stored = bytearray(seal(payload))
    at = data.draw(st.integers(0, len(stored) - 1))
    stored[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Corrupt):
        unseal(bytes(stored))
