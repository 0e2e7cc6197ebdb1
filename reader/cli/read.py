"""`tingwen read`: an article to audio, and captions beside it."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from rich.progress import Progress as Bar

from audio_cache import Cache
from reader.cli.file_names import file_name
from reader.cli.free_path import reserve_path
from reader.cli.inputs import script_from
from reader.cli.late import load
from reader.cli.manner import read_options_from
from reader.cli.print_json import print_json
from reader.cli.progress import LABEL, progress_bar
from reader.library.narrate import open_narrator
from reader.library.output import Output
from reader.messages.language import language_of_environment
from reader.messages.message import Door
from reader.messages.text import say
from reader.messages.wording import word_all
from reader.narration.assembly import Listener, Progress
from reader.narration.model import Narration
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Script


async def command(options: argparse.Namespace) -> None:
    """Speak SOURCE and print the path written."""
    output = _output_from(options)
    ear = await asyncio.to_thread(load("reader.cli.check:open_ear")) if options.check else None
    script = await script_from(options)
    async with open_narrator(Cache.open()) as narrator:
        with progress_bar() as bar:
            listener = _Bar(bar, len(script.utterances))
            read = await _with_spots(narrator, options)
            narration = await narrator.narrate(script, read, listener)
        with _named(output, options, script) as named:
            await named.write(narrator, narration, script)
    if narration.why:
        why = word_all(narration.why, language_of_environment(), Door.COMMAND_LINE)
        told = say("read by {voice}, because {why}", voice=narration.voice, why=why)
        print(f"tingwen: {told}", file=sys.stderr)
    if narration.passed_over:
        told = say(
            "passed over, no reading: {characters}", characters="".join(narration.passed_over)
        )
        print(f"tingwen: {told}", file=sys.stderr)
    if options.json:
        print_json(_fields_of(named, narration))
    else:
        print(named.audio, flush=True)
    if ear is not None:
        heard = narrator.store.path(narration) or named.audio
        report = load("reader.cli.check:report_mismatches")
        await asyncio.to_thread(report, narration, heard, ear)
    if options.play:
        await load("reader.cli.play:play")(named.audio)


async def _with_spots(narrator: Narrator, options: argparse.Namespace) -> ReadOptions:
    """How it is read, and what is heard around it. Raises BadOptions."""
    named = (options.intro, options.sponsor, options.outro)
    spots = await narrator.spots.open_all(*(Path(name) if name else None for name in named))
    return replace(read_options_from(options), spots=spots)


def _output_from(options: argparse.Namespace) -> Output:
    """Raises BadOptions if something asked for cannot be written."""
    return Output.plan(
        options.output or f"tingwen{_suffix(options)}",
        options.format or "",
        options.captions,
        options.cover,
        karaoke=options.karaoke,
        lyrics=options.lyrics,
    )


@contextmanager
def _named(output: Output, options: argparse.Namespace, script: Script) -> Iterator[Output]:
    """The output under the name that was given, or else under the title's: a name that nobody
    gave replaces no file."""
    if options.output:
        yield output
        return
    name = file_name(script.title or _stem(options.source), _suffix(options))
    with reserve_path(Path(name)) as path:
        yield replace(output, audio=path)


def _suffix(options: argparse.Namespace) -> str:
    kind: str = options.format or "mp3"
    return f".{kind.partition('-')[0]}"


def _stem(source: str) -> str:
    """What a page without a title is called."""
    if "://" in source:
        return PurePosixPath(unquote(urlsplit(source).path)).stem
    return "" if source == "-" else Path(source).stem


def _fields_of(output: Output, narration: Narration) -> dict[str, object]:
    language = language_of_environment()
    return {
        "audio": str(output.audio),
        "format": output.kind,
        "captions": None if output.captions is None else str(output.captions),
        "title": narration.title,
        "voice": narration.voice,
        "why": word_all(narration.why, language, Door.COMMAND_LINE) or None,
        "duration": round(narration.duration_s, 3),
        "coverage": narration.coverage,
        "passed_over": list(narration.passed_over),
        "utterances": len(narration.utterances),
    }


class _Bar(Listener):
    """Sentences on a progress bar."""

    def __init__(self, bar: Bar, n_total: int) -> None:
        self._bar = bar
        self._task = bar.add_task(LABEL, total=n_total)

    def begins(self, voice: str) -> None:
        self._bar.update(self._task, completed=0, description=voice)

    def spoken(self, progress: Progress) -> None:
        self._bar.update(self._task, completed=progress.n_done)
