"""The embedded voice as a Voice: clauses over threads, samples to one clip."""

from __future__ import annotations

import asyncio
import os
import weakref
from collections.abc import AsyncGenerator, Callable
from typing import Final

from reader.errors import UnknownVoice, VoiceRefused
from reader.fair_share import FairExecutor
from reader.mpeg import SAMPLE_RATE_HZ
from reader.pronunciation import Clause, pronounce
from reader.script import Line
from reader.voices.baker import weights
from reader.voices.baker.acoustics import MEL_FRAME_SAMPLES, Acoustics, MelModel
from reader.voices.baker.graph import runnable_acoustic_graph
from reader.voices.baker.phones import phone_row, timings_of
from reader.voices.clause_clip import clause_clip, pause_ms_after
from reader.voices.clip import Clip
from reader.voices.model_pool import ModelPool, idle_s_from_environment
from reader.voices.protocol import Prosody, VoiceInfo

VERSION: Final = "5"
"""Raise it whenever the same line would sound different."""

_EDGE_SILENCE_MS: Final = 25
"""What is kept of the model's own silence before and after a clause."""
_PACE: Final = 100 / 94
"""Durations against the model's own: a newsreader's pace, and misheard less."""


class BakerVoice:
    """FastSpeech2 and MB-MelGAN of the Baker corpus, with Taiwan readings of our own."""

    name = "baker"
    version = VERSION

    def __init__(self, variant: str = "", n_threads: int | None = None) -> None:
        if variant:
            raise UnknownVoice("baker-no-variant", variant=variant)
        self._weights = weights.load()
        self._mel_model: Callable[[], MelModel | None] = lambda: None
        self._models = ModelPool(self._load_model, idle_s=idle_s_from_environment())
        self._pool = FairExecutor(n_threads or os.cpu_count() or 1, "baker")
        self._preparing = FairExecutor(1, "baker words")
        """Turns of some milliseconds: a sentence waits for no other's sound before its own turn."""

    @staticmethod
    def catalogue() -> list[VoiceInfo]:
        return [
            VoiceInfo(
                name="baker",
                locale="zh-TW",
                gender="Female",
                description="embedded; works without a network",
                licence=weights.LICENCE,
                needs_network=False,
                installed=weights.is_installed(),
                label="貝克（女，離線，小而快）",
            )
        ]

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        return Clip.join([part async for part in self.stream(line, prosody)])

    async def stream(self, line: Line, prosody: Prosody) -> AsyncGenerator[Clip, None]:
        """A clip a clause, with the pause that its punctuation asks for."""
        loop = asyncio.get_running_loop()
        clauses = await loop.run_in_executor(self._preparing, pronounce, line)
        futures = [
            self._pool.submit(self._speak_clause, clause, prosody, is_last=clause is clauses[-1])
            for clause in clauses
        ]
        try:
            for future in futures:
                yield await asyncio.wrap_future(future)
        finally:
            for future in futures:
                future.cancel()

    async def close(self) -> None:
        self._preparing.shutdown(wait=False, cancel_futures=True)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._models.clear()

    def _speak_clause(self, clause: Clause, prosody: Prosody, *, is_last: bool) -> Clip:
        row = phone_row(clause, self._weights)
        try:
            with self._models.use() as model:
                speech = model.speak(row.ids, _PACE * 100 / (100 + prosody.rate_percent))
        except RuntimeError as error:  # all that the runtime ever raises
            raise VoiceRefused("runtime-failed", reason=error) from error
        lead = int(speech.n_mel_frames[0]) * MEL_FRAME_SAMPLES
        tail = int(speech.n_mel_frames[-2:].sum()) * MEL_FRAME_SAMPLES
        edge = _EDGE_SILENCE_MS * SAMPLE_RATE_HZ // 1000
        first = max(0, lead - edge)
        last = min(len(speech.samples), len(speech.samples) - tail + edge)
        offset_s = -first / SAMPLE_RATE_HZ
        mel_frame_s = MEL_FRAME_SAMPLES / SAMPLE_RATE_HZ
        return clause_clip(
            speech.samples[first:last],
            timings_of(row, speech.n_mel_frames, mel_frame_s, offset_s),
            1 + prosody.volume_percent / 100,
            0 if is_last else pause_ms_after(clause),
        )

    def _load_model(self) -> Acoustics:
        """Another vocoder beside the model of mels that the others share, if there are others."""
        mel_model = self._mel_model()  # one thread loads at a time
        if mel_model is None:
            mel_model = MelModel(runnable_acoustic_graph(self._weights.acoustic))
            self._mel_model = weakref.ref(mel_model)
        return Acoustics(self._weights, mel_model)
