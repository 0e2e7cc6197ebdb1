"""`tingwen read`: an article to audio, and captions beside it."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from audio_cache import Cache
from reader.cli.inputs import read_options_from, script_from
from reader.cli.output import Output
from reader.cluster import synthesis_for
from reader.narration.assembly import Listener, Progress
from reader.narration.listening_check import Ear, mismatches, whisper
from reader.narration.model import Narration
from reader.narration.narrator import Narrator
from reader.voices import Voices


async def command(options: argparse.Namespace) -> None:
    """Speak SOURCE and print the path written."""
    output = Output.of(options)
    ear = await asyncio.to_thread(whisper) if options.check else None
    script = await script_from(options)
    voices, cache = Voices(), Cache.open()
    narrator = Narrator(cache, voices, synthesis_for(cache))
    try:
        with _progress_bar(len(script.utterances)) as listener:
            narration = await narrator.narrate(script, read_options_from(options), listener)
        await output.write(narrator, narration, script)
    finally:
        await narrator.close()
        await voices.close()
    if narration.why:
        print(f"tingwen: read by {narration.voice}, because {narration.why}", file=sys.stderr)
    print(output.audio)
    if ear is not None:
        heard = narrator.store.path(narration) or output.audio
        await asyncio.to_thread(_check, narration, heard, ear)


def _check(narration: Narration, audio: Path, ear: Ear) -> None:
    """Say which sentences an ear does not hear in the file."""
    n_spoken = sum(1 for u in narration.utterances if u.end_s > u.start_s)
    n_misheard = 0
    for one in mismatches(narration, audio, ear):
        n_misheard += 1
        print(
            f"tingwen: sentence {one.index + 1} 「{one.text}」 was heard as 「{one.heard}」",
            file=sys.stderr,
        )
    print(f"tingwen: {n_spoken - n_misheard} of {n_spoken} sentences match", file=sys.stderr)


class _Bar(Listener):
    """A progress bar on a terminal's stderr, nothing in a pipe."""

    def __init__(self, bar: Bar, n_total: int) -> None:
        self._bar = bar
        self._task = bar.add_task("聽聞", total=n_total)

    def begins(self, voice: str) -> None:
        self._bar.update(self._task, completed=0, description=voice)

    def spoken(self, progress: Progress) -> None:
        self._bar.update(self._task, completed=progress.n_done)


@contextmanager
def _progress_bar(n_total: int) -> Iterator[Listener]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        yield _Bar(bar, n_total)
