"""`--check`: sentences that an ear does not hear are listed, and no others."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from audio_cache import Cache
from reader.errors import BadOptions
from reader.narration.listening_check import (
    compare,
    mismatches,
    possible_syllables,
    syllables,
    whisper,
)
from reader.narration.model import Narration
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Script, Utterance
from tests.pipeline.voices import Counted, baker, voices

pytestmark = pytest.mark.usefixtures("embedded_voice")

TEXTS = ("今天放晴。", "", "氣溫回升到二十五度。", "請記得帶傘。")


@pytest.fixture
async def voice() -> AsyncIterator[Counted]:
    counted = baker()
    yield counted
    await counted.close()


@pytest.fixture
async def narrated(voice: Counted, tmp_path: Path) -> tuple[Narration, Path]:
    utterances = tuple(Utterance(i, 0, text, text, 300) for i, text in enumerate(TEXTS))
    script = Script("", "", "", ("".join(TEXTS),), utterances)
    narrator = Narrator(Cache.open(str(tmp_path / "store")), voices(baker=voice))
    narration = await narrator.narrate(script, ReadOptions(voice="baker"))
    path = tmp_path / "out.mp3"
    chunks = narrator.store.read(narration, 0, narration.audio_bytes)
    path.write_bytes(b"".join([chunk async for chunk in chunks]))
    return narration, path


def ear_that_writes(*transcripts: str) -> tuple[list[float], object]:
    """An ear with its answers ready, and the seconds of sound that it was given."""
    lengths: list[float] = []
    answers = iter(transcripts)

    def ear(samples: NDArray[np.float32]) -> str:
        lengths.append(len(samples) / 16_000)
        assert np.abs(samples).max() > 0.05
        return next(answers)

    return lengths, ear


@pytest.mark.thorough
async def test_what_is_heard_as_said_is_not_listed(narrated: tuple[Narration, Path]) -> None:
    lengths, ear = ear_that_writes("今天放情", "氣溫回升到25度", "請記得帶三")
    assert list(mismatches(*narrated, ear)) == []  # type: ignore[arg-type]
    heard = [u.end_s - u.start_s for u in narrated[0].utterances if u.spoken]
    assert lengths == pytest.approx([seconds + 0.8 for seconds in heard], abs=0.01)


@pytest.mark.thorough
async def test_what_is_heard_otherwise_is_listed(narrated: tuple[Narration, Path]) -> None:
    _, ear = ear_that_writes("今天放晴", "謝謝觀看", "")
    found = list(mismatches(*narrated, ear))  # type: ignore[arg-type]
    assert [(one.index, one.text, one.heard) for one in found] == [
        (2, "氣溫回升到二十五度。", "謝謝觀看"),
        (3, "請記得帶傘。", ""),
    ]
    assert found[1].rate == 1.0


def test_the_ear_is_asked_for_when_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(BadOptions, match="tingwen\\[check\\]"):
        whisper()


@pytest.mark.parametrize(
    ("said", "heard", "n_errors"),
    [
        ("銀行行員", "銀航行員", 0),
        ("二十五度", "25度", 0),
        ("今天放晴", "今天晴", 1),
        ("今天放晴", "今天放晴了", 1),
        ("今天", "", 2),
    ],
)
def test_sounds_are_compared_not_writing(said: str, heard: str, n_errors: int) -> None:
    assert compare(syllables(said), possible_syllables(heard)).n_errors == n_errors
