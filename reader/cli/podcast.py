"""`tingwen podcast`: articles to a folder that is ready to upload."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from rich.progress import Progress as Bar

from audio_cache import Cache
from reader.cli.inputs import access_from, lexicon_from
from reader.cli.manner import read_options_from
from reader.cli.print_json import print_json
from reader.cli.progress import LABEL, progress_bar
from reader.cli.show_settings import path_of, settings_from, sources_of
from reader.cli.status import exit_status, one_line
from reader.library.narrate import open_narrator
from reader.messages.text import say
from reader.podcast import Folder, Outcome, PodcastMaker, PodcastOptions, Show, Watcher
from reader.podcast.dates import now
from reader.podcast.folder import FIRST_PAGE
from reader.podcast.outcome import Failure
from reader.podcast.show_file import write_show
from reader.synthesis.in_process import Urgency

_LOG: Final = "runs.jsonl"
_MOST_LOGGED: Final = 400
_USAGE, _NO_ARTICLE = 2, 3
_GRAVITY: Final = (0, 2, 3, 6, 4, 5, 70)


async def command(options: argparse.Namespace) -> None:
    """Make the folder, print the path of its feed, and report what failed."""
    settings = settings_from(options)
    chosen = podcast_options(options, settings)
    sources = options.sources or sources_of(Path(options.out), settings)
    lexicon = lexicon_from(options.lexicon)
    cache = Cache.open()
    async with open_narrator(cache) as narrator:
        folder = Folder(Path(options.out))
        with progress_bar() as bar:
            maker = PodcastMaker(folder, narrator, cache, chosen, lexicon, _Bar(bar))
            outcome = await maker.run(sources)
    write_show(folder, settings)
    feed = folder.root / FIRST_PAGE
    fields = _fields_of(feed, outcome)
    _log(folder, fields)
    if options.json:
        print_json(fields)
    elif feed.is_file():
        print(feed)
    _report(outcome)


def _log(folder: Folder, fields: dict[str, object]) -> None:
    """A line a run in the folder, the newest ones kept."""
    line = json.dumps({"time": now().isoformat(), **fields}, ensure_ascii=False)
    folder.append_state(_LOG, line.encode("utf-8", "replace"), _MOST_LOGGED)


def _fields_of(feed: Path, outcome: Outcome) -> dict[str, object]:
    return {
        "feed": str(feed),
        "status": _gravest(outcome),
        "made": outcome.n_made,
        "mended": outcome.n_mended,
        "unchanged": outcome.n_known,
        "listed": outcome.n_listed,
        "failures": [
            {
                "source": failure.location,
                "status": _status_of(failure),
                "error": one_line(failure.error),
            }
            for failure in outcome.failures
        ],
        "notes": [one_line(note) for note in outcome.notes],
    }


def _report(outcome: Outcome) -> None:
    """What happened, on stderr; the gravest failure is the exit status."""
    for note in outcome.notes:
        print(f"tingwen: {one_line(note)}", file=sys.stderr)
    for failure in outcome.failures:
        status = _status_of(failure)
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
        raise SystemExit(_gravest(outcome))


def _status_of(failure: Failure) -> int:
    """Of a page that a feed led to in vain: 3. The user wrote nothing that could be mended."""
    status = exit_status(failure.error)
    return _NO_ARTICLE if failure.feed and status == _USAGE else status


def _gravest(outcome: Outcome) -> int:
    """3 and 6, of single pages and sites, leave the rest of the run in order."""
    statuses = [_status_of(failure) for failure in outcome.failures]
    return max(statuses, key=lambda s: _GRAVITY.index(s) if s in _GRAVITY else -1, default=0)


def show_of(settings: Mapping[str, Any]) -> Show:
    """The show of these settings. Raises BadOptions."""
    category, _, below = (part.strip() for part in settings["category"].partition(">"))
    return Show(
        title=settings["title"],
        base_url=settings["base_url"],
        description=settings["description"],
        author=settings["author"],
        email=settings["email"],
        link=settings["link"],
        language=settings["language"],
        category=category,
        subcategory=below,
        explicit=settings["explicit"],
        copyright=settings["copyright"],
        funding_url=settings["funding"],
        locked=settings["locked"],
        new_feed_url=settings["new_feed_url"],
        txt=tuple(settings["txt"]),
        season=settings["season"],
        numbered=settings["numbered"],
    )


def feed_options(folder: Path, settings: Mapping[str, Any]) -> PodcastOptions:
    """What the settings alone say of episodes and feed. Raises BadOptions."""
    return PodcastOptions(
        show=show_of(settings),
        digest=settings["digest"],
        lead_only=settings["lead_only"],
        disclosure=settings["disclosure"],
        format=settings["format"],
        minutes=settings["minutes"],
        sting=path_of(folder, settings["sting"]),
        cover=path_of(folder, settings["cover"]),
        cover_font=path_of(folder, settings["cover_font"]),
        intro=path_of(folder, settings["intro"]),
        sponsor=path_of(folder, settings["sponsor"]),
        outro=path_of(folder, settings["outro"]),
        per_feed=settings["per_feed"],
        limit=settings["limit"],
        page_size=settings["page_size"],
    )


def podcast_options(options: argparse.Namespace, settings: Mapping[str, Any]) -> PodcastOptions:
    """The settings with what a run is told besides. Raises BadOptions."""
    for name in ("voice", "rate", "fallback"):
        setattr(options, name, settings[name])
    return replace(
        feed_options(Path(options.out), settings),
        read=replace(read_options_from(options), urgency=Urgency.BATCH),
        mode=options.mode,
        digest_date=options.date,
        access=access_from(options),
        merge=options.merge,
        jobs=options.jobs,
    )


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
