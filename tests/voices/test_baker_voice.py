"""The embedded voice: same bytes always, in parts and whole, with marks for every character."""

from __future__ import annotations

import asyncio

import pytest

from reader.errors import UnknownVoice
from reader.pronunciation import pronounce
from reader.script import Line
from reader.voices import Prosody
from reader.voices.baker import BakerVoice
from reader.voices.baker.prosody import prosodic_words
from reader.voices.clip import Clip

pytestmark = pytest.mark.usefixtures("embedded_voice")

LINES = ["今天放晴。", "氣象署表示，各地氣溫回升，山區仍有短暫雨。", "這是我的書，他看過了。"]


async def spoken(n_threads: int, lines: list[str]) -> list[Clip]:
    voice = BakerVoice(n_threads=n_threads)
    try:
        return await asyncio.gather(*(voice.speak(Line(line), Prosody()) for line in lines))
    finally:
        await voice.close()


@pytest.mark.thorough
async def test_same_text_same_bytes_on_any_thread_in_any_order() -> None:
    one = await spoken(1, LINES)
    assert await spoken(2, LINES) == one
    assert await spoken(2, LINES[::-1]) == one[::-1]
    assert await spoken(1, LINES[1:] + LINES[:1]) == one[1:] + one[:1]


async def test_the_parts_are_the_whole() -> None:
    voice = BakerVoice()
    line = Line(LINES[1])
    parts = [part async for part in voice.stream(line, Prosody())]
    assert len(parts) == 3, "a part a clause"
    assert Clip.join(parts) == await voice.speak(line, Prosody())
    await voice.close()


async def test_every_character_has_its_time() -> None:
    (clip,) = await spoken(1, [LINES[1]])
    voiced = [i for i, character in enumerate(LINES[1]) if character not in "，。"]
    assert [(mark.start, mark.end) for mark in clip.timings] == [(i, i + 1) for i in voiced]
    edges = [edge for mark in clip.timings for edge in (mark.start_s, mark.end_s)]
    assert edges == sorted(edges)
    assert 0 <= edges[0] < edges[-1] <= clip.duration_s


@pytest.mark.thorough
async def test_slower_is_longer() -> None:
    voice = BakerVoice()
    usual, slow = [
        await voice.speak(Line(LINES[1]), Prosody(rate_percent=rate)) for rate in (0, -30)
    ]
    assert 1.2 < slow.duration_s / usual.duration_s < 1.6
    await voice.close()


def test_there_are_no_variants() -> None:
    with pytest.raises(UnknownVoice, match="ask for `baker`"):
        BakerVoice("male")


@pytest.mark.parametrize(
    ("text", "grouped"),
    [
        ("這是我的書", "這是|我的書"),
        ("他看過了", "他看過了"),
        ("行政院長在院會表示", None),
        ("請他們來", None),
    ],
)
def test_prosodic_words(text: str, grouped: str | None) -> None:
    (clause,) = pronounce(Line(text))
    groups = ["".join(text[s.start] for s in group) for group in prosodic_words(clause)]
    assert "".join(groups) == text, "nothing is lost or moved"
    assert max(map(len, groups)) <= 5
    if grouped is not None:
        assert "|".join(groups) == grouped
