"""Processes that do all that a cache is for, over and over, until they are killed.

`python -m tests.cache.crashing FOLDER N_KILLS EVICTING` keeps four of them at work on one folder
and kills one after the other with -9, each at a random moment of its life, until a quarter of
so many had done something. They are forked from one that has imported everything, or starting
them would take most of the time. A process that has called a narration ready says so in a file
of its own.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import signal
import sys
import time
import traceback
from itertools import count
from pathlib import Path
from typing import NoReturn

from audio_cache import Cache, Goal
from reader.mpeg import canonical_frames, encode_pcm
from reader.narration.narrator import Narrator, ReadOptions
from reader.narration.store import manifest_needs
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.cache.on_small_disk import script
from tests.pipeline.voices import voices
from tests.sound import tone

READ = ReadOptions(voice="brief")
N_ARTICLES = 60
N_PROCESSES = 4
LIMIT_BYTES = 60_000
"""Some ten narrations with their clips."""


class Brief:
    """A tone of a quarter of a second, its pitch by what is said."""

    name, version = "brief", "1"

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        await asyncio.sleep(0)
        hz = 200.0 + int.from_bytes(hashlib.sha256(line.spoken.encode()).digest()[:2], "big") / 40
        return Clip(canonical_frames(encode_pcm(tone(0.25, hz))))

    async def close(self) -> None:
        """Nothing to let go of."""


def narrator_of(cache: Cache) -> Narrator:
    return Narrator(cache, voices(brief=Brief()))


async def live(folder: Path, dice: random.Random, evicting: bool) -> NoReturn:
    cache = Cache.open(str(folder / "store"), max_bytes=LIMIT_BYTES if evicting else None)
    narrator = narrator_of(cache)
    while True:
        article = script(dice.randint(1, 4), f"第{dice.randrange(N_ARTICLES)}篇")
        choice = dice.random()
        if choice < 0.6:
            narration = await narrator.narrate(article, READ)
            say(folder, narration.id)
        elif choice < 0.8:
            await hear(narrator, narrator.id_of(article, READ))
        elif choice < 0.9 and evicting:
            await cache.prune(Goal(max_bytes=dice.randrange(LIMIT_BYTES)))
        else:
            found = await cache.verify(manifest_needs)
            assert not found.damaged, found.damaged


def say(folder: Path, ready: str) -> None:
    with (folder / f"ready-{os.getpid()}").open("a", encoding="utf-8") as out:
        out.write(f"{ready}\n")


async def hear(narrator: Narrator, narration_id: str) -> None:
    known = await narrator.store.load(narration_id)
    if known is None:
        return
    pieces = [piece async for piece in narrator.store.read(known, 0, known.audio_bytes)]
    digest = hashlib.sha256(b"".join(pieces)).hexdigest()
    assert digest == known.audio_sha256, "something wrong was served"


def born(folder: Path, seed: int, evicting: bool) -> int:
    """A new process at work; its number."""
    pid = os.fork()
    if pid:
        return pid
    try:
        asyncio.run(live(folder, random.Random(seed), evicting))
    except BaseException:
        traceback.print_exc()
    os._exit(1)


def main(folder: Path, n_kills: int, evicting: bool) -> None:
    dice = random.Random(20261126)
    living: list[int] = []
    try:
        for n in count():
            if n >= N_PROCESSES:
                time.sleep(dice.uniform(0.02, 0.25))
                kill(living.pop(dice.randrange(N_PROCESSES)))
            living.append(born(folder, dice.randrange(10**9), evicting))
            if n >= N_PROCESSES + n_kills and n_who_worked(folder) > n_kills / 4:
                return  # on a busy machine it takes a few more
    finally:
        for victim in living:
            os.kill(victim, signal.SIGKILL)


def n_who_worked(folder: Path) -> int:
    return len(list(folder.glob("ready-*")))


def kill(victim: int) -> None:
    os.kill(victim, signal.SIGKILL)
    _, status = os.waitpid(victim, 0)
    if not os.WIFSIGNALED(status):
        sys.exit("one had already failed; see above")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "evicting")
