"""Who an article is among the episodes that the folder holds.

The order of what tells: the canonical link, the address that the page's metadata give (og:url),
the text. A file's name alone tells nothing: many write each day's news to `today.html`. It names
the episodes of which an article may be an edition: one is, if most of its words are alike, or its
title.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import html

from reader.podcast.folder import Folder
from reader.podcast.identity import episode_guid, identity_of_url
from reader.podcast.likeness import (
    Sketch,
    are_days_different,
    are_numbers_different,
    are_titles_alike,
    sketch_of,
)
from reader.podcast.record import Record
from reader.podcast.story import Story

_MOST_WORDS: Final = 0.5
"""Share of shingles from which on an article under the same name is an edition."""
_SOME_WORDS: Final = 0.15
"""And under the same title on another day; newsrooms name their daily round-up alike."""
_MOVED: Final = 0.8
"""And under another name."""


class Archive:
    """The episodes of a locked folder. Raises StorageError if the disk fails."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._index = folder.index
        self._claimed: set[str] = set()

    def guid_of(self, story: Story) -> str:
        """The GUID of the episode that the story is, or will be. A GUID that only the text tells
        is given once a run: two sources are two episodes, unless their words are the same."""
        guid = self._by_address(story) or self._by_text(story)
        self._claimed.add(guid)
        return guid

    def holds(self, source: str) -> bool:
        """Whether an episode was made of what has this name or address."""
        is_known = self._index.record(episode_guid(source)) is not None
        return is_known or bool(self._index.of_source(source))

    def _by_address(self, story: Story) -> str:
        guids = [episode_guid(identity_of_url(address)) for address in story.addresses]
        found = next((guid for guid in guids if self._index.record(guid) is not None), "")
        if found or not guids:
            return found
        # What a feed held, or a page before it named its address, keeps its GUID.
        names = [story.source.identity, *map(identity_of_url, story.addresses)]
        named = [r for name in names for r in self._index.of_source(name, story.title)]
        return self._best(story, (r for r in named if not r.canonical)) or guids[0]

    def _by_text(self, story: Story) -> str:
        same = self._index.of_words(story.sketch.digest)
        if same is not None:
            return same
        identity = story.source.identity
        first = self._index.record(episode_guid(identity))
        named = [*self._index.of_source(identity, story.title), *filter(None, [first])]
        best = self._best(story, named) or self._moved(story)
        return best or episode_guid(f"text:{story.sketch.digest}")

    def _best(self, story: Story, records: Iterable[Record]) -> str | None:
        """Of these episodes the one that is most alike, if the story is an edition of it."""
        found = []
        for record in records:
            if record.guid in self._claimed:
                continue
            share = story.sketch.likeness(self._sketch(record))
            if _is_edition(story, record, share):
                found.append((share, record.published, record.guid))
        return max(found)[2] if found else None

    def _moved(self, story: Story) -> str | None:
        """The episode with nearly all of the words and the title, under whatever name."""
        found = []
        for record in self._index.of_title(story.title):
            if record.guid not in self._claimed:
                share = story.sketch.likeness(self._sketch(record))
                if share >= _MOVED:
                    found.append((share, record.published, record.guid))
        return max(found)[2] if found else None

    def _sketch(self, record: Record) -> Sketch:
        """The one that was kept, or that of the transcript, where an older release kept none."""
        kept = record.words_sketch()
        if kept is not None:
            return kept
        page = self._folder.read(record.path(".html")) if record.name else None
        texts = [p.text_content() for p in html.fromstring(page).iter("p")] if page else []
        skipped = texts[1:] if texts[:1] == [record.title] else texts
        said = [text for text in skipped if text not in (record.disclosure, record.byline)]
        return sketch_of(record.title, said)


def _is_edition(story: Story, record: Record, share: float) -> bool:
    if are_days_different(story.title, record.title):
        return False
    if share >= _MOST_WORDS:
        return True
    if not are_titles_alike(story.title, record.title) or are_numbers_different(
        story.title, record.title
    ):
        return False
    return share >= _SOME_WORDS or story.day[:10] == record.published[:10]
