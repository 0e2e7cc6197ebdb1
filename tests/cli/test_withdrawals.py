"""`tingwen cache remove`, `restore` and `withdrawn`: what they do, and say in both languages."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from audio_cache import Cache
from reader.article import Page
from reader.cli.dispatch import run
from reader.errors import Withdrawn
from reader.narration.model import Narration
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Script, script_from_page
from tests.api.withdrawn import PAGE, URL, traces
from tests.pipeline.voices import Tone, voices

OTHER_SPELLING = "http://m.news.example/story/7/?utm_source=line#top"


def article() -> Script:
    return script_from_page(Page(PAGE.format(url=URL).encode(), "html"))[1]


def narrated(store: Path) -> Narration:
    narrator = Narrator(Cache.open(str(store)), voices(tone=Tone()))
    return asyncio.run(narrator.narrate(article(), ReadOptions(voice="tone")))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TINGWEN_CACHE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.mark.parametrize("by_address", [False, True])
def test_an_article_is_withdrawn_and_restored(
    store: Path, capfd: pytest.CaptureFixture[str], by_address: bool
) -> None:
    known = narrated(store)
    assert traces(store)
    name = OTHER_SPELLING if by_address else known.id
    assert run(["cache", "remove", name]) == 0
    assert "narrations: 1" in capfd.readouterr().out
    assert not traces(store)
    with pytest.raises(Withdrawn):
        narrated(store)
    assert run(["cache", "prune", "--all"]) == 0
    assert run(["cache", "remove", name, "--json"]) == 0
    told = json.loads(capfd.readouterr().out.split("\n", 1)[1])
    assert known.id in told["ids"]
    assert run(["cache", "withdrawn"]) == 0
    assert known.id in capfd.readouterr().out
    assert run(["cache", "restore", URL]) == 0
    capfd.readouterr()
    assert narrated(store).id == known.id
    assert run(["cache", "withdrawn", "--json"]) == 0
    assert json.loads(capfd.readouterr().out) == []


def test_an_address_can_be_withdrawn_before_anything_was_made(store: Path) -> None:
    assert run(["cache", "remove", OTHER_SPELLING]) == 0
    with pytest.raises(Withdrawn):
        narrated(store)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["remove", "story"], "既不是識別碼"),
        (["remove", "https://news.example/"], "文章的網址"),
        (["restore", URL], "沒有下架過"),
    ],
)
def test_what_cannot_be_done_is_said_in_chinese(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    arguments: list[str],
    says: str,
) -> None:
    monkeypatch.setenv("TINGWEN_LANG", "zh-TW")
    assert run(["cache", *arguments]) == 2
    assert says in capfd.readouterr().err
    assert run(["cache", "remove", URL]) == 0
    assert "已下架：https://news.example/story/7（語音 0 份）" in capfd.readouterr().out
    assert not traces(store)
