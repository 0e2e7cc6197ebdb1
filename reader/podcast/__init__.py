"""Podcasts that a host accepts: episodes, feed, daily digest."""

from reader.podcast.folder import Folder
from reader.podcast.maker import PodcastMaker
from reader.podcast.options import DISCLOSURE, PodcastOptions, Show
from reader.podcast.outcome import Failure, Outcome
from reader.podcast.progress import Watcher

__all__ = [
    "DISCLOSURE",
    "Failure",
    "Folder",
    "Outcome",
    "PodcastMaker",
    "PodcastOptions",
    "Show",
    "Watcher",
]
