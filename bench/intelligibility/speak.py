"""Sentences spoken by a voice of the product, kept as MP3 so that every bench hears the same.

The files lie in a folder that the caller names, by voice, version and sentence: a bench that was
broken off goes on where it stopped.
"""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from reader.script import Line, speak_form
from reader.voices import Prosody, Voice

_HERE = Path(__file__).parent
SETS = {
    "old": _HERE / "sentences.txt",
    "new": _HERE / "names_numbers_english.txt",
}


def sentences_of(name: str) -> list[str]:
    """The sentences of a set, one a line of its file."""
    return SETS[name].read_text(encoding="utf-8").splitlines()


async def spoken_file(voice: Voice, sentence: str, folder: Path) -> Path:
    """The MP3 of `sentence`, spoken now or before."""
    spoken = speak_form(sentence)
    key = hashlib.sha256(f"{voice.name} {voice.version} {spoken}".encode()).hexdigest()[:16]
    file = folder / f"{key}.mp3"
    if not await asyncio.to_thread(file.exists):
        _keep((await voice.speak(Line(spoken), Prosody())).frames, file)
    return file


def _keep(frames: bytes, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_bytes(frames)
    part.replace(file)
