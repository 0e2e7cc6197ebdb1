"""The feed of what the folder holds, written anew; what it needs no more goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.errors import TingwenError
from reader.podcast.artwork import Artwork
from reader.podcast.dates import in_utc
from reader.podcast.existing import foreign_items, foreign_tags, show_guid
from reader.podcast.feed import Channel, write_feed
from reader.podcast.folder import FIRST_PAGE, Folder
from reader.podcast.identity import podcast_guid
from reader.podcast.options import PodcastOptions
from reader.podcast.outcome import Outcome
from reader.podcast.record import Record


def renew(folder: Folder, options: PodcastOptions, art: Artwork, outcome: Outcome) -> None:
    """Write artwork and feed, and sweep. An episode without its sound is in no feed, and a feed
    that would be the first and list nothing is not written: directories refuse it.

    Raises StorageError.
    """
    show = replace(options.show, discloses=options.disclosure)
    folder.write(art.name, art.data)
    records = list(folder.records())
    if show.numbered:
        records = _numbered(folder, records)
    files = folder.files()
    whole = [r for r in records if files.get(f"{r.name}.mp3") == r.audio_bytes]
    foreign = foreign_items(folder)
    if whole or foreign or folder.read(FIRST_PAGE) is not None:
        guid = show_guid(folder, podcast_guid(show.url_of(FIRST_PAGE)))
        channel = Channel(show, guid, art.name, foreign_tags(folder), frozenset(files))
        outcome.n_listed = write_feed(
            folder, channel, whole, foreign, limit=options.limit, page_size=options.page_size
        )
    if not outcome.n_listed and not outcome.failures:
        outcome.notes.append(TingwenError("feed-lists-nothing"))
    folder.sweep(records)


def _numbered(folder: Folder, records: Sequence[Record]) -> list[Record]:
    """The records, those without a number given the next ones, oldest first."""
    last = max((record.number for record in records), default=0)
    numbered = []
    for record in sorted(records, key=lambda r: (in_utc(r.published), -r.order, r.guid)):
        one = record
        if not one.number:
            last += 1
            one = replace(record, number=last)
            folder.keep(one)
        numbered.append(one)
    return numbered
