"""Speaking ahead: the first sentence alone, the others soon, and never more than so many."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from audio_cache import Cache
from reader.narration import assembly
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Line, Script, Utterance
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.pipeline.voices import Tone, voices

N = 12
TEXTS = [f"第{n}句。" for n in range(N)]
SCRIPT = Script(
    "", "", "", ("".join(TEXTS),), tuple(Utterance(n, 0, t, t, 300) for n, t in enumerate(TEXTS))
)
READ = ReadOptions(voice="tone")


class Held(Tone):
    """Notes what is begun; says one sentence only when it may."""

    def __init__(self, held: str) -> None:
        self._held = held
        self.begun: list[str] = []
        self.changed = asyncio.Event()
        self.may_go_on = asyncio.Event()

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        self.begun.append(line.spoken)
        self.changed.set()
        if line.spoken == self._held:
            await self.may_go_on.wait()
        return await super().speak(line, prosody)

    async def until_begun(self, n: int) -> None:
        """Return when `n` sentences are begun, and none for a while after them."""
        while len(self.begun) < n:
            self.changed.clear()
            await self.changed.wait()
        await asyncio.sleep(0.2)  # time for one too many


async def begun_while_held(folder: Path, held: str, n: int) -> list[str]:
    """What is begun while a sentence is being spoken: when it is `n` sentences or more."""
    voice = Held(held)
    narrator = Narrator(Cache.open(str(folder)), voices(tone=voice))
    making = asyncio.create_task(narrator.narrate(SCRIPT, READ))
    waiting = asyncio.create_task(voice.until_begun(n))
    await asyncio.wait({making, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()  # in vain, if the narration failed
    begun = list(voice.begun)
    voice.may_go_on.set()
    made = await making
    assert [u.text for u in made.utterances] == TEXTS
    assert sorted(voice.begun) == sorted(TEXTS)
    return begun


async def test_the_first_sentence_is_begun_alone(tmp_path: Path) -> None:
    assert await begun_while_held(tmp_path, TEXTS[0], 1) == TEXTS[:1]


@pytest.mark.parametrize("look_ahead", [1, 2, 5, N, N + 1])
async def test_so_many_are_spoken_ahead_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look_ahead: int
) -> None:
    monkeypatch.setattr(assembly, "LOOK_AHEAD", look_ahead)
    expected = TEXTS[: look_ahead + 1]  # the first one is joined already
    assert sorted(await begun_while_held(tmp_path, TEXTS[1], len(expected))) == sorted(expected)
