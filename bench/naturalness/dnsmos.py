"""How natural a voice sounds to DNSMOS, a model of people's judgement (PyPI `speechmos`).

    python -m bench.naturalness.dnsmos [--voice kokoro:zf_xiaobei] [--set old] [--first 60]

Judged is the finished 48 kbit/s MP3 of each sentence of bench/intelligibility, as a listener gets
it: `overall` of P.835 and the one number of P.808, means over the sentences.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from bench.intelligibility.speak import SETS, sentences_of, spoken_file
from reader.mpeg import SAMPLE_RATE_HZ, decode
from reader.voices import Voices

_JUDGE_RATE_HZ = 16_000


def judge(mp3: bytes) -> tuple[float, float]:
    """`overall` and P.808 of one file."""
    from speechmos import dnsmos

    samples = soxr.resample(decode(mp3), SAMPLE_RATE_HZ, _JUDGE_RATE_HZ)
    found = dnsmos.run(np.clip(samples, -1, 1), _JUDGE_RATE_HZ)
    return float(found["ovrl_mos"]), float(found["p808_mos"])


async def measure(voice_name: str, sentences: list[str], folder: Path) -> None:
    voice = Voices().open(voice_name)
    judged = []
    for sentence in sentences:
        judged.append(judge((await spoken_file(voice, sentence, folder)).read_bytes()))
    overall, p808 = np.mean(judged, axis=0)
    print(f"{voice.name}: {len(judged)} sentences, overall {overall:.2f}, P.808 {p808:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voice", default="kokoro")
    parser.add_argument("--set", choices=SETS, default="old")
    parser.add_argument("--first", type=int, default=60)
    parser.add_argument("--every", type=int, default=1, help="only each nth sentence")
    parser.add_argument("--folder", type=Path, help="where the MP3s are kept between runs")
    options: Any = parser.parse_args()
    folder = options.folder or Path(tempfile.gettempdir()) / "tingwen-spoken"
    sentences = sentences_of(options.set)[: options.first : options.every]
    asyncio.run(measure(options.voice, sentences, folder))


if __name__ == "__main__":
    main()
