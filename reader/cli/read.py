"""`tingwen read`: an article to audio, and captions beside it."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from urllib.parse import urlsplit

from rich.progress import Progress as Bar

from audio_cache import Cache
from reader.cli.inputs import script_from
from reader.cli.late import load
from reader.cli.manner import read_options_from
from reader.cli.progress import LABEL, progress_bar
from reader.library.narrate import open_narrator
from reader.library.output import Output
from reader.messages.language import language_of_environment
from reader.messages.message import Door
from reader.messages.text import say
from reader.messages.wording import word_all
from reader.narration.assembly import Listener, Progress


async def command(options: argparse.Namespace) -> None:
    """Speak SOURCE and print the path written."""
    output = _output_from(options)
    ear = await asyncio.to_thread(load("reader.cli.check:open_ear")) if options.check else None
    script = await script_from(options)
    async with open_narrator(Cache.open()) as narrator:
        with progress_bar() as bar:
            listener = _Bar(bar, len(script.utterances))
            narration = await narrator.narrate(script, read_options_from(options), listener)
        await output.write(narrator, narration, script)
    if narration.why:
        why = word_all(narration.why, language_of_environment(), Door.COMMAND_LINE)
        told = say("read by {voice}, because {why}", voice=narration.voice, why=why)
        print(f"tingwen: {told}", file=sys.stderr)
    print(output.audio)
    if ear is not None:
        heard = narrator.store.path(narration) or output.audio
        report = load("reader.cli.check:report_mismatches")
        await asyncio.to_thread(report, narration, heard, ear)


def _output_from(options: argparse.Namespace) -> Output:
    """Raises BadOptions if something asked for cannot be written."""
    return Output.plan(
        options.output or _default_name(options.source, options.format or "mp3"),
        options.format or "",
        options.captions,
        options.cover,
        karaoke=options.karaoke,
        lyrics=options.lyrics,
    )


def _default_name(source: str, kind: str) -> str:
    suffix = kind.partition("-")[0]
    if source == "-":
        return f"tingwen.{suffix}"
    stem = Path(urlsplit(source).path).stem if "://" in source else Path(source).stem
    return f"{stem or 'tingwen'}.{suffix}"


class _Bar(Listener):
    """Sentences on a progress bar."""

    def __init__(self, bar: Bar, n_total: int) -> None:
        self._bar = bar
        self._task = bar.add_task(LABEL, total=n_total)

    def begins(self, voice: str) -> None:
        self._bar.update(self._task, completed=0, description=voice)

    def spoken(self, progress: Progress) -> None:
        self._bar.update(self._task, completed=progress.n_done)
