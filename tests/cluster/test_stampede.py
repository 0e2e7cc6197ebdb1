"""Many requests for few new articles over several service processes: each is spoken once."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

import httpx

from tests.cluster import counting
from tests.cluster.processes import service

N_PROCESSES = 4
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
N_ARTICLES = len(NAMES)
N_REQUESTS = 500


def article(number: int) -> str:
    sentences = (f"這是{NAMES[number]}報的第{n}句話。" for n in range(8))
    return "\n\n".join(sentences)


async def test_five_hundred_requests_for_twenty_articles_are_twenty_syntheses(
    tmp_path: Path,
) -> None:
    log = counting.Log(tmp_path / "said")
    environment = counting.install(tmp_path / "plugin", log.path, seconds=0.05)
    environment |= {"TINGWEN_CACHE": str(tmp_path / "cache"), "TINGWEN_VOICE": "counting"}
    dice = random.Random(10)
    with ExitStack() as stack:
        urls = [
            stack.enter_context(service(environment, tmp_path / f"service{n}.log"))
            for n in range(N_PROCESSES)
        ]
        # A connection a request: httpx closes idle ones that it has just given to a request.
        limits = httpx.Limits(max_connections=N_REQUESTS, max_keepalive_connections=0)
        async with httpx.AsyncClient(timeout=200, limits=limits) as client:

            async def request(number: int) -> tuple[int, bytes]:
                """Ask one process for the article, and whichever comes next for its sound."""
                body = {"text": article(number), "title": NAMES[number]}
                asked = await client.post(f"{dice.choice(urls)}/v1/articles", json=body)
                assert asked.status_code in (200, 201)
                heard = await client.get(f"{dice.choice(urls)}{asked.json()['audio_url']}")
                assert heard.status_code == 200
                return number, heard.content

            wanted = [n % N_ARTICLES for n in range(N_REQUESTS)]
            heard = await asyncio.gather(*(request(number) for number in wanted))
            finished: dict[int, set[bytes]] = defaultdict(set)
            for number in range(N_ARTICLES):
                for url in urls:
                    body = {"text": article(number), "title": NAMES[number]}
                    asked = await client.post(f"{url}/v1/articles", json=body)
                    assert asked.status_code == 200
                    audio = await client.get(f"{url}{asked.json()['audio_url']}")
                    finished[number].add(audio.content)
    assert all(len(files) == 1 for files in finished.values()), "all give the same bytes"
    for number, sound in heard:
        (file,) = finished[number]
        assert sound in file, "a listener heard what stands in the file"
        assert len(sound) > 0.9 * len(file), "all of it"
    assert set(log.began().values()) == {1}, "no sentence was spoken twice"
    makers = {line: pid for pid, _, line in log.entries()}
    for number in range(N_ARTICLES):
        lines = [line for line in makers if f"這是{NAMES[number]}報的" in line]
        assert len(lines) == 8
        assert len({makers[line] for line in lines}) == 1, "one process makes an article"
