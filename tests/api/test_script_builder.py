"""Pages that come slowly keep nobody waiting but those who asked for them."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from reader.errors import SourceUnreadable
from tests.api.services import service
from tests.api.test_metrics import narrated


async def test_slow_pages_hold_up_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()

    def slow(url: str, **_: object) -> None:
        answered.wait()
        raise SourceUnreadable(f"{url} did not answer; try again later")

    monkeypatch.setattr("api.work.script_builder.load_source", slow)
    async with service(tmp_path) as client:
        article = await narrated(client)
        urls = [{"url": f"https://slow.example/{number}"} for number in range(50)]
        waiting = [asyncio.create_task(client.post("/v1/articles", json=url)) for url in urls]
        try:
            for _ in range(3):
                audio = await client.get(article["audio_url"], headers={"Range": "bytes=0-99"})
                assert audio.status_code == 206
                assert (await client.get(article["captions_url"])).status_code == 200
            assert (await client.post("/v1/scripts", json={"text": "今天放晴。"})).is_success
            assert not any(task.done() for task in waiting)
        finally:
            answered.set()
        answers = await asyncio.gather(*waiting)
        assert {answer.status_code for answer in answers} == {422}
