"""A run of the maker in a process of its own, that tests can kill; logs what its voice says."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.pipeline.voices import Counted, Tone
from tests.podcast.newsroom import make


class Logged(Counted):
    """Writes each line it has finished to a file, and takes a moment for each."""

    def __init__(self, log: Path) -> None:
        super().__init__(Tone())
        self._log = log

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        with self._log.open("a", encoding="utf-8") as out:
            out.write(f"{line.spoken}\n")
        await asyncio.sleep(0.002)
        return await super().speak(line, prosody)


if __name__ == "__main__":
    news, out, log = (Path(argument) for argument in sys.argv[1:4])
    asyncio.run(make(out, news, voice=Logged(log), cache=os.environ["TINGWEN_CACHE"]))
