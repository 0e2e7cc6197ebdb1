"""From a source to what is to be spoken, or to the sources that it leads to."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from reader.errors import NoArticle, SourceUnreadable, TingwenError
from reader.podcast.archive import Archive
from reader.podcast.kept_pages import KeptPages
from reader.podcast.news_feed import entries, is_feed
from reader.podcast.options import PodcastOptions
from reader.podcast.outcome import Outcome
from reader.podcast.sources import Source
from reader.podcast.story import Story, story_of
from reader.podcast.worker_pool import WorkerPool
from reader.script import Lexicon


class StoryReader:
    """Reads one source after another, in threads."""

    def __init__(
        self,
        archive: Archive,
        pages: KeptPages,
        options: PodcastOptions,
        lexicon: Lexicon,
        outcome: Outcome,
    ) -> None:
        self._archive = archive
        self._pages = pages
        self._options = options
        self._lexicon = lexicon
        self._outcome = outcome

    async def story(self, source: Source, pool: WorkerPool) -> Story | None:
        """The article of a source; None for a feed, whose entries the pool gets to do.

        Raises SourceUnreadable, NoArticle and its kin.
        """
        found = await asyncio.to_thread(self._read, source)
        if isinstance(found, Story):
            return found
        pool.add(found)
        return None

    def _read(self, source: Source) -> Story | list[Source]:
        try:
            page = source.load(self._options.access, self._pages)
            if is_feed(page):
                return entries(source, page, self._options.per_feed)
            return story_of(source, page, self._options, self._lexicon)
        except (SourceUnreadable, NoArticle) as error:
            if not source.html or self._is_published(source):
                raise
            return self._from_feed(source, error)

    def _from_feed(self, source: Source, error: TingwenError) -> Story:
        """What the feed holds, in place of a page that cannot be had."""
        text_only = replace(source, location=f"{source.location} (its feed)")
        story = story_of(source, text_only.in_feed(), self._options, self._lexicon)
        self._outcome.notes.append(error.within("feed-text-instead", feed=source.feed))
        return story

    def _is_published(self, source: Source) -> bool:
        """Whether the page was there before: then the feed's text is no better edition."""
        return self._archive.holds(source.identity)
