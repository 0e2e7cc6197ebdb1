"""Processes on one cache, without a broker: who follows takes over, and hears of failures."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from audio_cache import Cache
from reader.errors import VoiceUnavailable
from reader.narration.model import Narration
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Line
from reader.voices import Prosody, Voices
from reader.voices.clip import Clip
from tests.cluster import counting
from tests.cluster.counting import CountingVoice
from tests.cluster.processes import is_all_of, kill, services, until
from tests.pipeline.test_narrator import Remembers, script
from tests.pipeline.voices import Tone, voices

LINES = tuple(f"大家都要聽第{n}句。" for n in "一二三四五六七八")
OPTIONS = ReadOptions(voice="counting", fallback=False)


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> counting.Log:
    log = counting.Log(tmp_path / "said")
    monkeypatch.setenv("TEST_LOG", str(log.path))
    return log


async def test_followers_hear_all_of_it_and_one_makes_it(said: counting.Log) -> None:
    listeners = [Remembers() for _ in range(4)]

    async def narrate(listener: Remembers) -> Narration:
        narrator = Narrator(Cache.open(), Voices({"counting": CountingVoice}))
        return await narrator.narrate(script(*LINES), OPTIONS, listener)

    made = await asyncio.gather(*(narrate(listener) for listener in listeners))
    assert len({narration.audio_sha256 for narration in made}) == 1
    assert len({b"".join(listener.frames) for listener in listeners}) == 1
    assert set(said.began().values()) == {1}
    usage = await Cache.open().usage()
    assert usage["narrations"][0] == 2, "one manifest, one file"


class Fails(Tone):
    """Thinks a while, then is unavailable."""

    def __init__(self, asked: list[str]) -> None:
        self._asked = asked

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        self._asked.append(line.spoken)
        await asyncio.sleep(0.2)
        raise VoiceUnavailable("the service does not answer; try again later")


async def test_what_one_could_not_say_is_not_asked_of_all_who_waited() -> None:
    asked: list[str] = []

    async def narrate() -> None:
        narrator = Narrator(Cache.open(), voices(edge=Fails(asked)))
        await narrator.narrate(script(title="晴"), ReadOptions(voice="edge", fallback=False))

    told = await asyncio.gather(*(narrate() for _ in range(4)), return_exceptions=True)
    assert [type(error) for error in told] == [VoiceUnavailable] * 4
    assert len({str(error) for error in told}) == 1
    assert asked.count("晴") == 1


@pytest.mark.thorough
async def test_an_article_outlives_the_service_that_took_it(tmp_path: Path) -> None:
    said = counting.Log(tmp_path / "said")
    environment = counting.install(tmp_path / "plugin", said.path, seconds=1)
    environment |= {"TINGWEN_CACHE": str(tmp_path / "cache"), "TINGWEN_VOICE": "counting"}
    with services(environment, tmp_path, 2) as processes:
        first, other = processes
        async with httpx.AsyncClient(timeout=60) as client:
            body = {"text": "\n\n".join(LINES)}
            asked = (await client.post(f"{first}/v1/articles", json=body)).json()
            following = asyncio.create_task(client.get(f"{other}{asked['audio_url']}"))
            await asyncio.to_thread(until, lambda: said.began().total() >= 2)
            await asyncio.to_thread(kill, processes[first])
            heard = (await following).content
            file = (await client.get(f"{other}{asked['audio_url']}")).content
    assert is_all_of(heard, file)
    twice = {line for line, n in said.began().items() if n > 1}
    assert twice <= said.unfinished()
    assert len(said.began()) == len(LINES)
