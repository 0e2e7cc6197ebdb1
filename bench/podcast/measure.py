"""Cost and memory of a podcast against its number of articles, with a tone for a voice.

    python -m bench.podcast.measure 125 250 500 1000

The voice costs nothing here, so what is measured is everything else: extraction, scripts, the
cache, stitching, tags, transcripts, the feed. Each size runs in a process of its own; then
three articles are changed and it runs again.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reader.podcast import Folder
from tests.pipeline.voices import Counted, Tone
from tests.podcast.newsroom import make, write_article


def run(place: Path, n_articles: int) -> dict[str, float]:
    """One run over the articles in `place`."""
    voice = Counted(Tone())
    began, cpu = time.monotonic(), time.process_time()
    cache = str(place / "cache")
    outcome = asyncio.run(make(place / "out", place / "news", voice=voice, cache=cache))
    assert not outcome.failures
    assert outcome.n_listed == n_articles
    audio_s = sum(record.duration_s for record in Folder(place / "out").records())
    return {
        "seconds": time.monotonic() - began,
        "cpu_s": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "spoken": len(voice.said),
        "audio_min": audio_s / 60,
    }


def in_process(place: Path, n_articles: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.podcast.measure", "--run", str(place), str(n_articles)]
    done = subprocess.run(command, check=True, capture_output=True)
    fields: dict[str, float] = json.loads(done.stdout)
    return fields


def main() -> None:
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(Path(sys.argv[2]), int(sys.argv[3]))))
        return
    print(
        "| articles | audio min | s | CPU s | CPU ms/article | peak MB | said | again: s | said |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for n_articles in map(int, sys.argv[1:] or ["125", "250", "500", "1000"]):
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            for number in range(n_articles):
                write_article(place / "news", number)
            first = in_process(place, n_articles)
            for number in (1, 2, 3):
                text = f"更正：第{number}號列車其實晚了一分鐘，站長向旅客鞠躬致歉，並保證不會再犯。"
                write_article(place / "news", number, text=text)
            again = in_process(place, n_articles)
        print(
            f"| {n_articles} | {first['audio_min']:.1f} | {first['seconds']:.1f} "
            f"| {first['cpu_s']:.1f} | {1000 * first['cpu_s'] / n_articles:.1f} "
            f"| {first['peak_mb']:.0f} | {first['spoken']:.0f} "
            f"| {again['seconds']:.1f} | {again['spoken']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
