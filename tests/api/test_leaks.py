"""Listeners who leave in the middle cost nothing that stays."""

from __future__ import annotations

import asyncio
import gc
import threading
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from tests.pipeline.voices import baker, voices
from tests.server import serving

pytestmark = pytest.mark.usefixtures("embedded_voice")


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


async def leave_early(port: int, path: str) -> None:
    """Read a little of the answer and close the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    await reader.read(200)
    writer.close()
    await writer.wait_closed()


async def post(port: int, text: str) -> str:
    body = f'{{"text": "{text}"}}'.encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    writer.write((head + "Content-Type: application/json\r\nConnection: close\r\n\r\n").encode())
    writer.write(body)
    answer = (await reader.read()).decode()
    writer.close()
    await writer.wait_closed()
    location = next(x for x in answer.splitlines() if x.lower().startswith("location:"))
    return location.split()[1]


@pytest.mark.parametrize(
    "n_listeners",
    [pytest.param(60, marks=pytest.mark.thorough), pytest.param(1000, marks=pytest.mark.slow)],
)
async def test_a_thousand_who_leave(tmp_path: Path, n_listeners: int) -> None:
    app = create_app(Settings(voice="baker", cache=str(tmp_path)), voices(baker=baker()))
    with serving(app) as (url, _):
        port = int(url.rpartition(":")[2])
        await leave_early(port, f"{await post(port, '先暖身。')}/audio.mp3")
        await asyncio.sleep(1)
        gc.collect()
        files, threads = open_files(), threading.active_count()
        for number in range(0, n_listeners, 20):
            article = await post(port, f"第{number}則新聞，今天放晴，氣溫回升，山區有雨。")
            paths = ("audio.mp3", "events", "captions.vtt", "audio.mp3")
            await asyncio.gather(
                *(leave_early(port, f"{article}/{paths[i % 4]}") for i in range(20))
            )
        for _ in range(100):
            gc.collect()
            if open_files() <= files + 2 and threading.active_count() <= threads + 2:
                return
            await asyncio.sleep(0.1)
    raise AssertionError(
        f"{open_files() - files} files, {threading.active_count() - threads} threads"
    )
