"""A worker killed and Redis restarted in the middle: nothing is lost, nothing spoken twice."""

from __future__ import annotations

import asyncio

import pytest

from audio_cache import Cache
from reader.cluster import synthesis_for
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Script
from reader.synthesis.in_process import Urgency
from reader.voices import Voices
from tests.cluster.conftest import Cluster
from tests.cluster.counting import CountingVoice
from tests.cluster.processes import kill, workers
from tests.pipeline.test_narrator import script

SPEAKING_S = 0.05
N_ARTICLES = 100
N_SENTENCES = 6


def article(number: int) -> Script:
    sentences = (f"第{number}篇報導的第{n}句話。" for n in range(N_SENTENCES - 1))
    return script(*sentences, title=f"第{number}篇報導")


async def narrated() -> list[bytes]:
    """The sound of the articles, asked for at once."""
    voices, cache = Voices({"counting": CountingVoice}), Cache.open()
    narrator = Narrator(cache, voices, synthesis_for(cache))
    options = ReadOptions(voice="counting", fallback=False, urgency=Urgency.BATCH)

    async def one(number: int) -> bytes:
        narration = await narrator.narrate(article(number), options)
        chunks = narrator.store.read(narration, 0, narration.audio_bytes)
        return b"".join([chunk async for chunk in chunks])

    try:
        return await asyncio.gather(*(one(number) for number in range(N_ARTICLES)))
    finally:
        await narrator.close()
        await voices.close()


async def _until_said(cluster: Cluster, n_lines: int) -> None:
    """Return when so many lines were begun; the test's time limit ends a wait in vain."""
    for _ in range(10_000):
        if cluster.said.began().total() >= n_lines:
            return
        await asyncio.sleep(0.05)


async def _through_faults(cluster: Cluster, *, persistent: bool) -> list[bytes]:
    """The sound of the articles, made by two workers of which one is killed."""
    environment = {**cluster.environment, "TEST_SECONDS": str(SPEAKING_S)}
    n_lines = N_ARTICLES * N_SENTENCES
    with workers(environment, cluster.folder, 2) as (doomed, _):
        making = asyncio.create_task(narrated())
        await _until_said(cluster, n_lines // 4)
        await asyncio.to_thread(kill, doomed)
        await _until_said(cluster, n_lines // 2)
        await asyncio.to_thread(cluster.redis.stop)
        await asyncio.to_thread(cluster.redis.start, persistent=persistent)
        return await making


@pytest.mark.slow
@pytest.mark.parametrize("persistent", [False, True])
async def test_a_hundred_articles_survive_a_killed_worker_and_a_restarted_redis(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, persistent: bool
) -> None:
    if persistent:
        cluster.redis.stop()
        cluster.redis.start(persistent=True)
    made = await _through_faults(cluster, persistent=persistent)
    began = cluster.said.began()
    assert len(began) == N_ARTICLES * N_SENTENCES
    twice = {line for line, n in began.items() if n > 1}
    assert twice <= cluster.said.unfinished(), "what the killed one had in its hands"
    assert max(began.values()) <= 2
    assert len({pid for pid, _, _ in cluster.said.entries()}) == 2, "both had a share of it"
    monkeypatch.delenv("TINGWEN_BROKER")
    monkeypatch.setenv("TINGWEN_CACHE", str(cluster.folder / "in process"))
    monkeypatch.setenv("TEST_LOG", str(cluster.folder / "said in process"))
    monkeypatch.setenv("TEST_SECONDS", "0")
    assert made == await narrated(), "order and bytes as in one process"
