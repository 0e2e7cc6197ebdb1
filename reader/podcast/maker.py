"""The podcast maker: sources in, a folder that a host accepts out."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from pathlib import Path

from audio_cache import Cache
from reader.errors import BadInput, BadOptions
from reader.narration.narrator import Narrator
from reader.podcast import artwork, cover
from reader.podcast.archive import Archive
from reader.podcast.chapters import ChapterStart
from reader.podcast.day_places import DayPlaces
from reader.podcast.digest_run import DigestRun
from reader.podcast.episode import Episode, Frame, Picture
from reader.podcast.existing import keep_foreign
from reader.podcast.folder import Folder
from reader.podcast.guid_claims import GuidClaims
from reader.podcast.kept_pages import KeptPages
from reader.podcast.options import DISCLOSURE, PodcastOptions
from reader.podcast.outcome import Outcome
from reader.podcast.progress import Watcher
from reader.podcast.publisher import Publisher
from reader.podcast.renewal import renew
from reader.podcast.sources import Source, expand, is_address
from reader.podcast.story import Story
from reader.podcast.story_reader import StoryReader
from reader.podcast.worker_pool import WorkerPool
from reader.script import Lexicon


class PodcastMaker:
    """One run over one folder."""

    def __init__(
        self,
        folder: Folder,
        narrator: Narrator,
        cache: Cache,
        options: PodcastOptions,
        lexicon: Lexicon,
        watcher: Watcher | None = None,
    ) -> None:
        self._folder = folder
        self._narrator = narrator
        self._cache = cache
        self._options = options
        self._lexicon = lexicon
        self._watcher = watcher or Watcher()
        self._outcome = Outcome()
        self._pool = WorkerPool(options.jobs, self._outcome, self._watcher)
        self._claims = GuidClaims()
        self._locks: dict[str, asyncio.Lock] = {}
        self._naming = asyncio.Lock()
        self._publisher = Publisher(folder, narrator, options, self._outcome, self._watcher)

    async def run(self, arguments: Sequence[str]) -> Outcome:
        """Make what is missing and write the feed.

        Sources that fail are in the outcome; the others are finished. Raises StorageError if
        cache or disk fail or another run is at it, BadInput if an option cannot be used.
        """
        with self._folder.locked():
            return await self._run(arguments)

    async def _run(self, arguments: Sequence[str]) -> Outcome:
        outcome, folder = self._outcome, self._folder
        sources = await asyncio.to_thread(expand, arguments, folder.root, outcome)
        if not sources and not outcome.failures:
            raise BadInput("nothing-given")
        await asyncio.to_thread(keep_foreign, folder, self._options, outcome)
        art = await self._prepare()
        self._archive = Archive(folder)
        self._places = await asyncio.to_thread(DayPlaces, folder, sources)
        pages = KeptPages(folder)
        self._reader = StoryReader(
            self._archive, pages, self._options, self._lexicon, self._outcome
        )
        if self._options.digest:
            run = DigestRun(
                self._reader, self._publisher, self._narrator, self._options, self._lexicon
            )
            await run.run(sources, outcome, self._watcher)
        else:
            await self._pool.run(sources, self._make)
        await self._publisher.mend()
        outcome.failures.sort(key=lambda failure: failure.order)
        await asyncio.to_thread(renew, folder, self._options, art, outcome)
        await asyncio.to_thread(pages.sweep)
        await asyncio.to_thread(self._places.finish)
        return outcome

    async def _prepare(self) -> artwork.Artwork:
        """Artwork, intro, outro and sting: what every episode carries."""
        art = await asyncio.to_thread(artwork.choose, self._folder, self._options)
        if art.note:
            self._outcome.notes.append(art.note)
        options, loudness = self._options, self._options.read.loudness
        spots = self._narrator.spots
        self._publisher.frame = Frame(
            options.show,
            cover=art.small,
            spots=await spots.open_all(options.intro, options.sponsor, options.outro),
            sting=await spots.open(options.sting) if options.sting else None,
            loudness_lufs=loudness.lufs if loudness else -math.inf,
        )
        return art

    async def _make(self, source: Source) -> None:
        """An episode of one article."""
        story = await self._reader.story(source, self._pool)
        if story is None:
            return
        async with self._naming:
            guid = await asyncio.to_thread(self._archive.guid_of, story)
        async with self._locks.setdefault(guid, asyncio.Lock()):
            if self._owns(guid, story):
                episode = await asyncio.to_thread(self._episode, guid, story)
                await self._publisher.publish(episode, source.order)

    def _owns(self, guid: str, story: Story) -> bool:
        """Whether the story is the first of its GUID; another one with other words fails."""
        claim = self._claims.claim(guid, story)
        if claim.refused is not None and claim.owner is not None:
            error = BadInput("same-story", owner=claim.owner.location)
            refused = claim.refused
            self._outcome.fail(refused.location, error, refused.order, refused.feed)
        return claim.owns

    def _episode(self, guid: str, story: Story) -> Episode:
        texts = story.script.paragraphs
        marks = (ChapterStart(n, texts[n]) for n in story.subheads if n < len(texts))
        return Episode(
            guid=guid,
            script=story.script,
            published=self._published(guid, story),
            lead=story.lead,
            link=story.link,
            marks=(ChapterStart(None, story.title), *marks),
            order=story.source.order,
            disclosure=DISCLOSURE if self._options.disclosure else "",
            source=story.source.identity,
            canonical=story.addresses[0] if story.addresses else "",
            sketch=story.sketch,
            is_day_only=story.is_day_only,
            format=self._options.format,
            season=self._options.show.season,
            picture=self._picture(story.source),
        )

    def _published(self, guid: str, story: Story) -> str:
        """As the article says. What it leaves open is kept from the first run on."""
        old = self._folder.record(guid)
        if not story.published:
            return old.published if old else story.day
        if not story.is_day_only:
            return story.published
        if old is not None and old.published[:10] == story.published[:10]:
            return old.published
        return self._places.moment(story.published, story.source.order)

    def _picture(self, source: Source) -> Picture | None:
        """The picture beside a file, under its name, where directories take it."""
        path = Path(source.location)
        if source.html or is_address(source.location) or not path.suffix:
            return None
        beside = (path.with_suffix(suffix) for suffix in (".jpg", ".jpeg", ".png"))
        found = next((picture for picture in beside if picture.is_file()), None)
        try:
            return Picture(*cover.checked(found)) if found else None
        except BadOptions as error:
            self._outcome.notes.append(error.within("episode-picture-bad"))
            return None
