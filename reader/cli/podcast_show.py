"""`tingwen podcast init`, `add`, `remove`, `list`, `check`: what a folder's show is and holds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reader.cli.podcast import feed_options, show_of
from reader.cli.print_json import print_json
from reader.cli.show_settings import as_source, settings_from, sources_of, unwritten
from reader.errors import BadInput, BadOptions
from reader.messages.text import say
from reader.podcast import Folder, Outcome, artwork
from reader.podcast.dates import in_utc
from reader.podcast.folder import FIRST_PAGE
from reader.podcast.identity import identity_of_url
from reader.podcast.record import Record
from reader.podcast.renewal import renew
from reader.podcast.show_file import DEFAULTS, NAME, read_show, write_show
from reader.podcast.sources import is_address
from reader.podcast.tombstone import Removed


async def init(options: argparse.Namespace) -> None:
    """Write show.toml."""
    folder = Path(options.out)
    if not unwritten(folder):
        raise BadOptions("show-exists", path=folder / NAME)
    settings = settings_from(options)
    settings["sources"] = [as_source(source) for source in options.sources]
    show_of(settings)
    write_show(Folder(folder), settings)
    print(folder / NAME)


async def add(options: argparse.Namespace) -> None:
    """Add sources to the show, and let what was removed come back."""
    folder, settings = _opened(options)
    with folder.locked():
        for argument in options.sources:
            source = as_source(argument)
            if source not in settings["sources"]:
                settings["sources"] = [*settings["sources"], source]
            names = {argument, Path(argument).name}
            if is_address(argument):
                names.add(identity_of_url(argument))
            for gone in list(folder.tombstones()):
                if names & {gone.guid, gone.source, gone.title}:
                    folder.restore(gone.guid)
        write_show(folder, settings)
    _print_lines(settings["sources"])


async def remove(options: argparse.Namespace) -> None:
    """Withdraw episodes: out of the feed, their files deleted, not made again. Or drop sources."""
    folder, settings = _opened(options)
    with folder.locked():
        records = list(folder.records())
        gone: list[Record] = []
        for name in options.episodes:
            dropped = {name, as_source(name)}
            is_source = bool(dropped & {*settings["sources"]})
            gone += _meant(name, records, is_source=is_source)
            settings["sources"] = [s for s in settings["sources"] if s not in dropped]
        for record in gone:
            tombstone = Removed(
                record.guid, record.title, record.words, record.sketch, record.source
            )
            folder.forget(tombstone)
        write_show(folder, settings)
        chosen = feed_options(folder.root, settings)
        renew(folder, chosen, artwork.choose(folder, chosen), Outcome())
    _print_lines([f"{record.guid} {record.title}" for record in gone])


def _meant(name: str, records: Sequence[Record], *, is_source: bool) -> list[Record]:
    """The one episode of this name. A file of every day's news names many: then its source alone
    is meant, and where it is none nobody knows which episode is."""
    found = [record for record in records if name in _names_of(record)]
    if len(found) > 1 and not is_source:
        raise BadInput("episode-ambiguous", name=name, count=len(found))
    if not found and not is_source:
        raise BadInput("episode-not-found", name=name)
    return found if len(found) == 1 else []


async def list_episodes(options: argparse.Namespace) -> None:
    """The episodes, newest first."""
    folder, _ = _opened(options)
    records = sorted(folder.records(), key=lambda r: in_utc(r.published), reverse=True)
    if options.json:
        names = ("guid", "title", "published", "duration_s", "link", "format", "source")
        print_json([{name: getattr(r, name) for name in names} for r in records])
        return
    _print_lines([f"{r.published[:10]} {r.guid} {r.title}" for r in records])


async def check(options: argparse.Namespace) -> None:
    """What a directory would refuse; status 1 if there is anything."""
    folder, settings = _opened(options)
    found = [*_faults(folder, settings)]
    if options.json:
        print_json({"faults": found})
    else:
        _print_lines(found or [say("nothing is missing")])
    if found:
        raise SystemExit(1)


def _faults(folder: Folder, settings: dict[str, Any]) -> Iterator[str]:
    show = show_of(settings)
    if not settings["email"]:
        yield say("no --email: directories write to it to see that the feed is yours")
    if not settings["disclosure"]:
        yield say("no --disclosure: Apple asks who lets a machine speak to say so")
    if not show.base_url.startswith("https://"):
        yield say("--base-url is not https: apps refuse plain http")
    if settings["format"] == "mp3":
        yield say("--format mp3 is 24 kHz: some directories ask for mp3-44100")
    sizes = folder.files.sizes()
    records = [*folder.records()]
    if not records or folder.read(FIRST_PAGE) is None:
        yield say("no episode: directories refuse an empty feed")
    for record in records:
        if not folder.files.is_whole(record, sizes):
            yield say("{title}: files are missing; run `podcast` again", title=record.title)
    for source in sources_of(folder.root, settings):
        path = Path(source.removeprefix("@"))
        if not is_address(source) and not path.exists():
            yield say("{source} is not there", source=source)


def _opened(options: argparse.Namespace) -> tuple[Folder, dict[str, Any]]:
    root = Path(options.out)
    if unwritten(root) and not (root / ".tingwen").is_dir():
        raise BadOptions("show-missing", path=root / NAME)
    settings = settings_from(options)
    if unwritten(root):
        write_show(Folder(root), settings)
    return Folder(root), {**DEFAULTS, **settings, **read_show(root)}


def _names_of(record: Record) -> set[str]:
    return {record.guid, record.title, record.source, record.link, record.canonical} - {""}


def _print_lines(lines: Any) -> None:
    for line in lines:
        print(line)
