"""Many requests for few new articles over several service processes: each is spoken once."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from pathlib import Path

import httpx
import pytest

from tests.cluster import counting
from tests.cluster.processes import is_all_of, services

NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"


def article(number: int) -> str:
    sentences = (f"這是{NAMES[number]}報的第{n}句話。" for n in range(8))
    return "\n\n".join(sentences)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("n_processes", "n_articles", "n_requests"),
    [(2, 4, 40), pytest.param(4, len(NAMES), 500, marks=pytest.mark.slow)],
)
async def test_many_requests_for_few_articles_are_few_syntheses(
    n_processes: int, n_articles: int, n_requests: int, tmp_path: Path
) -> None:
    log = counting.Log(tmp_path / "said")
    environment = counting.install(tmp_path / "plugin", log.path, seconds=0.05)
    environment |= {"TINGWEN_CACHE": str(tmp_path / "cache"), "TINGWEN_VOICE": "counting"}
    dice = random.Random(10)
    with services(environment, tmp_path, n_processes) as processes:
        urls = list(processes)
        # A connection a request: httpx closes idle ones that it has just given to a request.
        limits = httpx.Limits(max_connections=n_requests, max_keepalive_connections=0)
        async with httpx.AsyncClient(timeout=200, limits=limits) as client:

            async def request(number: int) -> tuple[int, bytes]:
                """Ask one process for the article, and whichever comes next for its sound."""
                body = {"text": article(number), "title": NAMES[number]}
                asked = await client.post(f"{dice.choice(urls)}/v1/articles", json=body)
                assert asked.status_code in (200, 201)
                heard = await client.get(f"{dice.choice(urls)}{asked.json()['audio_url']}")
                assert heard.status_code == 200
                return number, heard.content

            wanted = [n % n_articles for n in range(n_requests)]
            heard = await asyncio.gather(*(request(number) for number in wanted))
            finished: dict[int, set[bytes]] = defaultdict(set)
            for number in range(n_articles):
                for url in urls:
                    body = {"text": article(number), "title": NAMES[number]}
                    asked = await client.post(f"{url}/v1/articles", json=body)
                    assert asked.status_code == 200
                    audio = await client.get(f"{url}{asked.json()['audio_url']}")
                    finished[number].add(audio.content)
    assert all(len(files) == 1 for files in finished.values()), "all give the same bytes"
    for number, sound in heard:
        (file,) = finished[number]
        assert is_all_of(sound, file), "a listener heard all of it"
    for number in range(n_articles):
        sounds = {sound for of, sound in heard if of == number}
        assert len(sounds) <= 3, "as it was spoken, as it stands in the file, or the file"
    assert set(log.began().values()) == {1}, "no sentence was spoken twice"
    makers = {line: pid for pid, _, line in log.entries()}
    for number in range(n_articles):
        lines = [line for line in makers if f"這是{NAMES[number]}報的" in line]
        assert len(lines) == 8
        assert len({makers[line] for line in lines}) == 1, "one process makes an article"
