"""The podcast maker: sources in, a folder that a host accepts out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from audio_cache import Cache, CacheError
from reader.errors import BadInput, StorageError, TingwenError
from reader.narrate import Narrator
from reader.podcast import artwork, digest
from reader.podcast.bumpers import bumper
from reader.podcast.chapters import Mark
from reader.podcast.episode import Episode, Frame, fingerprint, known, publish
from reader.podcast.existing import foreign_items, keep_foreign, show_guid
from reader.podcast.feed import FIRST_PAGE, write_feed
from reader.podcast.folder import Folder
from reader.podcast.identity import episode_guid, podcast_guid
from reader.podcast.news_feed import entries, is_feed
from reader.podcast.options import DISCLOSURE, PodcastOptions
from reader.podcast.piece import Piece, first_seen, piece_of
from reader.podcast.progress import Share, Watcher
from reader.podcast.sources import Source, expand
from reader.script import Lexicon

_UNEXPECTED: Final = "unexpected {kind}: {error}; please report it"


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that did not become an episode."""

    location: str
    error: Exception
    order: int = 0


@dataclass(slots=True)
class Outcome:
    """What a run did."""

    n_made: int = 0
    n_known: int = 0
    """Episodes that were there already, unchanged."""
    n_listed: int = 0
    """Episodes in the feed."""
    n_spoken: int = 0
    """Sentences that a voice was asked for."""
    failures: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What the user should know, though nothing failed."""


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
        self._pieces: list[Piece] = []
        self._owners: dict[str, tuple[Source, str]] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._frame = Frame(options.show)
        self._queue: asyncio.Queue[Source] = asyncio.Queue()

    async def run(self, arguments: Sequence[str]) -> Outcome:
        """Make what is missing and write the feed.

        Sources that fail are in the outcome; the others are finished. Raises StorageError if
        cache or disk fail, BadInput if an option or list cannot be used.
        """
        sources = await asyncio.to_thread(expand, arguments, self._folder.root)
        if not sources:
            raise BadInput("no articles are in what was given; name pages, folders or feeds")
        await asyncio.to_thread(keep_foreign, self._folder, self._options.merge)
        cover, cover_name = await self._prepare()
        await self._each(sources, self._read if self._options.digest else self._make)
        if self._options.digest:
            await self._make_digest()
        self._outcome.failures.sort(key=lambda failure: failure.order)
        await asyncio.to_thread(self._finish, cover, cover_name)
        return self._outcome

    async def _prepare(self) -> tuple[bytes, str]:
        """Artwork, intro and outro: what every episode carries."""
        art = await asyncio.to_thread(artwork.choose, self._folder, self._options)
        if art.note:
            self._outcome.notes.append(art.note)
        self._frame = Frame(
            self._options.show,
            cover=art.small,
            intro=await bumper(self._options.intro, self._cache),
            outro=await bumper(self._options.outro, self._cache),
        )
        return art.data, art.name

    def _finish(self, cover: bytes, cover_name: str) -> None:
        show = self._options.show
        self._folder.write(cover_name, cover)
        guid = show_guid(self._folder, podcast_guid(show.url_of(FIRST_PAGE)))
        self._outcome.n_listed = write_feed(
            self._folder,
            show,
            guid,
            cover_name,
            foreign_items(self._folder),
            limit=self._options.limit,
            page_size=self._options.page_size,
        )
        self._folder.sweep()

    async def _each(
        self, sources: Sequence[Source], work: Callable[[Source], Awaitable[None]]
    ) -> None:
        """Have `work` done on every source, and on those that feeds among them lead to."""
        for source in sources:
            self._queue.put_nowait(source)
        self._watcher.found(len(sources))
        workers = [asyncio.create_task(self._worker(work)) for _ in range(self._options.jobs)]
        all_done = asyncio.create_task(self._queue.join())
        try:
            await asyncio.wait([all_done, *workers], return_when=asyncio.FIRST_COMPLETED)
            for worker in workers:
                if worker.done():
                    worker.result()  # only a failing disk ends a worker
        finally:
            for task in (all_done, *workers):
                task.cancel()
            await asyncio.gather(all_done, *workers, return_exceptions=True)

    async def _worker(self, work: Callable[[Source], Awaitable[None]]) -> None:
        while True:
            source = await self._queue.get()
            try:
                await work(source)
            except StorageError:
                raise
            except CacheError as error:
                raise StorageError(str(error)) from error
            except Exception as error:
                self._fail(source, error)
            self._watcher.finished(source.order)
            self._queue.task_done()

    def _fail(self, source: Source, error: Exception) -> None:
        if not isinstance(error, TingwenError):  # a mistake of ours must not stop the others
            text = _UNEXPECTED.format(kind=type(error).__name__, error=error)
            error = RuntimeError(text)
        self._outcome.failures.append(Failure(source.location, error, source.order))

    async def _piece(self, source: Source) -> Piece | None:
        """The article of a source; None for a feed, whose entries are put in the queue."""
        page = await asyncio.to_thread(source.load)
        if is_feed(page):
            found = await asyncio.to_thread(entries, source, page)
            for entry in found:
                self._queue.put_nowait(entry)
            self._watcher.found(len(found))
            return None
        return await asyncio.to_thread(piece_of, source, page, self._options, self._lexicon)

    async def _make(self, source: Source) -> None:
        """An episode of one article."""
        piece = await self._piece(source)
        if piece is None:
            return
        guid = episode_guid(piece.identity)
        async with self._locks.setdefault(guid, asyncio.Lock()):
            if self._owns(guid, piece):
                await self._publish(self._episode(guid, piece), source.order)

    def _owns(self, guid: str, piece: Piece) -> bool:
        """Whether the piece is the first of its GUID; another one with other words fails."""
        words = "\0".join((piece.script.title, *piece.script.paragraphs))
        owner = self._owners.get(guid)
        if owner is None:
            self._owners[guid] = piece.source, words
            return True
        first, later = sorted((owner[0], piece.source), key=lambda source: source.order)
        if words != owner[1]:
            reason = (
                f"has the same address or name as {first.location} but other words; "
                "give folders, whose files are told apart by their paths"
            )
            self._fail(later, BadInput(reason))
        if first is owner[0]:
            return False
        self._owners[guid] = piece.source, words
        return True

    def _episode(self, guid: str, piece: Piece) -> Episode:
        published = piece.published
        if not published:
            old = self._folder.record(guid)
            published = old.published if old else first_seen(piece.source)
        texts = piece.script.paragraphs
        title = piece.script.title or piece.lead[:30]
        return Episode(
            guid=guid,
            script=piece.script,
            published=published,
            lead=piece.lead,
            link=piece.link,
            marks=(Mark(None, title), *(Mark(n, texts[n]) for n in piece.subheads)),
            order=piece.source.order,
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
        piece = await self._piece(source)
        if piece is None:
            return
        narration = await self._narrator.narrate(
            piece.script, self._options.read, Share(self._watcher, source.order)
        )
        self._outcome.n_spoken += narration.n_spoken
        self._pieces.append(piece)

    async def _make_digest(self) -> None:
        unique: dict[str, Piece] = {}
        for piece in sorted(self._pieces, key=lambda piece: piece.source.order):
            unique.setdefault(piece.identity, piece)
        if not unique:
            return
        pieces = list(unique.values())
        episode = await asyncio.to_thread(digest.digest_of, pieces, self._options, self._lexicon)
        await self._publish(episode, -1)
