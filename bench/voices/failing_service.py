"""What a failing Edge service costs: seconds to a finished article, against a local server.

    python -m bench.voices.failing_service

Prints, for each way to fail, the seconds until the wanted voice was given up (or the article
was done), the requests made, and the most connections open at a time. A stand-in speaks for
the embedded voice, so that what is left is what was lost. The last line is the throughput of
200 sentences against a healthy server with 80 ms latency, beside the ideal.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time

from audio_cache import Cache
from reader.mpeg import canonical_frames, encode_pcm
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Line, Script, Utterance
from reader.voices import Prosody, Voices
from reader.voices.clip import Clip
from tests.edge_server import EdgeServer, Fault, Faults, after, always, every, healthy
from tests.sound import tone

CONCURRENCY = 4
DIGITS = "零一二三四五六七八九"


class Instant:
    """Says anything in no time."""

    name = "baker"
    version = "instant"
    _clip = Clip(canonical_frames(encode_pcm(tone(0.5))))

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        return self._clip

    async def close(self) -> None:
        pass


def script(n: int) -> Script:
    texts = [
        f"這是第{DIGITS[i // 100]}{DIGITS[i // 10 % 10]}{DIGITS[i % 10]}句。" for i in range(n)
    ]
    utterances = tuple(Utterance(i, 0, text, text, 240) for i, text in enumerate(texts))
    return Script("題", "", "", ("".join(texts),), utterances)


async def measure(name: str, n: int, faults: Faults, latency_s: float = 0.0) -> None:
    with EdgeServer(faults, latency_s) as server, tempfile.TemporaryDirectory() as folder:
        os.environ["TINGWEN_EDGE_ENDPOINT"] = server.origin
        narrator = Narrator(Cache.open(folder), Voices({"baker": lambda _: Instant()}))
        began_s = time.monotonic()
        narration = await narrator.narrate(script(n), ReadOptions())
        seconds = time.monotonic() - began_s
        seen = server.seen
        print(
            f"{name:44} {n:4} sentences {seconds:6.2f} s  by {narration.voice.split(':')[0]:5} "
            f"{seen.n_requests:4} requests, {seen.max_open} at a time"
        )
        if latency_s:
            each_s = seen.busy_s / seen.n_requests
            ideal_s = n / CONCURRENCY * each_s
            print(f"{'':44} {each_s * 1000:.0f} ms a request: {seconds / ideal_s:.2f} of the ideal")


async def main() -> None:
    dies = {
        "refuses": Fault.FORBIDDEN,
        "hangs in the handshake": Fault.HANGS_IN_HANDSHAKE,
        "hangs before the first byte": Fault.HANGS_BEFORE_FIRST_BYTE,
        "hangs in the middle": Fault.HANGS_IN_THE_MIDDLE,
        "drops": Fault.DROPS,
        "silence": Fault.SILENCE,
    }
    await measure("healthy", 50, healthy)
    for name, fault in dies.items():
        await measure(f"{name}, from the start", 50, always(fault))
        await measure(f"{name}, after 25", 50, after(25, fault))
    await measure("drops every third", 50, every(3, Fault.DROPS))
    await measure("healthy, 80 ms latency", 200, healthy, 0.08)


if __name__ == "__main__":
    asyncio.run(main())
