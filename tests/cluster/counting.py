"""A voice that writes down who says what, installed as any package would install one."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reader.errors import VoiceRefused, VoiceUnavailable
from reader.mpeg import canonical_frames, encode_pcm
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.sound import tone

ROOT = Path(__file__).resolve().parents[2]
REFUSED = "這句話說不出來。"
UNAVAILABLE = "現在說不出來。"
DEADLY = "誰說誰就倒下。"


class CountingVoice:
    """Says each line as a tone of its own; `TEST_LOG` is where it is written down, and
    `TEST_SECONDS` how long it takes."""

    name = "counting"
    version = "1"

    def __init__(self, variant: str = "") -> None:
        del variant
        self._log = Path(os.environ["TEST_LOG"])
        self._seconds = float(os.environ.get("TEST_SECONDS", "0.01"))

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        self._write("begins", line)
        await asyncio.sleep(self._seconds)
        if line.spoken == REFUSED:
            raise VoiceRefused("the engine said no; ask for another voice")
        if line.spoken == UNAVAILABLE:
            raise VoiceUnavailable("the engine does not answer; try again later")
        if line.spoken == DEADLY:
            os.abort()
        clip = _tone(100 + int(hashlib.sha256(line.spoken.encode()).hexdigest(), 16) % 2000)
        self._write("ends", line)
        return clip

    async def close(self) -> None:
        """Nothing to let go of."""

    def _write(self, what: str, line: Line) -> None:
        with self._log.open("a", encoding="utf-8") as log:
            log.write(f"{os.getpid()}\t{what}\t{line.spoken}\n")


@cache
def _tone(hz: int) -> Clip:
    return Clip(canonical_frames(encode_pcm(tone(0.3, hz))))


@dataclass(frozen=True)
class Log:
    """What the voices of all processes were asked to say."""

    path: Path

    def began(self) -> Counter[str]:
        """How often each line was begun."""
        return Counter(line for _, what, line in self.entries() if what == "begins")

    def unfinished(self) -> set[str]:
        """Lines that some process began and did not end."""
        entries = self.entries()
        begun = Counter((pid, line) for pid, what, line in entries if what == "begins")
        begun.subtract((pid, line) for pid, what, line in entries if what == "ends")
        return {line for (_, line), n in begun.items() if n}

    def entries(self) -> list[tuple[int, str, str]]:
        """Who began or ended what."""
        if not self.path.exists():
            return []
        rows = (row.split("\t") for row in self.path.read_text(encoding="utf-8").splitlines())
        return [(int(pid), what, line) for pid, what, line in rows]


def install(folder: Path, log: Path, seconds: float = 0.01) -> dict[str, str]:
    """A package with the voice, not by pip but found as one that is installed; gives the
    environment in which processes have it."""
    info = folder / "counting_voice-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: counting-voice\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[tingwen.voices]\ncounting = tests.cluster.counting:CountingVoice\n"
    )
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "TEST_LOG": str(log),
        "TEST_SECONDS": str(seconds),
    }
