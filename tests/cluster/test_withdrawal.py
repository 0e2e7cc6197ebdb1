"""Withdrawal where several processes share a cache: none of them gives anything, or goes on."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx
import pytest

from audio_cache import Cache
from reader.narration.withdrawals import Withdrawals
from tests.api.withdrawn import PAGE, TEXT, URL, assert_nothing_is_given, made, traces
from tests.cluster import counting
from tests.cluster.conftest import Cluster
from tests.cluster.processes import services, until, workers

LONG = TEXT + "".join(f"\n\n第{n}句慢慢說給大家聽。" for n in range(600))
QUIET_S = 3.0

pytestmark = pytest.mark.slow


def has_stopped(said: counting.Log) -> bool:
    """Whether nobody begins a sentence any more."""
    before = said.began().total()
    time.sleep(QUIET_S)
    return said.began().total() == before


def assert_withdrawn_everywhere(urls: list[str], article_id: str, sound: bytes) -> None:
    async def ask(url: str) -> None:
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            await assert_nothing_is_given(client, article_id, sound, asks_anew=bool(sound))

    for url in urls:
        asyncio.run(ask(url))


def ready_at(url: str) -> str:
    """The id of the article, made by the service at `url`."""

    async def make() -> str:
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            return await made(client, html=PAGE.format(url=URL))

    return asyncio.run(make())


def test_four_processes_on_one_folder(tmp_path: Path) -> None:
    said = counting.Log(tmp_path / "said")
    environment = counting.install(tmp_path / "plugin", said.path, 1.0)
    store = tmp_path / "store"
    environment |= {"TINGWEN_CACHE": str(store), "TINGWEN_VOICE": "counting"}
    with services(environment, tmp_path, 4) as running:
        urls = list(running)
        ready = ready_at(urls[0])
        sound = httpx.get(f"{urls[0]}/v1/articles/{ready}/audio.mp3").content
        for url in urls:  # each has it in memory
            assert httpx.get(f"{url}/v1/articles/{ready}/captions.vtt").is_success
        assert httpx.delete(f"{urls[1]}/v1/articles/{ready}").status_code == 204
        assert_withdrawn_everywhere(urls, ready, sound)
        long = "別的長文" + LONG
        making = httpx.post(f"{urls[0]}/v1/articles", json={"text": long}).json()["id"]
        for url in urls:
            httpx.get(f"{url}/v1/articles/{making}")
            httpx.get(f"{url}/v1/articles/{making}/audio.mp3", headers={"Range": "bytes=0-9"})
        answer = httpx.delete(f"{urls[3]}/v1/articles/{making}", timeout=60)
        assert answer.status_code == 204
        for url in urls:
            assert httpx.get(f"{url}/v1/articles/{making}/audio.mp3").status_code == 410
        until(lambda: has_stopped(said))
        assert said.began().total() < 500
        until(lambda: not traces(store))
        cache = Cache.open(str(store))
        until(lambda: not (store / "v2" / "clips").exists() or not files(store / "v2" / "clips"))
        assert not asyncio.run(Withdrawals(cache).under_way())


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_worker_leaves_alone_what_was_withdrawn(cluster: Cluster) -> None:
    environment = cluster.environment | {"TINGWEN_VOICE": "counting", "TEST_SECONDS": "0.4"}
    store = Path(environment["TINGWEN_CACHE"])
    with (
        services(environment, cluster.folder, 2) as running,
        workers(environment, cluster.folder) as _,
    ):
        one, other = running
        other_id = httpx.post(f"{one}/v1/articles", json={"text": "還要聽這一篇。"}).json()["id"]
        known = httpx.post(f"{one}/v1/articles", json={"text": LONG}).json()["id"]
        until(lambda: cluster.said.began().total() > 2)
        assert httpx.delete(f"{other}/v1/articles/{known}", timeout=60).status_code == 204
        n_begun = cluster.said.began().total()
        until(lambda: has_stopped(cluster.said))
        # What was begun, and at most one more before the note was read.
        assert cluster.said.began().total() <= n_begun + 2
        assert_withdrawn_everywhere([one, other], known, b"")
        until(lambda: not traces(store))
        article = httpx.get(f"{one}/v1/articles/{other_id}").json()
        assert article["status"] == "ready"
        until(lambda: len(files(store / "v2" / "clips")) == 1)
