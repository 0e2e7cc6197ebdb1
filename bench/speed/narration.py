"""What a narration costs beyond the bare model, and what a second core gives.

    python -m bench.speed.narration [--rounds 3]

1. End to end (page, script, pronunciation, voice, MP3, cache, stitching) on one thread against
   the two networks alone on the same clauses, in this process: ratio, limit 1.15.
2. Two threads against one: how many times as fast, at least 1.7 on two free cores.
3. Peak memory of a book against an article's: megabytes between them, limit 60.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from audio_cache import Cache
from reader.article import ArticleOptions, Page, extract
from reader.narration.narrator import Narrator, ReadOptions
from reader.pronunciation import pronounce
from reader.script import Script, write_script
from reader.voices import Voices
from reader.voices.baker import BakerVoice, weights
from reader.voices.baker.acoustics import Acoustics, MelModel
from reader.voices.baker.graph import runnable_acoustic_graph
from reader.voices.baker.phones import phone_row

EXAMPLE = (Path(__file__).parents[2] / "examples" / "article.html").read_bytes()


def script_of_example() -> Script:
    return write_script(extract(Page(EXAMPLE, "html")))


async def narrate(script: Script, n_threads: int) -> float:
    """Seconds from the page to the finished narration, the model warm and the cache empty."""
    voice = BakerVoice(n_threads=n_threads)
    await asyncio.gather(
        *(voice.speak(u.line, ReadOptions().prosody) for u in script.utterances[:4])
    )
    with tempfile.TemporaryDirectory() as folder:
        narrator = Narrator(Cache.open(folder), Voices({"baker": lambda _: voice}))
        began = time.perf_counter()
        await narrator.narrate(script_of_example(), ReadOptions(voice="baker"))
        seconds = time.perf_counter() - began
    await voice.close()
    return seconds


def bare_model(script: Script) -> float:
    """Seconds of the two networks alone on the same clauses, one thread."""
    files = weights.load()
    model = Acoustics(files, MelModel(runnable_acoustic_graph(files.acoustic)))
    lines = [u.line for u in script.utterances if u.spoken]
    rows = [phone_row(clause, files) for line in lines for clause in pronounce(line)]
    model.speak(rows[0].ids, 100 / 94)
    began = time.perf_counter()
    for row in rows:
        model.speak(row.ids, 100 / 94)
    return time.perf_counter() - began


async def peak_of_book(n_sentences: int) -> None:
    """Narrate a book of different sentences, all equally long, and print this process's peak
    memory: the vocoder takes some 10 MB a syllable of its longest clause, in each thread."""
    digits = "零一二三四五六七八九"
    text = "\n".join(
        f"第{''.join(digits[int(d)] for d in f'{n:04}')}天放晴。" for n in range(n_sentences)
    )
    script = write_script(extract(Page(text.encode(), "text"), ArticleOptions(mode="text")))
    voice = BakerVoice()
    with tempfile.TemporaryDirectory() as folder:
        narrator = Narrator(Cache.open(folder), Voices({"baker": lambda _: voice}))
        await narrator.narrate(script, ReadOptions(voice="baker"))
    await voice.close()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def peak_mib(n_sentences: int) -> int:
    command = [sys.executable, "-m", "bench.speed.narration", "--book", str(n_sentences)]
    return int(subprocess.run(command, capture_output=True, check=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--book", type=int, help="narrate that many sentences, print the peak")
    parser.add_argument("--memory", action="store_true", help="measure 3 as well: minutes")
    options = parser.parse_args()
    if options.book:
        asyncio.run(peak_of_book(options.book))
        return
    script = script_of_example()
    over, faster = [], []
    for _ in range(options.rounds):
        bare = bare_model(script)
        one = asyncio.run(narrate(script, 1))
        two = asyncio.run(narrate(script, 2))
        over.append(one / bare)
        faster.append(one / two)
    print(f"one thread, end to end / bare model: {statistics.median(over):.3f} (limit 1.15)")
    print(f"two threads against one: {statistics.median(faster):.2f} times (at least 1.7)")
    if options.memory:
        small, large = peak_mib(100), peak_mib(10_000)
        print(f"peak memory: {small} MiB for 100 sentences, {large} MiB for 10,000 (limit +60)")


if __name__ == "__main__":
    main()
