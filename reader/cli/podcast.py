"""`tingwen podcast`: articles to a folder that is ready to upload."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.progress import Progress as Bar

from audio_cache import Cache
from reader.cli.inputs import access_from, lexicon_from
from reader.cli.manner import read_options_from
from reader.cli.print_json import print_json
from reader.cli.progress import LABEL, progress_bar
from reader.cli.status import exit_status, one_line
from reader.library.narrate import open_narrator
from reader.messages.text import say
from reader.podcast import Folder, Outcome, PodcastMaker, PodcastOptions, Show, Watcher
from reader.podcast.folder import FIRST_PAGE
from reader.synthesis.in_process import Urgency


async def command(options: argparse.Namespace) -> None:
    """Make the folder, print the path of its feed, and report what failed."""
    chosen = _options_from(options)
    lexicon = lexicon_from(options.lexicon)
    cache = Cache.open()
    async with open_narrator(cache) as narrator:
        folder = Folder(Path(options.out))
        with progress_bar() as bar:
            maker = PodcastMaker(folder, narrator, cache, chosen, lexicon, _Bar(bar))
            outcome = await maker.run(options.sources)
    feed = folder.root / FIRST_PAGE
    if options.json:
        print_json(_fields_of(feed, outcome))
    else:
        print(feed)
    _report(outcome)


def _fields_of(feed: Path, outcome: Outcome) -> dict[str, object]:
    return {
        "feed": str(feed),
        "made": outcome.n_made,
        "unchanged": outcome.n_known,
        "listed": outcome.n_listed,
        "failures": [
            {
                "source": failure.location,
                "status": exit_status(failure.error),
                "error": one_line(failure.error),
            }
            for failure in outcome.failures
        ],
        "notes": outcome.notes,
    }


def _report(outcome: Outcome) -> None:
    """What happened, on stderr; the gravest failure is the exit status."""
    for note in outcome.notes:
        print(f"tingwen: {one_line(note)}", file=sys.stderr)
    statuses = [0]
    for failure in outcome.failures:
        status = exit_status(failure.error)
        statuses.append(status)
        text = one_line(failure.error)
        if failure.location not in text:
            text = say("{location}: {text}", location=failure.location, text=text)
        told = say("{text} (status {status})", text=text, status=status)
        print(f"tingwen: {told}", file=sys.stderr)
    if outcome.failures or sys.stderr.isatty():
        told = say(
            "{n_made} made, {n_known} unchanged, {n_failed} failed; the feed lists {n_listed}",
            n_made=outcome.n_made,
            n_known=outcome.n_known,
            n_failed=len(outcome.failures),
            n_listed=outcome.n_listed,
        )
        print(f"tingwen: {told}", file=sys.stderr)
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
        access=access_from(options),
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
        self._task: Any = bar.add_task(LABEL, total=0)
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
