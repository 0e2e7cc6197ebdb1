"""Kokoro as a Voice: clauses over threads, samples to one clip."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from concurrent.futures import Future
from functools import cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.errors import UnknownVoice
from reader.fair_share import FairExecutor
from reader.mpeg import SAMPLE_RATE_HZ
from reader.pronunciation import Clause, pronounce
from reader.script import Line
from reader.voices.clause_clip import clause_clip, pause_ms_after
from reader.voices.clip import Clip
from reader.voices.kokoro import weights
from reader.voices.kokoro.dictionary import PronouncingDictionary
from reader.voices.kokoro.english import English
from reader.voices.kokoro.first_breath import with_short_first
from reader.voices.kokoro.heard import SOUND_LEADS_S, heard_span, onset_s, without_ghosts
from reader.voices.kokoro.letter_to_sound import LetterToSound
from reader.voices.kokoro.model import FRAME_SAMPLES, STYLE_SIZE, Model, Speech
from reader.voices.kokoro.names import load_names
from reader.voices.kokoro.rows import (
    PhonemeRow,
    begun_at,
    phoneme_rows,
    timings_of,
    with_lists_joined,
)
from reader.voices.kokoro.settings import KokoroSettings, settings_from_environment
from reader.voices.model_pool import ModelPool, idle_s_from_environment
from reader.voices.protocol import Prosody, VoiceInfo

VERSION: Final = "4"
"""Raise it whenever the same line would sound different."""

DEFAULT_STYLE: Final = "zm_yunxi"
"""Of the voices measured that pass DNSMOS's two aims the one that was misheard least, on few
sentences (bench/intelligibility/RESULTS.md)."""
_NAMES: Final = {
    "zf_xiaobei": "小北",
    "zf_xiaoxiao": "曉曉",
    "zf_xiaoyi": "曉伊",
    "zm_yunjian": "雲健",
    "zm_yunxi": "雲希",
    "zm_yunxia": "雲夏",
    "zm_yunyang": "雲揚",
}
_SHORTEST_STYLED: Final = 150
"""Phonemes. There is a style for each number of them; a clause speaks in that of a sentence, which
DNSMOS finds more natural, P.808 4.12 against 3.91 (bench/intelligibility/RESULTS.md)."""
_PACE: Final = 1.0
_LAST_PHONEME: Final = -3
"""Of a row, before its mark and its edge."""
_CUT: Final = Clause((), "")
"""Ends like a row that goes on in the next."""


class KokoroVoice:
    """Kokoro-82M with Taiwan readings of our own and English in English."""

    def __init__(
        self,
        variant: str = "",
        n_threads: int | None = None,
        settings: KokoroSettings | None = None,
    ) -> None:
        style = variant or DEFAULT_STYLE
        if style not in _NAMES:
            raise UnknownVoice("kokoro-no-variant", variant=variant, names=", ".join(_NAMES))
        self.name = f"kokoro:{style}"
        settings = settings or settings_from_environment()
        self.version = f"{VERSION}-{settings.latin}"
        found = weights.load()
        self._styles = np.fromfile(found.style(style), np.float32).reshape(-1, STYLE_SIZE)
        in_english = settings.latin == "english"
        self._say_english = open_english(found).phonemes if in_english else None
        n_threads = n_threads or os.cpu_count() or 1
        self._models = _models(found, n_threads, idle_s_from_environment())
        # One more than can speak: where one waits for room, a shorter row may go before it.
        self._pool = FairExecutor(n_threads + (n_threads > 1), "kokoro")
        self._preparing = FairExecutor(1, "kokoro words")
        """Turns of some milliseconds: a sentence waits for no other's sound before its own turn."""

    @staticmethod
    def catalogue() -> list[VoiceInfo]:
        return [
            VoiceInfo(
                name=f"kokoro:{style}",
                locale="zh-TW",
                gender="Female" if style.startswith("zf") else "Male",
                description="embedded; works without a network",
                licence=weights.LICENCE,
                needs_network=False,
                installed=weights.is_installed(),
                label=f"{name}（{'女' if style.startswith('zf') else '男'}，離線）",
            )
            for style, name in _NAMES.items()
        ]

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        return Clip.join([part async for part in self.stream(line, prosody)])

    async def stream(self, line: Line, prosody: Prosody) -> AsyncGenerator[Clip, None]:
        """A clip a clause, with the pause that its punctuation asks for.

        The others wait for the first, which has all threads if no other sentence is being spoken:
        sound begins early.
        """
        loop = asyncio.get_running_loop()
        breaths = await loop.run_in_executor(self._preparing, self.breaths_of, line)
        futures = self._submit(breaths[:1], prosody)
        try:
            first = [await asyncio.wrap_future(future) for future in futures]
            futures = self._submit(breaths[1:], prosody)
            for clip in first:
                yield clip
            for future in futures:
                yield await asyncio.wrap_future(future)
        finally:
            for future in futures:
                future.cancel()

    async def close(self) -> None:
        self._preparing.shutdown(wait=False, cancel_futures=True)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def breaths_of(self, line: Line) -> list[tuple[PhonemeRow, int]]:
        """What the model is given at once, and the pause after it in milliseconds."""
        parts = (
            (row, clause if row is rows[-1] else _CUT)
            for clause in with_short_first(pronounce(line), line)
            for rows in [phoneme_rows(clause, line, self._say_english)]
            for row in rows
        )
        breaths = [(row, pause_ms_after(clause)) for row, clause in with_lists_joined(parts)]
        return [*breaths[:-1], *((row, 0) for row, _ in breaths[-1:])]

    def speech_of(self, row: PhonemeRow, speed: float) -> Speech:
        """What the model makes of `row`, `speed` times as fast as it would say it.

        The frames of the last phoneme are silence, which is no longer where speech is slow.
        """
        paces = row.paces * np.float32(speed)
        paces[_LAST_PHONEME] = max(paces[_LAST_PHONEME], row.paces[_LAST_PHONEME])
        with self._models.use() as model:
            return model.speak(row.ids, self.style_of(row), paces)

    def style_of(self, row: PhonemeRow) -> NDArray[np.float32]:
        """The style [256] that `row` is spoken in."""
        n_phonemes = max(len(row.ids) - 2, _SHORTEST_STYLED)
        style: NDArray[np.float32] = self._styles[min(n_phonemes, len(self._styles)) - 1]
        return style

    def _submit(
        self, breaths: list[tuple[PhonemeRow, int]], prosody: Prosody
    ) -> list[Future[Clip]]:
        return [self._pool.submit(self._speak, row, prosody, pause_ms) for row, pause_ms in breaths]

    def _speak(self, row: PhonemeRow, prosody: Prosody, pause_ms: int) -> Clip:
        speech = self.speech_of(row, _PACE * (100 + prosody.rate_percent) / 100)
        speech = without_ghosts(speech, row.ends_in_a_vowel_or_nasal)
        first, last = heard_span(speech)
        cut_s = first / SAMPLE_RATE_HZ
        frame_s = FRAME_SAMPLES / SAMPLE_RATE_HZ
        said = timings_of(row, speech.n_frames, frame_s, -cut_s - SOUND_LEADS_S)
        said = begun_at(onset_s(speech) - cut_s, said)
        volume = 1 + prosody.volume_percent / 100
        return clause_clip(speech.samples[first:last], said, volume, pause_ms)


@cache
def _models(found: weights.Weights, n_threads: int, idle_s: float) -> ModelPool[Model]:
    """One model for every voice of this process."""
    return ModelPool(partial(Model, found.graph, n_threads), shared=True, idle_s=idle_s)


@cache
def open_english(found: weights.Weights) -> English:
    """English by our names, the dictionary and the network, once a process."""
    names = load_names()
    dictionary = PronouncingDictionary(found.dictionary)
    network = LetterToSound(found.letters)
    return English(lambda word: names.get(word) or dictionary.phonemes(word), network.phonemes)
