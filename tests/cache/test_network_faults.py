"""A bucket that cannot be reached, is slow, throttles, refuses or breaks off: each a clear
error, nothing lost, nothing wrong read."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from audio_cache import Cache, CacheUnavailable, Patience
from tests.cache.bad_network import BadNetwork, bad_network
from tests.cache.objects import put_plain, read_all
from tests.s3_server import BUCKET, S3Server, client_environment

IMPATIENT = Patience(retry_s=0.8, answer_s=0.6, connect_s=0.5)
MEBIBYTE = bytes(range(256)) * 4096


@pytest.fixture
def network(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[BadNetwork]:
    with bad_network(s3.endpoint) as bad:
        for name, value in client_environment(bad.endpoint).items():
            monkeypatch.setenv(name, value)
        yield bad


@pytest.fixture
def location() -> str:
    return f"s3://{BUCKET}/{uuid.uuid4().hex}"


@pytest.fixture
def sound(location: str, s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> Cache:
    """The same bucket by a good way."""
    with monkeypatch.context() as patch:
        for name, value in s3.environment.items():
            patch.setenv(name, value)
        return Cache.open(location)


def unreachable(location: str, monkeypatch: pytest.MonkeyPatch) -> Cache:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    for name, value in client_environment(f"http://127.0.0.1:{port}").items():
        monkeypatch.setenv(name, value)
    return Cache.open(location, patience=IMPATIENT)


@pytest.mark.thorough
async def test_unreachable(location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = unreachable(location, monkeypatch)
    says = rf"the cache {location} .*127\.0\.0\.1.*check .*or set TINGWEN_CACHE"
    with pytest.raises(CacheUnavailable, match=f"cannot read {says}"):
        await cache.get("clips/ab/k")
    with pytest.raises(CacheUnavailable, match=f"cannot write {says}"):
        await cache.put("clips/ab/k", b"sound")
    with pytest.raises(CacheUnavailable, match=f"cannot write {says}"):
        await put_plain(cache, b"sound", tmp_path)
    with pytest.raises(CacheUnavailable, match=f"cannot read {says}"):
        await cache.verify()
    with pytest.raises(CacheUnavailable, match=f"cannot read {says}"):
        await cache.usage()


async def test_throttled_for_a_while(network: BadNetwork, location: str) -> None:
    cache = Cache.open(location)
    network.n_to_slow_down = 3
    await cache.put("clips/ab/k", b"sound")
    assert network.n_to_slow_down == 0
    network.n_to_slow_down = 3
    assert await cache.get("clips/ab/k") == b"sound"


async def test_throttled_for_good(network: BadNetwork, location: str, sound: Cache) -> None:
    await sound.put("clips/ab/k", b"sound")
    cache = Cache.open(location, patience=IMPATIENT)
    network.n_to_slow_down = 1000
    with pytest.raises(CacheUnavailable, match=r"cannot write the cache s3:.*503 S"):
        await cache.put("clips/ab/k", b"another sound")
    with pytest.raises(CacheUnavailable, match=r"cannot read the cache s3:.*503 S"):
        await cache.get("clips/ab/k")
    assert await sound.get("clips/ab/k") == b"sound"


async def test_slow(network: BadNetwork, location: str, sound: Cache) -> None:
    await sound.put("clips/ab/k", b"sound")
    network.delay_s = 0.3
    assert await Cache.open(location, patience=IMPATIENT).get("clips/ab/k") == b"sound"
    network.delay_s = 3.0
    cache = Cache.open(location, patience=IMPATIENT)
    with pytest.raises(CacheUnavailable, match=r"cannot read the cache s3:"):
        await cache.get("clips/ab/k")
    with pytest.raises(CacheUnavailable, match=r"cannot write the cache s3:"):
        await cache.put("clips/ab/other", b"another sound")
    assert await sound.get("clips/ab/k") == b"sound"
    assert await sound.get("clips/ab/other") in (None, b"another sound")


@pytest.mark.thorough
async def test_broken_off_in_the_middle(
    network: BadNetwork, location: str, sound: Cache, tmp_path: Path
) -> None:
    await sound.put("clips/ab/k", MEBIBYTE)
    key = await put_plain(sound, MEBIBYTE, tmp_path)
    cache = Cache.open(location, patience=IMPATIENT)
    network.cut_after = 300_000
    try:
        got = await cache.get("clips/ab/k")
    except CacheUnavailable:
        got = MEBIBYTE
    assert got == MEBIBYTE, "the whole, fetched in several tries, or an error: never a part"
    try:
        assert await cache.check(key) == len(MEBIBYTE)
        got = await read_all(cache, key, 0, len(MEBIBYTE))
    except CacheUnavailable:
        got = MEBIBYTE
    assert got == MEBIBYTE
    assert await sound.get("clips/ab/k") == MEBIBYTE, "and nothing sound was set aside"
    assert await sound.check(key) == len(MEBIBYTE)


async def test_permission_lost(
    s3: S3Server, location: str, sound: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sound.put("clips/ab/k", b"sound")
    for name, value in client_environment(s3.endpoint, secret="rotated").items():
        monkeypatch.setenv(name, value)
    cache = Cache.open(location, patience=IMPATIENT)
    with pytest.raises(CacheUnavailable, match=r"cannot read .*check its .*permissions") as read:
        await cache.get("clips/ab/k")
    with pytest.raises(CacheUnavailable, match=r"cannot write .*check its .*permissions"):
        await cache.put("clips/ab/k", b"another sound")
    assert "rotated" not in str(read.value)
    assert await sound.get("clips/ab/k") == b"sound"


async def test_a_bucket_that_is_not_there(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in s3.environment.items():
        monkeypatch.setenv(name, value)
    cache = Cache.open("s3://no-such-bucket-here/x", patience=IMPATIENT)
    assert await cache.get("clips/ab/k") is None
