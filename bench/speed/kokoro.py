"""What the voice `kokoro` takes beside the bare model, and what two sentences at once take.

    python -m bench.speed.kokoro [--rounds 3] [--peer]

The same rows of phonemes go through the runtime alone and, as sentences, through the voice: text to
MP3, sentence by sentence in turns, so that what else the machine does weighs on both. Compared is
the processor's time of the process. Two sentences at once are compared by the clock, which says
little on a busy machine, and by the processor's time, which tells what working together costs.
`--peer`: the PyPI package `kokoro-onnx` on the same phonemes as well.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
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

    def speak(self, number: int) -> float:
        """Seconds of sound of the sentence of that number."""
        n_samples = 0
        for row in self.rows[number]:
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

    def speak(self, number: int) -> float:
        """Seconds of sound of the sentence of that number."""
        samples, _ = self._kokoro.create(self._texts[number], DEFAULT_STYLE, is_phonemes=True)
        return len(samples) / SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class Cost:
    """What some work took, in seconds of the processor and by the clock."""

    processor_s: float
    clock_s: float


async def cost_of(work: Awaitable[Any]) -> Cost:
    processor_s, clock_s = time.process_time(), time.perf_counter()
    await work
    return Cost(time.process_time() - processor_s, time.perf_counter() - clock_s)


async def first_part_s(voice: KokoroVoice, line: Line) -> float:
    """Until the first part of a clip is there; the rest is waited for, not to weigh on the next."""
    began = time.perf_counter()
    parts = voice.stream(line, Prosody())
    await anext(parts)
    seconds = time.perf_counter() - began
    async for _ in parts:
        pass
    return seconds


async def against_bare(rounds: int, bare: Bare, voice: KokoroVoice, lines: list[Line]) -> None:
    """Print what the voice takes, times the bare model, of pairs that take turns."""
    ratios = []
    for turn, (number, line) in itertools.product(range(rounds), enumerate(lines)):
        costs = {}
        for who in ("bare", "voice") if turn % 2 else ("voice", "bare"):
            work = voice.speak(line, Prosody()) if who == "voice" else in_line(bare.speak, number)
            costs[who] = (await cost_of(work)).processor_s
        ratios.append(costs["voice"] / costs["bare"])
    low, middle, high = np.percentile(ratios, (25, 50, 75))
    print(
        f"voice against bare model, {len(ratios)} pairs: {middle:.3f} ({low:.3f}–{high:.3f}; "
        "at most 1.10)",
        flush=True,
    )


async def in_line(work: Callable[[int], float], number: int) -> None:
    """The work of sentence `number` as something that is awaited; it blocks."""
    work(number)


async def two_at_once(rounds: int, one: KokoroVoice, both: KokoroVoice, lines: list[Line]) -> None:
    """Print how many times as fast two sentences at once are as one after another."""
    faster, dearer = [], []
    for line in lines * rounds:
        alone = await cost_of(one.speak(line, Prosody()))
        pair = await cost_of(asyncio.gather(*(both.speak(line, Prosody()) for _ in range(2))))
        faster.append(2 * alone.clock_s / pair.clock_s)
        dearer.append(pair.processor_s / 2 / alone.processor_s)
    print(
        f"two sentences on two threads: {statistics.median(faster):.2f} times one on one (at least "
        f"1.8), at {statistics.median(dearer):.2f} times the processor's time",
        flush=True,
    )


async def measure(rounds: int, with_peer: bool) -> None:
    lines = [Line(speak_form(s)) for s in sentences_of("old")[:4]]
    one, both = KokoroVoice(n_threads=1), KokoroVoice(n_threads=2)
    bare = Bare(one, lines, 1)
    for warm in (one, both):
        pair = (warm.speak(Line("今天放晴。"), Prosody()) for _ in range(2))
        await asyncio.gather(*pair)
    firsts = [await first_part_s(both, line) for line in lines * rounds]
    print(
        f"first part of a sentence: {statistics.median(firsts):.2f} s, at most {max(firsts):.2f} s "
        "(at most 1.2)",
        flush=True,
    )
    await against_bare(rounds, bare, one, lines)
    if with_peer:
        peer = Peer(bare)
        costs = [await cost_of(in_line(peer.speak, n)) for n in range(len(lines))]
        ours = [await cost_of(one.speak(line, Prosody())) for line in lines]
        ratio = sum(c.processor_s for c in ours) / sum(c.processor_s for c in costs)
        print(f"voice against kokoro-onnx on the same phonemes: {ratio:.2f} times", flush=True)
    await two_at_once(rounds, one, both, lines)
    await asyncio.gather(one.close(), both.close())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", action="store_true")
    options = parser.parse_args()
    asyncio.run(measure(options.rounds, options.peer))


if __name__ == "__main__":
    main()
