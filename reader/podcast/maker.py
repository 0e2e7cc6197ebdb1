"""The podcast maker: sources in, a folder that a host accepts out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from audio_cache import Cache
from reader.errors import BadInput, Incomplete, VoiceError
from reader.narration.narrator import Narrator
from reader.podcast import artwork, digest
from reader.podcast.chapters import ChapterStart
from reader.podcast.episode import Episode, Frame, fingerprint, known, publish
from reader.podcast.existing import foreign_items, foreign_tags, keep_foreign, show_guid
from reader.podcast.feed import Channel, write_feed
from reader.podcast.folder import FIRST_PAGE, Folder
from reader.podcast.guid_claims import GuidClaims
from reader.podcast.identity import episode_guid, podcast_guid
from reader.podcast.intro_outro import bumper
from reader.podcast.options import DISCLOSURE, PodcastOptions
from reader.podcast.outcome import Outcome
from reader.podcast.progress import Share, Watcher
from reader.podcast.sources import Source, expand
from reader.podcast.story import Story, first_seen
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
        self._story_reader = StoryReader(folder, options, lexicon, self._outcome)
        self._stories: list[Story] = []
        self._claims = GuidClaims()
        self._locks: dict[str, asyncio.Lock] = {}
        self._frame = Frame(options.show)

    async def run(self, arguments: Sequence[str]) -> Outcome:
        """Make what is missing and write the feed.

        Sources that fail are in the outcome; the others are finished. Raises StorageError if
        cache or disk fail or another run is at it, BadInput if an option cannot be used.
        """
        with self._folder.locked():
            return await self._run(arguments)

    async def _run(self, arguments: Sequence[str]) -> Outcome:
        outcome = self._outcome
        sources = await asyncio.to_thread(expand, arguments, self._folder.root, outcome)
        if not sources and not outcome.failures:
            raise BadInput("nothing-given")
        await asyncio.to_thread(keep_foreign, self._folder, self._options, outcome)
        cover, cover_name = await self._prepare()
        self._watcher.found(int(self._options.digest))
        await self._pool.run(sources, self._read if self._options.digest else self._make)
        if self._options.digest:
            await self._make_digest()
        outcome.failures.sort(key=lambda failure: failure.order)
        await asyncio.to_thread(self._finish, cover, cover_name)
        return outcome

    async def _prepare(self) -> tuple[bytes, str]:
        """Artwork, intro and outro: what every episode carries."""
        art = await asyncio.to_thread(artwork.choose, self._folder, self._options)
        if art.note:
            self._outcome.notes.append(art.note)
        loudness = self._options.read.loudness
        self._frame = Frame(
            self._options.show,
            cover=art.small,
            intro=await bumper(self._options.intro, self._cache, loudness),
            outro=await bumper(self._options.outro, self._cache, loudness),
        )
        return art.data, art.name

    def _finish(self, cover: bytes, cover_name: str) -> None:
        show, folder = self._options.show, self._folder
        folder.write(cover_name, cover)
        guid = show_guid(folder, podcast_guid(show.url_of(FIRST_PAGE)))
        self._outcome.n_listed = write_feed(
            folder,
            Channel(show, guid, cover_name, foreign_tags(folder)),
            foreign_items(folder),
            limit=self._options.limit,
            page_size=self._options.page_size,
        )
        folder.sweep()

    async def _make(self, source: Source) -> None:
        """An episode of one article."""
        story = await self._story_reader.story(source, self._pool)
        if story is None:
            return
        guid = episode_guid(story.identity)
        async with self._locks.setdefault(guid, asyncio.Lock()):
            if self._owns(guid, story):
                await self._publish(self._episode(guid, story), source.order)

    def _owns(self, guid: str, story: Story) -> bool:
        """Whether the story is the first of its GUID; another one with other words fails."""
        claim = self._claims.claim(guid, story)
        if claim.refused is not None and claim.owner is not None:
            error = BadInput("same-story", owner=claim.owner.location)
            self._outcome.fail(claim.refused.location, error, claim.refused.order)
        return claim.owns

    def _episode(self, guid: str, story: Story) -> Episode:
        published = story.published
        if not published:
            old = self._folder.record(guid)
            published = old.published if old else first_seen(story.source)
        texts = story.script.paragraphs
        title = story.script.title or story.lead[:30]
        return Episode(
            guid=guid,
            script=story.script,
            published=published,
            lead=story.lead,
            link=story.link,
            marks=(ChapterStart(None, title), *(ChapterStart(n, texts[n]) for n in story.subheads)),
            order=story.source.order,
            disclosure=DISCLOSURE if self._options.disclosure else "",
        )

    async def _publish(self, episode: Episode, order: int) -> None:
        """Speak and write an episode that is not there, or not like this."""
        wanted = self._narrator.id_of(episode.script, self._options.read)
        print_ = fingerprint(episode, wanted, self._frame)
        record = known(self._folder, episode, print_, self._options.show)
        if record is not None:
            self._folder.keep(record)
            self._outcome.n_known += 1
            return
        narration = await self._narrator.narrate(
            episode.script, self._options.read, Share(self._watcher, order)
        )
        self._outcome.n_spoken += narration.n_spoken
        await publish(self._folder, self._narrator, narration, episode, print_, self._frame)
        self._outcome.n_made += 1

    async def _read(self, source: Source) -> None:
        """One article of a digest: spoken now, so that one that fails spoils no other."""
        story = await self._story_reader.story(source, self._pool)
        if story is None:
            return
        narration = await self._narrator.narrate(
            story.script, self._options.read, Share(self._watcher, source.order)
        )
        self._outcome.n_spoken += narration.n_spoken
        self._stories.append(story)

    async def _make_digest(self) -> None:
        unique: dict[str, Story] = {}
        for story in sorted(self._stories, key=lambda story: story.source.order):
            unique.setdefault(story.identity, story)
        if not unique:
            return
        stories = list(unique.values())
        episode = await asyncio.to_thread(digest.digest_of, stories, self._options, self._lexicon)
        try:
            await self._publish(episode, -1)
        except (VoiceError, Incomplete) as error:  # the failures of the articles are told as well
            self._outcome.fail(digest.NAME, error, -1)
        self._watcher.finished(-1)
