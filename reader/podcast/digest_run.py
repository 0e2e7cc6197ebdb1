"""A run that makes a digest: all articles are read, then chosen, then spoken."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from reader.errors import Incomplete, VoiceError
from reader.narration.narrator import Narrator
from reader.podcast import editor
from reader.podcast.digest import NAME, digest_of
from reader.podcast.options import PodcastOptions
from reader.podcast.outcome import Outcome
from reader.podcast.progress import Share, Watcher
from reader.podcast.publisher import Publisher
from reader.podcast.sources import Source
from reader.podcast.story import Story
from reader.podcast.story_reader import StoryReader
from reader.podcast.worker_pool import WorkerPool
from reader.script import Lexicon


class DigestRun:
    """One digest of one day."""

    def __init__(
        self,
        reader: StoryReader,
        publisher: Publisher,
        narrator: Narrator,
        options: PodcastOptions,
        lexicon: Lexicon,
    ) -> None:
        self._reader = reader
        self._publisher = publisher
        self._narrator = narrator
        self._options = options
        self._lexicon = lexicon

    async def run(self, sources: Sequence[Source], outcome: Outcome, watcher: Watcher) -> None:
        """Make it; what fails of single articles is in the outcome, and the others are in it."""
        watcher.found(1)
        reading = _Reading(watcher)
        pool = WorkerPool(self._options.jobs, outcome, reading)
        stories: list[Story] = []

        async def read(source: Source) -> None:
            story = await self._reader.story(source, pool)
            if story is not None:
                stories.append(story)

        await pool.run(sources, read)
        kept = await asyncio.to_thread(self._chosen, stories)
        for order in reading.orders - {story.source.order for story in kept}:
            watcher.finished(order)
        spoken = await self._spoken(kept, outcome, watcher)
        if self._options.minutes:
            lengths = [spoken[s.source.order] for s in kept if s.source.order in spoken]
            kept = [story for story in kept if story.source.order in spoken]
            kept = editor.fitting(kept, lengths, self._options.minutes)
        stories = [story for story in kept if story.source.order in spoken]
        if stories:
            await self._publish(stories, outcome)
        watcher.finished(-1)

    def _chosen(self, stories: Sequence[Story]) -> list[Story]:
        kept = editor.chosen(stories)
        if not self._options.minutes:
            return kept
        return editor.cut_to(kept, self._options.minutes, self._options.read.prosody.rate_percent)

    async def _spoken(
        self, stories: Sequence[Story], outcome: Outcome, watcher: Watcher
    ) -> dict[int, float]:
        """Seconds of each article that could be spoken: one that cannot spoils no other."""
        by_order = {story.source.order: story for story in stories}
        spoken: dict[int, float] = {}

        async def speak(source: Source) -> None:
            narration = await self._narrator.narrate(
                by_order[source.order].script, self._options.read, Share(watcher, source.order)
            )
            outcome.n_spoken += narration.n_spoken
            spoken[source.order] = narration.duration_s

        pool = WorkerPool(self._options.jobs, outcome, _Speaking(watcher))
        await pool.run([story.source for story in stories], speak)
        return spoken

    async def _publish(self, stories: Sequence[Story], outcome: Outcome) -> None:
        episode = await asyncio.to_thread(digest_of, stories, self._options, self._lexicon)
        try:
            await self._publisher.publish(episode, -1)
        except (VoiceError, Incomplete) as error:  # the failures of the articles are told as well
            outcome.fail(NAME, error, -1)


class _Reading(Watcher):
    """An article that is read is not done yet."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self.orders: set[int] = set()

    def found(self, n_sources: int) -> None:
        self._watcher.found(n_sources)

    def finished(self, order: int) -> None:
        self.orders.add(order)


class _Speaking(Watcher):
    """They were found when they were read."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def finished(self, order: int) -> None:
        self._watcher.finished(order)
