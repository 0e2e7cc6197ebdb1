"""The feed of what the folder holds, written anew; what it needs no more goes."""

from __future__ import annotations

from dataclasses import replace

from reader.errors import TingwenError
from reader.podcast.artwork import Artwork
from reader.podcast.existing import foreign_items, foreign_tags, show_guid
from reader.podcast.feed import Channel, write_feed
from reader.podcast.folder import FIRST_PAGE, Folder
from reader.podcast.identity import podcast_guid
from reader.podcast.options import PodcastOptions
from reader.podcast.outcome import Outcome


def renew(folder: Folder, options: PodcastOptions, art: Artwork, outcome: Outcome) -> None:
    """Write artwork and feed, and end the run. An episode without its sound is in no feed, and a
    feed that would be the first and list nothing is not written: directories refuse it.

    Raises StorageError.
    """
    show = replace(options.show, discloses=options.disclosure)
    folder.write(art.name, art.data)
    if show.numbered:
        _number(folder)
    foreign = foreign_items(folder)
    if folder.index.n_listed() or foreign or folder.has(FIRST_PAGE):
        guid = show_guid(folder, podcast_guid(show.url_of(FIRST_PAGE)))
        channel = Channel(show, guid, art.name, foreign_tags(folder))
        outcome.n_listed = write_feed(folder, channel, foreign, options.limit, options.page_size)
    if not outcome.n_listed and not outcome.failures:
        outcome.notes.append(TingwenError("feed-lists-nothing"))
    folder.settle()


def _number(folder: Folder) -> None:
    """Those without a number are given the next ones, oldest first."""
    first = folder.index.last_number() + 1
    for number, record in enumerate(folder.index.unnumbered(), first):
        folder.keep(replace(record, number=number))
