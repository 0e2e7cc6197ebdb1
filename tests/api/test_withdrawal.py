"""What was withdrawn is given out by no door and made by nobody, however it is asked for."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from audio_cache import Cache, CacheUnavailable, Goal
from reader.narration.withdrawals import Withdrawals
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.api.services import service
from tests.api.withdrawn import PAGE, TEXT, TITLE, URL, assert_nothing_is_given, made, traces
from tests.cluster.processes import until
from tests.pipeline.voices import Tone

OTHER = f"{TITLE}\n\n撤回之前這一句人人聽得到。\n\n這一句只有別篇才有。"


async def test_no_route_gives_what_was_withdrawn(tmp_path: Path) -> None:
    async with service(tmp_path, address="127.0.0.1", base_url="http://localhost") as client:
        client.base_url = httpx.URL("http://localhost")
        known = await made(client, html=PAGE.format(url=URL), listed=True)
        sound = (await client.get(f"/v1/articles/{known}/audio.mp3")).content
        for form in ("captions.vtt", "captions.srt", "captions.json", "chapters.json"):
            assert (await client.get(f"/v1/articles/{known}/{form}")).is_success
        assert TITLE in (await client.get("/feed.xml")).text
        assert traces(tmp_path / "store")
        assert (await client.delete(f"/v1/articles/{known}")).status_code == 204
        await assert_nothing_is_given(client, known, sound)
        assert not traces(tmp_path / "store")
        cache = Cache.open(str(tmp_path / "store"))
        assert "clips" not in await cache.usage()
        assert (await client.delete(f"/v1/articles/{known}")).status_code == 204


@pytest.mark.parametrize(
    "spelling",
    [
        "http://news.example/story/7",
        "https://news.example/story/7/",
        "https://news.example/story/7#comments",
        "https://news.example/story/7?utm_source=line&utm_medium=social",
        "https://www.news.example/story/7?fbclid=abc",
        "HTTPS://NEWS.EXAMPLE:443/story//7",
        "https://m.news.example/%73tory/7",
    ],
)
async def test_another_spelling_of_the_address_brings_nothing_back(
    tmp_path: Path, spelling: str
) -> None:
    async with service(tmp_path, base_url="http://localhost") as client:
        client.base_url = httpx.URL("http://localhost")
        known = await made(client, html=PAGE.format(url=URL))
        await client.delete(f"/v1/articles/{known}")
        corrected = PAGE.replace("誰也聽不到", "改過了").format(url=spelling)
        for body in ({"url": spelling}, {"html": corrected}, {"page": spelling}):
            answer = await client.post("/v1/articles", json=body)
            assert answer.status_code == 410, answer.text
        neighbour = PAGE.replace("撤回", "鄰篇").format(url="https://news.example/story/77")
        assert (await client.post("/v1/articles", json={"html": neighbour})).status_code == 201


async def test_another_voice_brings_nothing_back(tmp_path: Path) -> None:
    async with service(tmp_path, base_url="http://localhost") as client:
        client.base_url = httpx.URL("http://localhost")
        known = await made(client, text=TEXT, voice="tone")
        faster = await made(client, text=TEXT, voice="tone", rate=20)
        await client.delete(f"/v1/articles/{known}")
        assert (await client.get(f"/v1/articles/{faster}")).status_code == 410
        answer = await client.post("/v1/articles", json={"text": TEXT, "voice": "baker"})
        assert answer.status_code == 410
        assert answer.json()["kind"] == "article-withdrawn"
        assert answer.headers["cache-control"] == "no-store"


async def test_clips_of_another_article_stay(tmp_path: Path) -> None:
    async with service(tmp_path, base_url="http://localhost") as client:
        client.base_url = httpx.URL("http://localhost")
        known = await made(client, text=TEXT)
        other = await made(client, text=OTHER)
        cache = Cache.open(str(tmp_path / "store"))
        before = (await cache.usage())["clips"][0]
        await client.delete(f"/v1/articles/{known}")
        assert (await cache.usage())["clips"][0] == before - 1
        assert (await client.get(f"/v1/articles/{other}")).json()["status"] == "ready"
        await client.delete(f"/v1/articles/{other}")
        assert "clips" not in await cache.usage()


class Slow(Tone):
    """Takes its time for each sentence."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.n_ended = 0

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        self.begun.set()
        await asyncio.sleep(0.2)
        self.n_ended += 1
        return await super().speak(line, prosody)


LONG = TEXT + "".join(f"\n\n第{n}句慢慢說。" for n in range(60))


async def test_what_is_being_made_is_stopped(tmp_path: Path) -> None:
    voice = Slow()
    async with service(tmp_path, voice, base_url="http://localhost") as client:
        client.base_url = httpx.URL("http://localhost")
        known = (await client.post("/v1/articles", json={"text": LONG})).json()["id"]
        other = (await client.post("/v1/articles", json={"text": OTHER})).json()["id"]
        following = asyncio.create_task(client.get(f"/v1/articles/{known}/events"))
        await voice.begun.wait()
        assert (await client.delete(f"/v1/articles/{known}")).status_code == 204
        n_ended = voice.n_ended
        assert "event: failed" in (await following).text
        answer = await client.get(f"/v1/articles/{known}/audio.mp3")
        assert answer.status_code == 410
        async with client.stream("GET", f"/v1/articles/{other}/events") as events:
            told = "".join([line async for line in events.aiter_lines()])
        assert "event: ready" in told
        assert voice.n_ended <= n_ended + 20
        await client.aclose()
    cache = Cache.open(str(tmp_path / "store"))
    kinds = await cache.usage()
    assert kinds["narrations"][0] == 2
    assert kinds["orders"][0] == 1
    assert kinds["clips"][0] <= 3


async def test_two_at_once_both_succeed(tmp_path: Path) -> None:
    async with service(tmp_path, base_url="http://localhost") as client:
        client.base_url = httpx.URL("http://localhost")
        known = await made(client, text=TEXT)
        answers = await asyncio.gather(*(client.delete(f"/v1/articles/{known}") for _ in range(8)))
        assert {answer.status_code for answer in answers} == {204}
        assert not await Withdrawals(Cache.open(str(tmp_path / "store"))).under_way()


async def test_nobody_else_may_withdraw(tmp_path: Path) -> None:
    async with service(tmp_path, address="192.0.2.7", base_url="http://tingwen.test") as client:
        known = await made(client, text=TEXT)
        for answer in (
            await client.delete(f"/v1/articles/{known}"),
            await client.get("/v1/articles"),
        ):
            assert answer.status_code == 403
            assert answer.json()["kind"] == "editing-needs-key"
        assert (await client.get(f"/v1/articles/{known}")).is_success


async def test_what_nobody_knows_is_not_found(tmp_path: Path) -> None:
    async with service(tmp_path, base_url="http://localhost") as client:
        client.base_url = httpx.URL("http://localhost")
        assert (await client.delete(f"/v1/articles/{'0' * 32}")).status_code == 404


@pytest.mark.slow
async def test_a_store_that_fails_half_way_is_finished_by_the_next_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each of its calls in turn; until it is done no door has been half open."""
    calls = ("recent", "get", "remove", "remove_family")
    for n in range(1, 40):
        folder = tmp_path / str(n)
        async with service(folder, base_url="http://localhost") as client:
            client.base_url = httpx.URL("http://localhost")
            known = await made(client, text=TEXT)
            left = [n]

            def failing(real: Any, left: list[int] = left) -> Any:
                async def call(self: Cache, *arguments: Any, **named: Any) -> Any:
                    left[0] -= 1
                    if left[0] == 0:
                        raise CacheUnavailable("cache-unwritable", location="x", reason="full")
                    return await real(self, *arguments, **named)

                return call

            with monkeypatch.context() as broken:
                for name in calls:
                    broken.setattr(Cache, name, failing(getattr(Cache, name)))
                answer = await client.delete(f"/v1/articles/{known}")
            if left[0] > 0:  # it was done before the call that would have failed
                assert answer.status_code == 204
                assert n > 5
                return
            assert answer.status_code in (204, 503), answer.text
            assert (await client.delete(f"/v1/articles/{known}")).status_code == 204
            assert (await client.get(f"/v1/articles/{known}")).status_code == 410
            assert not traces(folder / "store"), n
    raise AssertionError("it never ended")


async def test_what_a_crash_has_left_is_finished_at_the_next_start(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        known = await made(client, text=TEXT)
        withdrawing = client.app.state.service.withdrawing  # type: ignore[attr-defined]
        withdrawal = await withdrawing.removal.describe(known)
        await withdrawing.removal.mark(withdrawal)
    assert traces(tmp_path / "store")
    async with service(tmp_path) as client:
        assert (await client.get(f"/v1/articles/{known}")).status_code == 410
        await asyncio.to_thread(until, lambda: not traces(tmp_path / "store"))


async def test_a_tombstone_outlives_the_cache(tmp_path: Path) -> None:
    async with service(tmp_path, base_url="http://localhost") as client:
        client.base_url = httpx.URL("http://localhost")
        known = await made(client, text=TEXT)
        await client.delete(f"/v1/articles/{known}")
        await Cache.open(str(tmp_path / "store")).prune(Goal(everything=True))
        for stone in (tmp_path / "store" / "records").rglob("*"):
            if stone.is_file():
                stone.write_bytes(b"rotten")
        assert (await client.get(f"/v1/articles/{known}")).status_code == 410
        assert (await client.post("/v1/articles", json={"text": TEXT})).status_code == 410


KILLED_AT_EACH = """
import asyncio, os, shutil, signal, sys
from pathlib import Path
from api.work.removal import Removal
from audio_cache import Cache
from audio_cache.records import Records
from reader.library.narrate import open_narrator

template, known = Path(sys.argv[1]), sys.argv[2]
STEPS = (Cache, "remove"), (Cache, "remove_family"), (Records, "put"), (Records, "remove")

def fatal(real, left):
    async def call(*arguments, **named):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return await real(*arguments, **named)
    return call

async def withdraw(store):
    cache = Cache.open(str(store))
    async with open_narrator(cache) as narrator:
        removal = Removal(cache, narrator)
        withdrawal = await removal.describe(known)
        await removal.mark(withdrawal)
        await removal.finish(withdrawal)

async def resume(store):
    cache = Cache.open(str(store))
    async with open_narrator(cache) as narrator:
        await Removal(cache, narrator).resume()

def in_child(work, store, n=0):
    child = os.fork()
    if not child:
        left = [n]
        for owner, name in STEPS:
            setattr(owner, name, fatal(getattr(owner, name), left))
        asyncio.run(work(store))
        os._exit(0)
    return os.waitpid(child, 0)[1]

n = 0
while True:
    n += 1
    store = template.parent / f"killed{n}"
    shutil.copytree(template, store)
    is_killed = os.WIFSIGNALED(in_child(withdraw, store, n))
    assert in_child(resume, store) == 0
    if not is_killed:
        break
"""


def killed_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("killed*"), key=lambda path: int(path.name.removeprefix("killed")))


@pytest.mark.slow
async def test_killed_between_any_two_steps_the_next_start_finishes_it(tmp_path: Path) -> None:
    template = tmp_path / "store"
    async with service(tmp_path) as client:
        known = await made(client, html=PAGE.format(url=URL))
    command = (sys.executable, "-c", KILLED_AT_EACH, str(template), known)
    process = await asyncio.create_subprocess_exec(*command)
    assert await process.wait() == 0
    stores = killed_in(tmp_path)
    assert len(stores) > 10
    assert traces(stores[0]), "the first step is the one that notes what is begun"
    for store in stores[1:]:
        assert not traces(store), store.name
        withdrawals = Withdrawals(Cache.open(str(store)))
        assert await withdrawals.is_there(narration_id=known), store.name
        assert await withdrawals.is_there(address=URL), store.name
        assert not await withdrawals.under_way(), store.name
