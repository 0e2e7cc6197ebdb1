"""What workers speak is what this process would speak, and what they cannot, they say."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from audio_cache import Cache
from reader.cluster import ClusterSettings, synthesis_for
from reader.cluster.client import ByWorkers
from reader.errors import BadOptions, StorageError, VoiceRefused, VoiceUnavailable
from reader.fair_share import current_client
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Line
from reader.synthesis.in_process import InProcess, Urgency, Wanted
from reader.voices import Prosody, Voices
from tests.cluster import counting
from tests.cluster.conftest import Cluster, cluster_in
from tests.cluster.counting import CountingVoice
from tests.cluster.processes import is_all_of, services, workers
from tests.pipeline.test_narrator import script

pytestmark = pytest.mark.usefixtures("embedded_voice")

COUNTING = ReadOptions(voice="counting", fallback=False)


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster with one worker."""
    one = cluster_in(tmp_path_factory.mktemp("cluster"))
    one.redis.start()
    with workers({**one.environment, "TINGWEN_LOG_FORMAT": "json"}, one.folder) as processes:
        one.workers.extend(processes)
        yield one
    one.redis.stop()


@pytest.fixture
def ours(at_work: Cluster, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    at_work.enter(monkeypatch)
    return at_work


@asynccontextmanager
async def narrator(**engines: type[CountingVoice]) -> AsyncIterator[Narrator]:
    """As the command line has it: by workers if the environment says so."""
    voices, cache = Voices({"counting": CountingVoice, **engines}), Cache.open()
    one = Narrator(cache, voices, synthesis_for(cache))
    try:
        yield one
    finally:
        await one.close()
        await voices.close()


async def audio(narrator: Narrator, options: ReadOptions, *sentences: str) -> bytes:
    narration = await narrator.narrate(script(*sentences, title="聽聞"), options)
    chunks = narrator.store.read(narration, 0, narration.audio_bytes)
    return b"".join([chunk async for chunk in chunks])


@pytest.mark.thorough
async def test_the_embedded_voice_sounds_the_same_from_a_worker(
    ours: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = ("今天放晴，山區仍有短暫雨。", "他在 Google 工作，年薪兩百萬元。", "請記得帶傘。")
    async with narrator() as by_workers:
        theirs = await audio(by_workers, ReadOptions(voice="baker"), *sentences)
    monkeypatch.delenv("TINGWEN_BROKER")
    monkeypatch.setenv("TINGWEN_CACHE", str(ours.folder / "another cache"))
    async with narrator() as in_process:
        assert theirs == await audio(in_process, ReadOptions(voice="baker"), *sentences)


async def test_a_workers_log_is_like_that_of_the_service(ours: Cluster) -> None:
    async with narrator() as by_workers:
        with pytest.raises(VoiceRefused):
            await audio(by_workers, COUNTING, counting.REFUSED)
    lines = (ours.folder / "worker0.log").read_text("utf-8").splitlines()
    events = [json.loads(line) for line in lines if not line.startswith("Fatal Python error")]
    (ready,) = [event for event in events if event["event"].startswith("ready, ")]
    assert ready["logger"] == "tingwen.cluster"
    assert ready["level"] == "info"
    assert not any(counting.REFUSED in line for line in lines), "no words of articles"


@pytest.mark.thorough
async def test_two_who_want_the_same_have_it_spoken_once(ours: Cluster) -> None:
    sentences = tuple(f"兩個人都要聽第{n}句。" for n in "一二三四五六七八九")
    async with narrator() as one, narrator() as other:
        first, second = await asyncio.gather(
            audio(one, COUNTING, *sentences), audio(other, COUNTING, *sentences)
        )
    assert first == second
    began = ours.said.began()
    assert [began[line] for line in sentences] == [1] * len(sentences)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("line", "error", "n_tries"),
    [
        (counting.REFUSED, VoiceRefused("the engine said no; ask for another voice"), 1),
        (counting.UNAVAILABLE, VoiceUnavailable("the engine does not answer; try again later"), 2),
        (counting.DEADLY, VoiceRefused("3 workers died of this sentence"), 3),
    ],
)
async def test_what_a_worker_cannot_say_is_told_as_this_process_would(
    ours: Cluster, line: str, error: Exception, n_tries: int
) -> None:
    async with narrator() as by_workers:
        with pytest.raises(type(error), match=f"sentence 2 .*{line}.*{error}"):
            await audio(by_workers, COUNTING, line)
        assert ours.said.began()[line] == n_tries
        if line == counting.REFUSED:
            with pytest.raises(VoiceRefused):
                await audio(by_workers, COUNTING, line)
            assert ours.said.began()[line] == 2, "an old answer is none to a new question"


async def test_a_worker_of_another_release_says_so(ours: Cluster) -> None:
    class Newer(CountingVoice):
        version = "2"

    del ours
    async with narrator(counting=Newer) as by_workers:
        with pytest.raises(VoiceRefused, match="install the same release on both"):
            await audio(by_workers, COUNTING, "這句話只有新版會說。")


async def test_another_cache_than_the_workers_is_found_out(
    ours: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGWEN_CACHE", str(ours.folder / "not theirs"))
    async with narrator() as by_workers:
        with pytest.raises(StorageError, match="the same TINGWEN_CACHE"):
            await audio(by_workers, COUNTING, "這句話放錯了地方。")


@pytest.mark.thorough
async def test_the_service_streams_what_workers_speak(ours: Cluster, tmp_path: Path) -> None:
    lines = [f"服務請工人說第{n}句。" for n in "一二三四五"]
    environment = {**ours.environment, "TINGWEN_VOICE": "counting"}
    with services(environment, tmp_path) as (url,):
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            asked = (await client.post("/v1/articles", json={"text": "\n\n".join(lines)})).json()
            streamed = (await client.get(asked["audio_url"])).content
            file = (await client.get(asked["audio_url"])).content
    assert is_all_of(streamed, file)
    pids = {pid for pid, _, line in ours.said.entries() if line in lines}
    assert len(pids) == 1, "the worker spoke it all"


async def test_a_listener_comes_before_a_batch(ours: Cluster) -> None:
    voice = CountingVoice()

    def wanted(line: str) -> Wanted:
        return Wanted(Line(line), voice, Prosody(), Urgency.BATCH)

    batch = [wanted(f"不急的第{n}句。") for n in "一二三四五六七八九十"]
    urgent = [wanted(f"有人在等的第{n}句。") for n in "一二三"]
    by_workers = synthesis_for(Cache.open())
    assert isinstance(by_workers, ByWorkers)
    ours.signal_workers(signal.SIGSTOP)  # one order may be on its way to it already
    try:
        tasks = [asyncio.create_task(_made(by_workers, one)) for one in (*batch, *urgent)]
        await _queued(by_workers, lambda depth: depth >= len(tasks) - 1)
        for one in urgent:
            one.urgency = Urgency.LISTENER  # somebody joins
        await _queued(by_workers, lambda depth: depth >= len(tasks) - 1 + len(urgent))
    finally:
        ours.signal_workers(signal.SIGCONT)
    await asyncio.gather(*tasks)
    await _queued(by_workers, lambda depth: depth == 0)
    await by_workers.close()
    lines = {one.line.spoken for one in (*batch, *urgent)}
    order = [line for _, what, line in ours.said.entries() if what == "begins" and line in lines]
    assert len(order) == len(lines)
    assert {one.line.spoken for one in urgent} <= set(order[: len(urgent) + 1])


@pytest.mark.thorough
async def test_a_hundred_sentences_of_one_client_are_not_before_anothers_first(
    ours: Cluster,
) -> None:
    voice = CountingVoice()
    by_workers = synthesis_for(Cache.open())
    assert isinstance(by_workers, ByWorkers)

    def asked(client: str, lines: list[str]) -> list[asyncio.Task[None]]:
        current_client.set(client)
        wanted = [Wanted(Line(line), voice, Prosody()) for line in lines]
        return [asyncio.create_task(_made(by_workers, one)) for one in wanted]

    ours.signal_workers(signal.SIGSTOP)
    try:
        tasks = asked("busy", [f"忙碌的第{n}句。" for n in range(100)])
        await _queued(by_workers, lambda depth: depth >= len(tasks) - 1)
        tasks += asked("new", [f"新來的第{n}句。" for n in range(5)])
        await _queued(by_workers, lambda depth: depth >= len(tasks) - 1)
    finally:
        ours.signal_workers(signal.SIGCONT)
    await asyncio.gather(*tasks)
    await by_workers.close()
    order = [line for _, what, line in ours.said.entries() if what == "begins"]
    order = [line for line in order if line.startswith(("忙碌的", "新來的"))]
    assert len(order) == len(tasks), "each is spoken once, however often it was sent"
    places = [number for number, line in enumerate(order) if line.startswith("新來的")]
    assert places[0] <= 2, "behind what was being spoken, and the busy client's first"
    assert places[-1] <= 20, "and so do the others take turns"


@pytest.mark.thorough
async def test_a_sentence_that_killed_workers_kills_no_more_of_them(ours: Cluster) -> None:
    """Other tasks of it may be queued, and it may be asked for again."""
    line = counting.DEADLY
    async with narrator() as by_workers:
        for _ in range(2):
            with pytest.raises(VoiceRefused, match="3 workers died"):
                await audio(by_workers, COUNTING, line)
    assert ours.said.began()[line] == 3


async def _made(synthesis: ByWorkers, wanted: Wanted) -> None:
    await synthesis.speak(wanted, lambda _: None)


async def _queued(by_workers: ByWorkers, is_so: Callable[[int], bool]) -> None:
    """Return when so many wait; the test's time limit ends a wait in vain."""
    for _ in range(10_000):
        if is_so(await by_workers.queue_depth()):
            return
        await asyncio.sleep(0.02)


async def test_a_broker_that_stays_away_is_told_of(cluster: Cluster) -> None:
    cluster.redis.stop()
    cache = Cache.open()
    settings = ClusterSettings("redis://:secret@" + cluster.redis.url[8:], patience_s=0.5)
    by_workers = ByWorkers(cache, settings)
    voices = Voices({"counting": CountingVoice})
    with pytest.raises(VoiceUnavailable, match=r"does not answer .*unset TINGWEN_BROKER") as told:
        await audio(Narrator(cache, voices, by_workers), COUNTING, "沒有人聽得到。")
    assert "secret" not in str(told.value)
    await by_workers.close()


@pytest.mark.thorough
async def test_without_any_worker_a_listener_is_told(cluster: Cluster) -> None:
    cache = Cache.open()
    url = "redis://:secret@" + cluster.redis.url[8:]
    by_workers = ByWorkers(cache, ClusterSettings(cluster.redis.url, patience_s=0.5))
    voices = Voices({"counting": CountingVoice})
    narrator = Narrator(cache, voices, by_workers)
    for text in ("沒有人聽得到。", "還是沒有人。"):
        with pytest.raises(VoiceUnavailable, match="no worker is there to speak"):
            await audio(narrator, COUNTING, text)
    assert "secret" not in ClusterSettings(url).shown
    assert "secret" not in ClusterSettings("redis://h:6379/0?password=secret").shown
    with workers(cluster.environment, cluster.folder, 1):
        assert await audio(narrator, COUNTING, "現在有人了。")
    await by_workers.close()


def test_without_a_broker_this_process_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(synthesis_for(Cache.open()), InProcess)
    for url in (
        "amqp://localhost",
        "redis://",
        "redis://[",
        "redis://:secret@host:port",
        "redis://h/x",
        "redis://h:6379/0/1",
        "redis://h:99999/0",
        "redis://h:-1/0",
        "redis://a b/0",
        "redis:h:6379",
        "redis//h:6379",
        "localhost:6379",
        "http://h:6379/0",
        "redis://h:6379/٣",
        "redis://:secret@h:6379/0?nosuch=1",
        "redis://:secret@h:6379/0?socket_timeout=x",
    ):
        monkeypatch.setenv("TINGWEN_BROKER", url)
        with pytest.raises(BadOptions, match="must be like redis://") as told:
            synthesis_for(Cache.open())
        assert "secret" not in str(told.value)
    monkeypatch.setenv("TINGWEN_BROKER", "redis://localhost")
    monkeypatch.setenv("TINGWEN_CACHE", "memory://")
    with pytest.raises(BadOptions, match="set TINGWEN_CACHE to a folder or a bucket"):
        synthesis_for(Cache.open())
