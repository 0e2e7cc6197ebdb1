"""Narrations in the making: failures reach every listener, and nobody waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from reader.errors import VoiceRefused
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.api.test_articles import TEXT, ready
from tests.pipeline.voices import Counted, FailsAt, baker, voices

pytestmark = pytest.mark.usefixtures("embedded_voice")


class Breaks(Counted):
    """Raises what its `error` is at the second sentence."""

    error: Exception = VoiceRefused("the engine said no; ask for another voice")

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        if len(self.said) >= 2:
            raise self.error
        return await super().speak(line, prosody)


@pytest.fixture
async def broken(tmp_path: Path) -> AsyncIterator[tuple[httpx.AsyncClient, Breaks]]:
    voice = Breaks(baker(), "odd")
    app = create_app(
        Settings(voice="odd", cache=str(tmp_path / "store")), voices(odd=voice, baker=voice)
    )
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://tingwen.test") as client,
    ):
        yield client, voice


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (VoiceRefused("the engine said no; ask for another voice"), "voice-failed"),
        (RuntimeError("a mistake"), "error"),
    ],
)
async def test_a_failure_is_told_to_everybody(
    broken: tuple[httpx.AsyncClient, Breaks], error: Exception, problem: str
) -> None:
    client, voice = broken
    voice.error = error
    answer = await client.post("/v1/articles", json={"text": TEXT})
    article = await ready(client, answer.json()["id"])
    assert article["status"] == "failed"
    assert article["coverage"] < 1
    assert article["problem"]["type"] == f"urn:tingwen:problem:{problem}"
    audio = await client.get(article["audio_url"])
    assert audio.status_code in (500, 502)
    events = await client.get(f"/v1/articles/{article['id']}/events")
    assert events.text.rstrip().splitlines()[-2] == "event: failed"


async def test_a_failed_article_is_tried_again_when_it_is_asked_for(
    broken: tuple[httpx.AsyncClient, Breaks],
) -> None:
    client, voice = broken
    first = await client.post("/v1/articles", json={"text": TEXT})
    await ready(client, first.json()["id"])
    voice.error = VoiceRefused("again")
    second = await client.post("/v1/articles", json={"text": TEXT})
    assert second.status_code == 201
    assert second.json()["id"] == first.json()["id"]


@pytest.mark.thorough
async def test_another_voice_takes_over_under_the_same_address(tmp_path: Path) -> None:
    dying = FailsAt(baker(), "edge")
    dying.at = 2
    app = create_app(
        Settings(voice="edge", cache=str(tmp_path / "s")), voices(edge=dying, baker=baker())
    )
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://tingwen.test"
        ) as client,
    ):
        answer = await client.post("/v1/articles", json={"text": TEXT})
        article = await ready(client, answer.json()["id"])
        assert (article["status"], article["voice"]) == ("ready", "baker")
        assert "edge" in article["why"]
        assert (await client.get(article["audio_url"])).status_code == 200


@pytest.mark.thorough
async def test_events_tell_when_another_voice_begins_anew(tmp_path: Path) -> None:
    dying = FailsAt(baker(), "edge")
    dying.at = 2
    settings = Settings(voice="edge", cache=str(tmp_path / "s"))
    app = create_app(settings, voices(edge=dying, baker=baker()))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://tingwen.test") as client,
    ):
        article = (await client.post("/v1/articles", json={"text": TEXT})).json()
        events = (await client.get(f"/v1/articles/{article['id']}/events")).text
    names = [line.removeprefix("event: ") for line in events.splitlines() if line[:6] == "event:"]
    from_the_start = names[names.index("restarted") + 1 :] if "restarted" in names else names
    assert from_the_start == ["utterance"] * len(article["utterances"]) + ["ready"]


async def test_fifty_listeners_of_a_new_article_hear_the_same(client: httpx.AsyncClient) -> None:
    async def listen() -> bytes:
        answer = await client.post("/v1/articles", json={"text": TEXT})
        return (await client.get(answer.json()["audio_url"])).content

    streams = await asyncio.gather(*(listen() for _ in range(50)))
    shortest = min(streams, key=len)
    assert all(shortest in stream for stream in streams), "the stream is in the finished file"
