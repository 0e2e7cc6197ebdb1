"""`tingwen read`: an article to an MP3, and captions beside it."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from audio_cache import Cache
from reader.assembly import Listener, Progress
from reader.captions import webvtt
from reader.cli.inputs import read_options_from, script_from
from reader.cluster import synthesis_for
from reader.errors import StorageError
from reader.hearing import Ear, mismatches, whisper
from reader.narrate import Narrator
from reader.narration import Narration
from reader.voices import Voices


async def command(options: argparse.Namespace) -> None:
    """Speak SOURCE and print the path written."""
    output = Path(options.output or _default_name(options.source))
    ear = await asyncio.to_thread(whisper) if options.check else None
    script = await script_from(options)
    voices, cache = Voices(), Cache.open()
    narrator = Narrator(cache, voices, synthesis_for(cache))
    try:
        with _progress_bar(len(script.utterances)) as listener:
            narration = await narrator.narrate(script, read_options_from(options), listener)
        with _replacing(output) as out:
            async for chunk in narrator.audio(narration, 0, narration.audio_bytes):
                out.write(chunk)
    finally:
        await narrator.close()
        await voices.close()
    if options.captions:
        with _replacing(Path(options.captions)) as out:
            out.write(webvtt(narration).encode("utf-8", "replace"))
    if narration.why:
        print(f"tingwen: read by {narration.voice}, because {narration.why}", file=sys.stderr)
    print(output)
    if ear is not None:
        await asyncio.to_thread(_check, narration, output, ear)


def _check(narration: Narration, output: Path, ear: Ear) -> None:
    """Say which sentences an ear does not hear in the file."""
    n_spoken = sum(1 for u in narration.utterances if u.end_s > u.start_s)
    n_misheard = 0
    for one in mismatches(narration, output, ear):
        n_misheard += 1
        print(
            f"tingwen: sentence {one.index + 1} 「{one.text}」 was heard as 「{one.heard}」",
            file=sys.stderr,
        )
    print(f"tingwen: {n_spoken - n_misheard} of {n_spoken} sentences match", file=sys.stderr)


def _default_name(source: str) -> str:
    if source == "-":
        return "tingwen.mp3"
    stem = Path(urlsplit(source).path).stem if "://" in source else Path(source).stem
    return f"{stem or 'tingwen'}.mp3"


@contextmanager
def _replacing(path: Path) -> Iterator[tempfile._TemporaryFileWrapper[bytes]]:
    """A file that takes the place of `path` when it is whole, and never before."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as part:
            try:
                yield part
                part.close()
                _give_usual_permissions(part.name)
                Path(part.name).replace(path)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise StorageError(f"cannot write {path} ({error}); choose another place") from error


def _give_usual_permissions(name: str) -> None:
    """Temporary files are private; what we deliver has the permissions of any new file."""
    umask = os.umask(0)
    os.umask(umask)
    Path(name).chmod(0o666 & ~umask)


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
