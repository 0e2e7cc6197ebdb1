"""The embedded voice as a Voice: clauses over threads, samples to one clip."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.errors import UnknownVoice, VoiceRefused
from reader.mpeg import (
    BYTES_PER_FRAME,
    FRAME_MS,
    SAMPLE_RATE_HZ,
    SAMPLES_PER_FRAME,
    silence,
)
from reader.pronunciation import Clause, pronounce
from reader.script import Line
from reader.voices.baker import weights
from reader.voices.baker.acoustics import MEL_FRAME_SAMPLES, Acoustics
from reader.voices.baker.graph import runnable_acoustic_graph
from reader.voices.baker.phones import phone_row, timings_of
from reader.voices.clip import Clip
from reader.voices.levelling import encode_at_level
from reader.voices.protocol import Prosody, VoiceInfo

VERSION: Final = "4"
"""Raise it whenever the same line would sound different."""

_PAUSE_MS: Final = {"、": 120, "，": 220, "；": 320, "：": 280, "—": 260, "…": 300}
_SENTENCE_PAUSE_MS: Final = 380
_FORCED_CUT_PAUSE_MS: Final = 40
_EDGE_SILENCE_MS: Final = 25
"""What is kept of the model's own silence before and after a clause."""
_FADE_MS: Final = 10
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
        self._graph: bytes | None = None
        self._graph_lock = threading.Lock()
        self._local = threading.local()
        self._pool = ThreadPoolExecutor(n_threads or os.cpu_count() or 1, "baker")

    @staticmethod
    def catalogue() -> list[VoiceInfo]:
        return [
            VoiceInfo(
                name="baker",
                locale="zh-TW",
                gender="Female",
                description="embedded; works without a network",
                licence="weights trained on the Baker corpus: non-commercial use",
                needs_network=False,
                installed=weights.is_installed(),
            )
        ]

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        return Clip.join([part async for part in self.stream(line, prosody)])

    async def stream(self, line: Line, prosody: Prosody) -> AsyncGenerator[Clip, None]:
        """A clip a clause, with the pause that its punctuation asks for."""
        loop = asyncio.get_running_loop()
        clauses = await loop.run_in_executor(self._pool, pronounce, line)
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
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _speak_clause(self, clause: Clause, prosody: Prosody, *, is_last: bool) -> Clip:
        row = phone_row(clause, self._weights)
        try:
            speech = self._acoustics().speak(row.ids, _PACE * 100 / (100 + prosody.rate_percent))
        except RuntimeError as error:  # all that the runtime ever raises
            raise VoiceRefused("runtime-failed", reason=error) from error
        lead = int(speech.n_mel_frames[0]) * MEL_FRAME_SAMPLES
        tail = int(speech.n_mel_frames[-2:].sum()) * MEL_FRAME_SAMPLES
        edge = _EDGE_SILENCE_MS * SAMPLE_RATE_HZ // 1000
        first = max(0, lead - edge)
        last = min(len(speech.samples), len(speech.samples) - tail + edge)
        said = _fade(speech.samples[first:last])
        frames, level = encode_at_level(said, 1 + prosody.volume_percent / 100)
        if not is_last:
            pause = _pause_after(clause, len(said), level.n_frames)
            frames += pause
            level = level.with_silence(len(pause) // BYTES_PER_FRAME)
        offset_s = -first / SAMPLE_RATE_HZ
        mel_frame_s = MEL_FRAME_SAMPLES / SAMPLE_RATE_HZ
        return Clip(
            frames, tuple(timings_of(row, speech.n_mel_frames, mel_frame_s, offset_s)), level
        )

    def _acoustics(self) -> Acoustics:
        if not hasattr(self._local, "acoustics"):
            with self._graph_lock:
                if self._graph is None:
                    self._graph = runnable_acoustic_graph(self._weights.acoustic)
            self._local.acoustics = Acoustics(self._weights, self._graph)
        acoustics: Acoustics = self._local.acoustics
        return acoustics


def _fade(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    n = min(_FADE_MS * SAMPLE_RATE_HZ // 1000, len(samples) // 2)
    ramp = np.linspace(0, 1, n, dtype=np.float32)
    faded = samples.copy()
    faded[:n] *= ramp
    faded[len(faded) - n :] *= ramp[::-1]
    return faded


def _pause_after(clause: Clause, n_samples: int, n_frames: int) -> bytes:
    """Silent frames so that the next clause begins a pause after the last sample of this one.

    The encoder's flush is silence already and counts towards the pause.
    """
    wanted = n_samples / SAMPLES_PER_FRAME + _pause_ms(clause) / FRAME_MS
    return silence(max(0, round(wanted) - n_frames))


def _pause_ms(clause: Clause) -> int:
    if not clause.end_mark:
        return _FORCED_CUT_PAUSE_MS
    return _PAUSE_MS.get(clause.end_mark[0], _SENTENCE_PAUSE_MS)
