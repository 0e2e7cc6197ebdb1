"""Kokoro: same bytes always, in parts and whole, with a time for every character."""

from __future__ import annotations

import asyncio

from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from reader.voices.kokoro import KokoroVoice

LINES = ["今天放晴。", "氣溫回升，山區仍有短暫雨。"]


async def spoken(n_threads: int, lines: list[str]) -> list[Clip]:
    voice = KokoroVoice(n_threads=n_threads)
    try:
        return await asyncio.gather(*(voice.speak(Line(line), Prosody()) for line in lines))
    finally:
        await voice.close()


async def test_same_text_same_bytes_on_any_thread_in_any_order() -> None:
    one = await spoken(1, LINES)
    assert await spoken(2, LINES[::-1]) == one[::-1]


async def test_the_parts_are_the_whole() -> None:
    voice = KokoroVoice()
    line = Line(LINES[1])
    parts = [part async for part in voice.stream(line, Prosody())]
    assert len(parts) == 2, "a part a clause"
    assert Clip.join(parts) == await voice.speak(line, Prosody())
    await voice.close()
