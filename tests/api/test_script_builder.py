"""Pages that come slowly keep nobody waiting but those who asked for them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.work.script_builder import load_source
from reader.errors import SourceUnreadable
from tests.api.services import service
from tests.api.test_metrics import narrated

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "article.html"
N_SLOW = 40
SHARE = 4 + 16
"""Of one client: being fetched, and waiting."""


@asynccontextmanager
async def another_client(client: httpx.AsyncClient, address: str) -> AsyncIterator[Any]:
    """Of the same service, from another address."""
    transport = httpx.ASGITransport(client.app, client=(address, 5000))  # type: ignore[attr-defined]
    async with httpx.AsyncClient(
        transport=transport, base_url="http://tingwen.test", timeout=60
    ) as other:
        yield other


async def test_slow_pages_hold_up_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()

    def load(url: str, **options: Any) -> Any:
        if "slow" not in url:
            return load_source(str(EXAMPLE), **options)
        answered.wait()
        raise SourceUnreadable(f"{url} did not answer; try again later")

    monkeypatch.setattr("api.work.script_builder.load_source", load)
    async with service(tmp_path) as client, another_client(client, "127.0.0.2") as other:
        article = await narrated(client)
        urls = [{"url": f"https://slow.example/{number}"} for number in range(N_SLOW)]
        waiting = [asyncio.create_task(client.post("/v1/articles", json=url)) for url in urls]
        try:
            for _ in range(3):
                audio = await client.get(article["audio_url"], headers={"Range": "bytes=0-99"})
                assert audio.status_code == 206
                assert (await client.get(article["captions_url"])).status_code == 200
            assert (await client.post("/v1/scripts", json={"text": "今天放晴。"})).is_success
            found = await other.post("/v1/scripts", json={"url": "https://quick.example/"})
            assert found.status_code == 200, found.text
            assert sum(not task.done() for task in waiting) == SHARE
        finally:
            answered.set()
        answers = await asyncio.gather(*waiting)
        codes = [answer.status_code for answer in answers]
        assert (codes.count(422), codes.count(429)) == (SHARE, N_SLOW - SHARE)
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert refused.headers["Retry-After"].isdecimal()
        assert refused.json()["kind"] == "too-many-fetches"
