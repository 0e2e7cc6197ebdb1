"""Episodes into the folder: what is not there, not like this, or not whole any more."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from reader.errors import StorageError, TingwenError
from reader.narration.narrator import Narrator
from reader.podcast.episode import (
    Episode,
    Frame,
    Picture,
    as_before,
    fingerprint,
    known,
    publish,
)
from reader.podcast.folder import Folder
from reader.podcast.options import PodcastOptions
from reader.podcast.outcome import Outcome
from reader.podcast.progress import Share, Watcher
from reader.podcast.record import Record


class Publisher:
    """Speaks and writes the episodes of one run."""

    def __init__(
        self,
        folder: Folder,
        narrator: Narrator,
        options: PodcastOptions,
        outcome: Outcome,
        watcher: Watcher,
    ) -> None:
        self._folder = folder
        self._narrator = narrator
        self._options = options
        self._outcome = outcome
        self._watcher = watcher
        self._guids: set[str] = set()
        self.frame = Frame(options.show)

    async def publish(self, episode: Episode, order: int) -> None:
        """Make an episode, or leave it if it is there like this. Its sound keeps its format, and
        it keeps its season and number. What was removed stays away."""
        self._guids.add(episode.guid)
        if self._folder.state(f"removed/{episode.guid}.json") is not None:
            title = episode.script.title or episode.source
            self._outcome.notes.append(TingwenError("episode-withdrawn", title=title))
            return
        old = self._folder.record(episode.guid)
        if old is not None:
            before = as_before(old)
            episode = replace(
                episode, format=before.format, season=before.season, number=before.number
            )
        wanted = self._narrator.id_of(episode.script, self._options.read)
        print_ = fingerprint(episode, wanted, self.frame)
        record = known(self._folder, episode, print_, self._options.show)
        if record is not None:
            self._folder.keep(replace(record, narration=record.narration or wanted))
            self._outcome.n_known += 1
            return
        narration = await self._narrator.narrate(
            episode.script, self._options.read, Share(self._watcher, order)
        )
        self._outcome.n_spoken += narration.n_spoken
        await publish(self._folder, self._narrator, narration, episode, print_, self.frame)
        self._outcome.n_made += 1
        if old is not None and old.fingerprint == print_:
            self._tell_mended(old)

    async def mend(self) -> None:
        """Write again what lacks a file, from the cache; what cannot be is told of."""
        for record in await asyncio.to_thread(self._folder.index.broken):
            if record.guid in self._guids or self._folder.files.is_whole(record):
                continue
            narration = None
            if record.narration:
                narration = await self._narrator.store.load(record.narration)
            if narration is None:
                error = StorageError("episode-broken", title=record.title)
                self._outcome.fail(record.title, error, -1)
                continue
            episode = replace(as_before(record), picture=self._picture(record))
            print_ = fingerprint(episode, narration.id, self.frame)
            await publish(self._folder, self._narrator, narration, episode, print_, self.frame)
            self._tell_mended(record)

    def _picture(self, record: Record) -> Picture | None:
        data = self._folder.read(record.image) if record.image else None
        return Picture(data, record.image[-4:]) if data else None

    def _tell_mended(self, record: Record) -> None:
        self._outcome.n_mended += 1
        self._outcome.notes.append(TingwenError("episode-mended", title=record.title))
