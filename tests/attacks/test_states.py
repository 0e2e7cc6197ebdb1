"""A clock that jumps, a cache folder that goes, texts that repeat: nothing is lost, and whoever
asks is answered."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from itertools import product
from pathlib import Path
from typing import Final

import pytest

from reader.article import Article, Paragraph
from reader.script import write_script
from tests.api.services import service
from tests.attacks.kinds import at_least

YEARS_S: Final = 10 * 365 * 86_400
CLOCKS: Final = (-YEARS_S, YEARS_S, -3_600)
WAYS: Final = ("/events", "/audio.mp3", "/captions.vtt", "")


@pytest.mark.parametrize("jump_s", CLOCKS)
async def test_a_clock_that_jumps_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump_s: float
) -> None:
    real = time.time
    body = {"text": "台北今天放晴。\n\n各地氣溫回升。", "title": "天氣", "listed": True}
    async with service(tmp_path, rate_per_address="50/hour") as client:
        place = (await client.post("/v1/articles", json=body)).headers["Location"]
        async with client.stream("GET", f"{place}/audio.mp3") as audio:
            parts = audio.aiter_raw()
            received = await anext(parts)
            monkeypatch.setattr(time, "time", lambda: real() + jump_s)
            received += b"".join([part async for part in parts])
        for way in WAYS:
            assert (await client.get(f"{place}{way}")).status_code == 200, way
        assert received
        assert place.rsplit("/", 1)[1] in (await client.get("/feed.xml")).text
        again = await client.post("/v1/articles", json=body)
        assert again.status_code == 200, "it is known"
        fresh = await client.post("/v1/articles", json={"text": "明天有雨。"})
        assert fresh.status_code == 201
        assert "ready" in (await client.get(f"{fresh.headers['Location']}/events")).text
    assert at_least("clock", len(CLOCKS) * (len(WAYS) + 5))


def replace_by_file(store: Path) -> None:
    shutil.rmtree(store)
    store.write_text("no folder")


def replace_by_link_to_nothing(store: Path) -> None:
    shutil.rmtree(store)
    store.symlink_to(store / "nowhere")


@pytest.mark.parametrize("how", [shutil.rmtree, replace_by_file, replace_by_link_to_nothing])
async def test_a_cache_folder_that_goes_is_told_and_comes_back(tmp_path: Path, how: object) -> None:
    store, n_asked = tmp_path / "store", 0
    async with service(tmp_path) as client:
        place = (await client.post("/v1/articles", json={"text": "今天放晴。"})).headers["Location"]
        await client.get(f"{place}/events")
        how(store)  # type: ignore[operator]
        for way in (place, f"{place}/audio.mp3", f"{place}/captions.vtt", "/feed.xml", "/readyz"):
            answer = await client.get(way)
            assert answer.status_code in (200, 404, 502, 503), (way, answer.status_code)
            assert str(tmp_path) not in answer.text, way
            n_asked += 1
        if store.is_symlink() or store.is_file():
            store.unlink()
            store.mkdir()
        fresh = await client.post("/v1/articles", json={"text": "明天有雨。"})
        assert fresh.status_code == 201, fresh.text
        assert "ready" in (await client.get(f"{fresh.headers['Location']}/events")).text
    assert at_least("folder gone", 3 * n_asked)


REPEATED: Final = (
    *("1", "1,", "1.", "1/", "2024-", "（", "）(", "「", "：3:", "$1", "第1", "A", "http://", "a@"),
    *("%", "…", "一", "十百", "\u200b", "-"),
)
PROGRAM: Final = "import sys; from tests.attacks.test_states import written; written(sys.argv[1])"
N_CHARS: Final = 90_000
CPU_S: Final = 8
"""For three texts, with the imports; one takes 0.6 s."""


def written(unit: str) -> None:
    """Scripts of a text that repeats, under the kernel's limit."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    for text in (unit, f"今天{unit}", f"{unit}好 "):
        whole = (text * (N_CHARS // len(text) + 1))[:N_CHARS]
        write_script(Article(title="", paragraphs=(Paragraph(whole),)))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limits are set as on Linux")
@pytest.mark.slow
@pytest.mark.parametrize("unit", REPEATED)
def test_a_text_that_repeats_takes_no_longer_than_others(unit: str) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, unit], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr[-300:]


def test_these_are_more_than_were_tried() -> None:
    assert at_least("repeated", len(list(product(REPEATED, range(3)))))
