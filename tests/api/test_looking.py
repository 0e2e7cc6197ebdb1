"""Looking starts no work: who may not speak is shown what is made, and what somebody makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.middleware.api_keys import new_key
from reader.synthesis.cache_keys import manifest_path
from reader.voices import Voice
from tests.api.services import service
from tests.pipeline.voices import Counted, FailsAt, Tone

SECRET, ENTRY = new_key("desk", ("speak", "read"))
KEY = {"Authorization": f"Bearer {SECRET}"}
ARTICLE = {"text": "台北今天放晴，各地氣溫回升。"}
WAYS = ("", "/audio.mp3", "/events", "/captions.vtt", "/chapters.json", "/audio.wav")


async def ordered(tmp_path: Path, voice: Voice) -> str:
    """The place of an article that was asked for, of a service that has ended."""
    async with service(tmp_path, voice, api_keys=(str(ENTRY),)) as client:
        place: str = (await client.post("/v1/articles", json=ARTICLE, headers=KEY)).headers[
            "Location"
        ]
        await client.get(f"{place}/events")
    return place


@pytest.mark.parametrize("way", WAYS)
async def test_a_failed_article_is_not_tried_again_by_looking(tmp_path: Path, way: str) -> None:
    place = await ordered(tmp_path, FailsAt(Tone()))
    voice = Counted(Tone())
    async with service(tmp_path, voice, api_keys=(str(ENTRY),)) as client:
        for path in (f"{place}{way}", place.replace("/v1/articles", "/listen")):
            answer = await client.get(path)
            assert answer.status_code == 404, path
        assert voice.said == []
        taken_up = await client.get(place, headers=KEY)
        assert taken_up.status_code == 200
        await client.get(f"{place}/events", headers=KEY)
    assert voice.said, "who may speak has it made by looking"


async def test_what_another_process_makes_may_be_listened_to(tmp_path: Path) -> None:
    place = await ordered(tmp_path, FailsAt(Tone()))
    async with service(tmp_path, Counted(Tone()), api_keys=(str(ENTRY),)) as client:
        cache = client.app.state.service.cache  # type: ignore[attr-defined]
        lease = await cache.leases.acquire(manifest_path(place.rsplit("/", 1)[1]))
        assert lease is not None
        assert (await client.get(place)).json()["status"] in ("pending", "speaking")
        await lease.release()


async def test_without_keys_whoever_looks_may_also_ask(tmp_path: Path) -> None:
    async with service(tmp_path, FailsAt(Tone())) as client:
        place = (await client.post("/v1/articles", json=ARTICLE)).headers["Location"]
        await client.get(f"{place}/events")
    async with service(tmp_path, Counted(Tone())) as client:
        assert (await client.get(place)).status_code == 200
