"""`tingwen podcast`: articles to a folder that is ready to upload."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from audio_cache import Cache
from reader.cli.inputs import lexicon_from, read_options_from
from reader.cli.status import exit_status, one_line
from reader.cluster import synthesis_for
from reader.narration.narrator import Narrator
from reader.podcast import Folder, Outcome, PodcastMaker, PodcastOptions, Show, Watcher
from reader.synthesis.in_process import Urgency
from reader.voices import Voices


async def command(options: argparse.Namespace) -> None:
    """Make the folder, print the path of its feed, and report what failed."""
    chosen = _options_from(options)
    lexicon = lexicon_from(options.lexicon)
    voices, cache = Voices(), Cache.open()
    narrator = Narrator(cache, voices, synthesis_for(cache))
    try:
        folder = Folder(Path(options.out))
        with _progress_bar() as watcher:
            maker = PodcastMaker(folder, narrator, cache, chosen, lexicon, watcher)
            outcome = await maker.run(options.sources)
    finally:
        await narrator.close()
        await voices.close()
    print(folder.root / "feed.xml")
    _report(outcome)


def _report(outcome: Outcome) -> None:
    """What happened, on stderr; the gravest failure is the exit status."""
    for note in outcome.notes:
        print(f"tingwen: {note}", file=sys.stderr)
    statuses = [0]
    for failure in outcome.failures:
        status = exit_status(failure.error)
        statuses.append(status)
        text = one_line(failure.error)
        if failure.location not in text:
            text = f"{failure.location}: {text}"
        print(f"tingwen: {text} (status {status})", file=sys.stderr)
    if outcome.failures or sys.stderr.isatty():
        print(
            f"tingwen: {outcome.n_made} made, {outcome.n_known} unchanged, "
            f"{len(outcome.failures)} failed; the feed lists {outcome.n_listed}",
            file=sys.stderr,
        )
    if outcome.failures:
        raise SystemExit(max(statuses))


def _options_from(options: argparse.Namespace) -> PodcastOptions:
    show = Show(
        title=options.title,
        base_url=options.base_url.rstrip("/"),
        description=options.description,
        author=options.author,
        email=options.email,
        link=options.link,
        language=options.language,
        category=options.category[0],
        subcategory=options.category[1],
        explicit=options.explicit,
        copyright=options.copyright,
        funding_url=options.funding,
        locked=not options.unlocked,
    )
    return PodcastOptions(
        show=show,
        read=replace(read_options_from(options), urgency=Urgency.BATCH),
        mode=options.mode,
        digest=options.digest,
        digest_date=options.date,
        lead_only=options.lead_only,
        disclosure=options.disclosure,
        cover=_path(options.cover),
        cover_font=_path(options.cover_font),
        intro=_path(options.intro),
        outro=_path(options.outro),
        merge=options.merge,
        per_feed=options.per_feed,
        limit=options.limit,
        page_size=options.page_size,
        jobs=options.jobs,
    )


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


class _Bar(Watcher):
    """Articles on a terminal's stderr, each moving the bar as its sentences are spoken."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task: Any = bar.add_task("聽聞", total=0)
        self._n_total = 0
        self._n_finished = 0
        self._shares: dict[int, float] = {}

    def found(self, n_sources: int) -> None:
        self._n_total += n_sources
        self._bar.update(self._task, total=self._n_total)

    def advanced(self, order: int, share: float) -> None:
        self._shares[order] = share
        self._draw()

    def finished(self, order: int) -> None:
        self._shares.pop(order, None)
        self._n_finished += 1
        self._draw()

    def _draw(self) -> None:
        self._bar.update(self._task, completed=self._n_finished + sum(self._shares.values()))


@contextmanager
def _progress_bar() -> Iterator[Watcher]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        yield _Bar(bar)
