"""Finished audio as the service sends it, from a folder and from a bucket, sound and damaged."""

from __future__ import annotations

import asyncio
import os
import socket
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from audio_cache import Cache
from tests.cache.objects import overwrite, paths, raw
from tests.cache.test_network_faults import IMPATIENT, unreachable
from tests.pipeline.voices import Counted, Tone, voices
from tests.s3_server import BUCKET, S3Server
from tests.server import serving

TEXT = "\n\n".join(f"今天是第{n}天，天氣很好。" for n in range(5))


@asynccontextmanager
async def client_of(settings: Settings, voice: Counted) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings, voices(tone=voice))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://tingwen.test") as client,
    ):
        yield client


async def narrated(client: httpx.AsyncClient, text: str = TEXT) -> dict[str, Any]:
    answer = await client.post("/v1/articles", json={"text": text})
    assert answer.status_code in (200, 201)
    for _ in range(2000):
        article: dict[str, Any] = (await client.get(answer.headers["location"])).json()
        if article["status"] == "ready":
            return article
        assert article["status"] != "failed", article
        await asyncio.sleep(0.02)
    raise AssertionError("never ready")


def audio_in(folder: Path) -> Path:
    (found,) = (folder / "v2" / "narrations").rglob("*.mp3")
    return found


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


@pytest.mark.parametrize("how", ["in place", "with its times put back", "truncated", "gone"])
async def test_damaged_after_it_was_served_once(tmp_path: Path, how: str) -> None:
    voice = Counted(Tone())
    async with client_of(Settings(voice="tone", cache=str(tmp_path / "store")), voice) as client:
        article = await narrated(client)
        good = (await client.get(article["audio_url"])).content
        file = audio_in(tmp_path / "store")
        before = file.stat()
        await asyncio.sleep(0.05)  # longer than the clock of the file system ticks
        if how == "gone":
            file.unlink()
        elif how == "truncated":
            os.truncate(file, len(good) - 1)
        else:
            with file.open("r+b") as out:
                out.write(flipped(good, 5000))
        if how == "with its times put back":
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        voice.said.clear()
        answer = await client.get(article["audio_url"], headers={"Range": "bytes=0-99"})
        assert answer.headers["cache-control"] == "no-store", "not the file, but what is made anew"
        assert good.startswith(b"ID3")
        assert answer.content in good
        again = await narrated(client)
        assert again["id"] == article["id"]
        assert voice.said == [], "made again from the clips"
        assert (await client.get(article["audio_url"])).content == good


def received_by_a_slow_listener(url: str, path: str, after_first: Any) -> bytes:
    """All that arrives; `after_first` is called when the first bytes have."""
    host, port = url.removeprefix("http://").split(":")
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        listener.connect((host, int(port)))
        listener.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        received = listener.recv(4096)
        after_first()
        while data := listener.recv(65_536):
            received += data
    return received.partition(b"\r\n\r\n")[2]


async def test_damaged_while_it_is_being_served(tmp_path: Path) -> None:
    """The listener's connection breaks off; no byte that is wrong arrives."""
    settings = Settings(voice="tone", cache=str(tmp_path / "store"))
    text = "\n\n".join(f"第{n}天。" for n in range(600))
    with serving(create_app(settings, voices(tone=Counted(Tone())))) as (url, _):
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            article = await narrated(client, text)
            good = (await client.get(article["audio_url"])).content
        file = audio_in(tmp_path / "store")

        def damage() -> None:
            with file.open("r+b") as out:
                out.write(flipped(good, len(good) - 1000))

        path = httpx.URL(article["audio_url"]).path
        received = await asyncio.to_thread(received_by_a_slow_listener, url, path, damage)
    assert 0 < len(received) < len(good) - 1000
    assert received == good[: len(received)]


@pytest.fixture
def bucket(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in s3.environment.items():
        monkeypatch.setenv(name, value)
    return f"s3://{BUCKET}/{uuid.uuid4().hex}"


async def test_from_a_bucket_by_ranges(bucket: str) -> None:
    async with client_of(Settings(voice="tone", cache=bucket), Counted(Tone())) as client:
        url = (await narrated(client))["audio_url"]
        whole = await client.get(url)
        assert whole.status_code == 200
        assert int(whole.headers["content-length"]) == len(whole.content) > 10_000
        part = await client.get(url, headers={"Range": "bytes=100-199"})
        assert (part.status_code, part.content) == (206, whole.content[100:200])


async def test_from_a_bucket_by_signed_addresses(bucket: str) -> None:
    settings = Settings(voice="tone", cache=bucket, cache_redirect=True)
    async with client_of(settings, Counted(Tone())) as client, httpx.AsyncClient() as browser:
        article = await narrated(client)
        answer = await client.get(article["audio_url"])
        assert answer.status_code == 307
        assert answer.headers["cache-control"] == "no-store", "a signature outlives no withdrawal"
        there = answer.headers["location"]
        whole = await browser.get(there)
        assert whole.headers["content-type"] == "audio/mpeg"
        head = await client.head(article["audio_url"])
        assert int(head.headers["content-length"]) == len(whole.content)
        part = await browser.get(there, headers={"Range": "bytes=100-199"})
        assert (part.status_code, part.content) == (206, whole.content[100:200])
        altered = await browser.get(there.replace(".mp3", ".json"))
        assert altered.status_code == 403, "the signature is for this object only"


async def test_damaged_in_a_bucket(bucket: str) -> None:
    async with client_of(Settings(voice="tone", cache=bucket), Counted(Tone())) as client:
        article = await narrated(client)
        good = (await client.get(article["audio_url"])).content
        behind = Cache.open(bucket)
        (path,) = [p for p in paths(behind) if p.endswith(".mp3")]
        key = path.removeprefix("v2/")
        overwrite(behind, key, flipped(raw(behind, key), 5000))
        answer = await client.get(article["audio_url"])
        if answer.status_code == 503:  # seen while it was read; else before its first byte
            assert answer.headers["content-type"] == "application/problem+json"
            answer = await client.get(article["audio_url"])
        assert answer.headers["cache-control"] == "no-store", "set aside, and made anew"
        assert answer.content in good
        again = await narrated(client)
        assert (await client.get(again["audio_url"])).content == good


@pytest.mark.usefixtures("embedded_voice")
async def test_a_service_whose_store_cannot_be_reached(
    bucket: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    unreachable(bucket, monkeypatch)
    monkeypatch.setattr("audio_cache.cache.Patience", lambda: IMPATIENT)
    async with client_of(Settings(voice="tone", cache=bucket), Counted(Tone())) as client:
        for path in (f"/v1/articles/{'0' * 32}", f"/v1/articles/{'0' * 32}/audio.mp3", "/readyz"):
            answer = await client.get(path)
            assert answer.status_code == 503
            assert answer.json()["type"] == "urn:tingwen:problem:storage-failed"
            assert "problem with its disk" in answer.json()["detail"]
            assert bucket not in answer.text, "where it lies is not the client's affair"
    for what in ("read", "write"):
        assert any(f"cannot {what} the cache {bucket}" in said for said in caplog.messages)
