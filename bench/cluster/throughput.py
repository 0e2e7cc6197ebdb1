"""What a second worker gives.

    python -m bench.cluster.throughput [--rounds 3] [--articles 2] [--voice kokoro]

Real workers of one process and one thread each, a real Redis, the embedded voice: the same new
articles by one worker, and by two. Prints how many times as fast two are; at least 1.7 on two
free processors: the median of rounds in which each speaks in turn. Each worker has spoken before
the clock starts.

On a machine that others use, two workers are not given two processors. What they would do with
them is told by the processor's time of the busiest worker, printed beside it: the work that one
does alone, and the larger part when two share it.
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
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Script, write_script
from reader.synthesis.in_process import Urgency
from reader.voices import Voices

EXAMPLE = (Path(__file__).parents[2] / "examples" / "article.html").read_bytes()


@contextmanager
def running(*command: str, log: Path, ready: bytes) -> Iterator[int]:
    """A program that has said that it is ready; gives its process."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        while ready not in log.read_bytes():
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
        yield process.pid
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


async def seconds_for(scripts: list[Script], voice: str) -> float:
    """How long new articles take, asked for at once."""
    options = ReadOptions(voice=voice, fallback=False, urgency=Urgency.BATCH)
    voices, cache = Voices(), Cache.open()
    voices.open(voice)  # reads its weights, which is no work of the workers
    narrator = Narrator(cache, voices, synthesis_for(cache))
    began = time.perf_counter()
    await asyncio.gather(*(narrator.narrate(one, options) for one in scripts))
    seconds = time.perf_counter() - began
    await narrator.close()
    await voices.close()
    return seconds


def processor_s(pid: int) -> float:
    """Processor's time of a process and its children so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(processor_s(int(child)) for child in children)


def measure(
    folder: Path, n_workers: int, first: int, n_articles: int, voice: str
) -> tuple[float, float]:
    """Seconds for new articles by so many workers of one thread, their models loaded: by the
    clock, and of the processor for the busiest worker."""
    command = (sys.executable, "-m", "reader", "worker", "--concurrency", "1", "--threads", "1")
    with ExitStack() as stack:
        pids = []
        for n in range(n_workers):
            log = folder / f"{first}-{n}.log"
            pids.append(stack.enter_context(running(*command, log=log, ready=b" at a time, for ")))
        # Every worker loads its model.
        asyncio.run(seconds_for([script(first + n, n_sentences=4) for n in range(4)], voice))
        before = [processor_s(pid) for pid in pids]
        articles = [script(first + 50 + n) for n in range(n_articles)]
        by_clock = asyncio.run(seconds_for(articles, voice))
        busy = [processor_s(pid) - s for pid, s in zip(pids, before, strict=True)]
        return by_clock, max(busy)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--articles", type=int, default=2)
    parser.add_argument("--voice", default="baker")
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
                one = measure(folder, 1, 1000 + 200 * round_, options.articles, options.voice)
                two = measure(folder, 2, 1100 + 200 * round_, options.articles, options.voice)
                rounds.append((one[0] / two[0], one[1] / two[1]))
                print(
                    f"one worker {one[0]:.2f} s ({one[1]:.2f} s of the processor), "
                    f"two {two[0]:.2f} s ({two[1]:.2f} s)"
                )
    by_clock, by_processor = (statistics.median(ratios) for ratios in zip(*rounds, strict=True))
    print(f"two workers against one: {by_clock:.2f} times by the clock (at least 1.7 on two free")
    print(f"processors), {by_processor:.2f} times by the busiest worker's processor time")


if __name__ == "__main__":
    main()
