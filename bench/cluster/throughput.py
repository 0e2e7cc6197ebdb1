"""What a second worker gives.

    python -m bench.cluster.throughput [--rounds 3] [--articles 2]

Real workers of one process and one thread each, a real Redis, the embedded voice: the same new
articles by one worker, and by two. Prints how many times as fast two are; at least 1.7 on two
free processors: the median of rounds in which each speaks in turn. Each worker has spoken before
the clock starts.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from audio_cache import Cache
from reader.article import Page, extract
from reader.cluster import synthesis_for
from reader.narrate import Narrator, ReadOptions
from reader.script import Script, write_script
from reader.synthesis import Urgency
from reader.voices import Voices

EXAMPLE = (Path(__file__).parents[2] / "examples" / "article.html").read_bytes()
OPTIONS = ReadOptions(voice="baker", fallback=False, urgency=Urgency.BATCH)


@contextmanager
def running(*command: str, log: Path, ready: bytes) -> Iterator[None]:
    """A program that has said that it is ready."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        while ready not in log.read_bytes():
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def script(number: int, n_sentences: int | None = None) -> Script:
    """The example article or its beginning, all of its sentences made new by a number."""
    one = write_script(extract(Page(EXAMPLE, "html")))
    digits = "".join("零一二三四五六七八九"[int(d)] for d in str(number))
    utterances = (
        replace(u, spoken=f"{digits}，{u.spoken}" if u.spoken else "", readings=())
        for u in one.utterances[:n_sentences]
    )
    return replace(one, title=f"{number} {one.title}", utterances=tuple(utterances))


async def seconds_for(scripts: list[Script]) -> float:
    """How long new articles take, asked for at once."""
    voices, cache = Voices(), Cache.open()
    narrator = Narrator(cache, voices, synthesis_for(cache))
    began = time.perf_counter()
    await asyncio.gather(*(narrator.narrate(one, OPTIONS) for one in scripts))
    seconds = time.perf_counter() - began
    await narrator.close()
    await voices.close()
    return seconds


def measure(folder: Path, n_workers: int, first: int, n_articles: int) -> float:
    """Seconds for new articles by so many workers of one thread, their models loaded."""
    command = (sys.executable, "-m", "reader", "worker", "--concurrency", "1", "--threads", "1")
    with ExitStack() as stack:
        for n in range(n_workers):
            log = folder / f"{first}-{n}.log"
            stack.enter_context(running(*command, log=log, ready=b"tingwen: ready"))
        # Every worker loads its model.
        asyncio.run(seconds_for([script(first + n, n_sentences=4) for n in range(4)]))
        return asyncio.run(seconds_for([script(first + 50 + n) for n in range(n_articles)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--articles", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, socket.socket() as probe:
        folder = Path(name)
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        os.environ["TINGWEN_BROKER"] = f"redis://127.0.0.1:{port}/0"
        os.environ["TINGWEN_CACHE"] = str(folder / "cache")
        redis = ("redis-server", "--port", port, "--save", "", "--dir", name)
        with running(*redis, log=folder / "redis.log", ready=b"Ready to accept"):
            rounds = []
            for round_ in range(options.rounds):
                one = measure(folder, 1, 1000 + 200 * round_, options.articles)
                two = measure(folder, 2, 1100 + 200 * round_, options.articles)
                rounds.append(one / two)
                print(f"one worker {one:.2f} s, two {two:.2f} s: {one / two:.2f} times")
    print(f"two workers against one: {statistics.median(rounds):.2f} times (at least 1.7)")


if __name__ == "__main__":
    main()
