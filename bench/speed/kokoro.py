"""What the voice `kokoro` takes beside the bare model, and what two sentences at once take.

    python -m bench.speed.kokoro [--rounds 3] [--peer]

The same rows of phonemes go through the runtime alone and, as sentences, through the voice: text to
MP3. Compared is the processor's time of the process, which a busy machine does not change; the rest
is by the clock. `--peer`: the PyPI package `kokoro-onnx` on the same phonemes as well.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.intelligibility.speak import sentences_of
from reader.mpeg import SAMPLE_RATE_HZ
from reader.script import Line, speak_form
from reader.voices import Prosody
from reader.voices.kokoro import KokoroVoice, weights
from reader.voices.kokoro.model import STYLE_SIZE, Model
from reader.voices.kokoro.vocabulary import PHONEME_IDS
from reader.voices.kokoro.voice import DEFAULT_STYLE


class Bare:
    """The runtime on rows of phonemes and nothing else."""

    def __init__(self, voice: KokoroVoice, lines: list[Line], n_threads: int) -> None:
        self._model = Model(weights.load().graph, n_threads)
        self._style_of = voice.style_of
        self.rows = [[row for row, _ in voice.breaths_of(line)] for line in lines]

    def speak(self) -> float:
        """Seconds of sound."""
        n_samples = 0
        for row in (row for rows in self.rows for row in rows):
            speech = self._model.speak(row.ids, self._style_of(row), row.paces)
            n_samples += len(speech.samples)
        return n_samples / SAMPLE_RATE_HZ


class Peer:
    """kokoro-onnx on the same phonemes."""

    def __init__(self, bare: Bare) -> None:
        from kokoro_onnx import Kokoro

        signs = {number: sign for sign, number in PHONEME_IDS.items()}
        self._texts = [
            " ".join("".join(signs[i] for i in row.ids[1:-1]) for row in rows) for rows in bare.rows
        ]
        folder = Path(tempfile.mkdtemp())
        styles = np.fromfile(weights.load().style(DEFAULT_STYLE), np.float32).reshape(
            -1, 1, STYLE_SIZE
        )
        np.savez(folder / "voices.npz", **{DEFAULT_STYLE: styles})
        graph = Path(folder / "model.onnx")
        graph.write_bytes(weights.load().graph.read_bytes())
        self._kokoro = Kokoro(str(graph), str(folder / "voices.npz"))

    def speak(self) -> float:
        n_samples = 0
        for text in self._texts:
            samples, _ = self._kokoro.create(text, DEFAULT_STYLE, is_phonemes=True)
            n_samples += len(samples)
        return n_samples / SAMPLE_RATE_HZ


def processor_s(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


async def clock_s(work: Callable[[], Awaitable[Any]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


async def first_part_s(voice: KokoroVoice, line: Line) -> float:
    """Until the first part of a clip is there."""
    began = time.perf_counter()
    parts = voice.stream(line, Prosody())
    await anext(parts)
    seconds = time.perf_counter() - began
    await parts.aclose()
    return seconds


async def measure(rounds: int, with_peer: bool) -> None:
    lines = [Line(speak_form(s)) for s in sentences_of("old")[:4]]
    one, both = KokoroVoice(n_threads=1), KokoroVoice(n_threads=2)
    bare = Bare(one, lines, 1)
    peer = Peer(bare) if with_peer else None
    await both.speak(lines[0], Prosody())
    ratios: list[float] = []
    at_once: list[float] = []
    for _ in range(rounds):
        alone_s = processor_s(bare.speak)
        began = time.process_time()
        for line in lines:
            await one.speak(line, Prosody())
        ratios.append((time.process_time() - began) / alone_s)
        single_s = await clock_s(lambda: one.speak(lines[1], Prosody()))
        pair = (lines[1], lines[1])
        pair_s = await clock_s(
            lambda pair=pair: asyncio.gather(*(both.speak(line, Prosody()) for line in pair))
        )
        at_once.append(2 * single_s / pair_s)
        beside = f", kokoro-onnx {processor_s(peer.speak):.1f} s" if peer else ""
        print(f"bare model {alone_s:.1f} s of the processor, voice {ratios[-1]:.3f} times{beside}")
    sound_s = bare.speak()
    print(f"{sound_s:.0f} s of sound; first part {await first_part_s(both, lines[1]):.2f} s")
    print(f"voice against bare model: {statistics.median(ratios):.3f} (at most 1.10)")
    print(f"two sentences on two threads: {statistics.median(at_once):.2f} times one on one")
    await asyncio.gather(one.close(), both.close())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", action="store_true")
    options = parser.parse_args()
    asyncio.run(measure(options.rounds, options.peer))


if __name__ == "__main__":
    main()
