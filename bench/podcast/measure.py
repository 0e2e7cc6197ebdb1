"""Cost and memory of a podcast against its number of articles.

    python -m bench.podcast.measure                  # a tone for a voice
    python -m bench.podcast.measure --voice baker    # some seven minutes on one core
    python -m bench.podcast.measure --year           # a year of a daily show: see year.py

The tone costs nothing, so what is measured is everything else: extraction, scripts, the cache,
stitching, tags, transcripts, the feed. With `baker` the articles are a headline and a sentence.
Each size runs in a process of its own; then three articles are changed and it runs again.
The ratios at the end: what a second of audio costs between the two larger sizes against
between the two smaller ones (1 is a straight line), and the peak of memory of the largest run
against that of the smallest (1 is flat). Exits with 1 if one is above its limit.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.podcast import year
from reader.podcast import Folder
from reader.voices.baker import BakerVoice
from tests.pipeline.voices import Counted, Tone
from tests.podcast.newsroom import make, write_article

SIZES = {"tone": (250, 500, 1000), "baker": (100, 300, 1000)}
MOST_SLOPE = 1.3
"""Two neighbours on a shared machine change CPU seconds by a fifth."""
MOST_GROWTH = 1.15
HEAD = (
    "articles", "audio min", "s", "CPU s", "CPU ms/audio s", "peak MB", "said", "again: s", "said",
)  # fmt: skip


def write_news(news: Path, number: int, voice: str, *, changed: bool = False) -> None:
    """An article, or its second edition."""
    if voice == "tone":
        text = f"更正：第{number}號列車晚了一分鐘，站長鞠躬致歉，保證不會再犯。" if changed else ""
        write_article(news, number, text=text)
        return
    news.mkdir(parents=True, exist_ok=True)
    text = f"第{number}號列車晚了一分鐘。" if changed else f"第{number}號列車今天準點進站。"
    path = news / f"news{number:04}.txt"
    path.write_text(f"第{number}號列車\n\n{text}\n", encoding="utf-8")


def run(place: Path, n_articles: int, voice_name: str) -> dict[str, float]:
    """One run over the articles in `place`."""
    voice = Counted(Tone() if voice_name == "tone" else BakerVoice(), "tone")
    began, cpu = time.monotonic(), time.process_time()
    cache = str(place / "cache")
    outcome = asyncio.run(make(place / "out", place / "news", voice=voice, cache=cache))
    assert not outcome.failures, outcome.failures[0]
    assert outcome.n_listed == n_articles
    return {
        "seconds": time.monotonic() - began,
        "cpu_s": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "spoken": len(voice.said),
        "audio_s": sum(record.duration_s for record in Folder(place / "out").records()),
    }


def in_process(place: Path, n_articles: int, voice: str) -> dict[str, float]:
    here = [sys.executable, "-m", "bench.podcast.measure"]
    command = [*here, "--run", str(place), "--voice", voice, str(n_articles)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    fields: dict[str, float] = json.loads(done.stdout)
    return fields


def measured(n_articles: int, voice: str) -> dict[str, float]:
    """A row of the table; what it says of the run."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for number in range(n_articles):
            write_news(place / "news", number, voice)
        first = in_process(place, n_articles, voice)
        for number in (1, 2, 3):
            write_news(place / "news", number, voice, changed=True)
        again = in_process(place, n_articles, voice)
    assert again["spoken"] == 3, "the changed sentences only"
    print(
        f"| {n_articles} | {first['audio_s'] / 60:.1f} | {first['seconds']:.1f} "
        f"| {first['cpu_s']:.1f} | {1000 * first['cpu_s'] / first['audio_s']:.1f} "
        f"| {first['peak_mb']:.0f} | {first['spoken']:.0f} "
        f"| {again['seconds']:.1f} | {again['spoken']:.0f} |",
        flush=True,
    )
    return first


def slope(small: dict[str, float], large: dict[str, float]) -> float:
    """CPU seconds that a further second of audio costs."""
    return (large["cpu_s"] - small["cpu_s"]) / (large["audio_s"] - small["audio_s"])


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "sizes", nargs="*", type=int, help="numbers of articles; three for the ratios"
    )
    parser.add_argument("--voice", choices=SIZES, default="tone")
    parser.add_argument("--run", metavar="PLACE", help=argparse.SUPPRESS)
    parser.add_argument("--year", action="store_true", help="a year of a daily show, traced")
    options = parser.parse_args()
    if options.year:
        return year.measure()
    if options.run:
        print(json.dumps(run(Path(options.run), options.sizes[0], options.voice)))
        return 0
    print(f"| {' | '.join(HEAD)} |\n{'|---' * len(HEAD)}|")
    sizes = options.sizes or SIZES[options.voice]
    rows = [measured(n_articles, options.voice) for n_articles in sizes]
    if len(rows) < len(SIZES["tone"]):
        return 0
    small, middle, large = rows
    bend = slope(middle, large) / slope(small, middle)
    growth = large["peak_mb"] / small["peak_mb"]
    print(f"\ncost of a second of audio, larger against smaller: {bend:.2f} (limit {MOST_SLOPE})")
    print(f"peak of memory, largest against smallest: {growth:.2f} (limit {MOST_GROWTH})")
    return int(bend > MOST_SLOPE or growth > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
