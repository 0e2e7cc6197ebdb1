"""Who an article is among the episodes that the folder holds.

The order of what tells: the canonical link, the address that the page's metadata give (og:url),
the text. A file's name alone tells nothing: many write each day's news to `today.html`. It names
the episodes of which an article may be an edition: one is, if most of its words are alike, or its
title.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Removed:
    """An episode that was withdrawn: it must not come back by itself."""

    guid: str
    title: str
    words: str = ""
    sketch: str = ""
    source: str = ""

    def to_json(self) -> bytes:
        fields = {
            "guid": self.guid, "title": self.title, "words": self.words, "sketch": self.sketch,
            "source": self.source,
        }  # fmt: skip
        return json.dumps(fields, ensure_ascii=False, indent=1).encode("utf-8", "replace")

    def as_record(self) -> Record:
        """As an episode without files, to be compared with."""
        return Record(
            self.guid, "", "", 0.0, title=self.title, words=self.words, sketch=self.sketch,
            source=self.source,
        )  # fmt: skip


class Archive:
    """The episodes of a folder, read once a run. Raises StorageError if the disk fails."""

    def __init__(self, folder: Folder, records: Iterable[Record]) -> None:
        self._folder = folder
        self._records = {record.guid: record for record in records}
        self._removed = {}
        for data in folder.removed():
            try:
                gone = Removed(**json.loads(data))
            except (ValueError, TypeError):
                continue
            self._removed[gone.guid] = gone
        self._by_words: dict[str, str] = {}
        self._by_source: dict[str, list[str]] = {}
        self._claimed: set[str] = set()
        for record in (*self._records.values(), *(g.as_record() for g in self._removed.values())):
            self._index(record)

    def guid_of(self, story: Story) -> str:
        """The GUID of the episode that the story is, or will be. A GUID that only the text tells
        is given once a run: two sources are two episodes, unless their words are the same."""
        guid = self._by_address(story) or self._by_text(story)
        self._claimed.add(guid)
        return guid

    def holds(self, source: str) -> bool:
        """Whether an episode was made of what has this name or address."""
        return source in self._by_source or episode_guid(source) in self._records

    def _by_address(self, story: Story) -> str:
        guids = [episode_guid(identity_of_url(address)) for address in story.addresses]
        known = (guid for guid in guids if guid in self._records or guid in self._removed)
        found = next(known, "")
        if found or not guids:
            return found
        # What a feed held, or a page before it named its address, keeps its GUID.
        names = [story.source.identity, *map(identity_of_url, story.addresses)]
        named = [guid for name in names for guid in self._by_source.get(name, ())]
        nameless = [g for g in named if (r := self._known(g)) is not None and not r.canonical]
        return self._best(story, dict.fromkeys(nameless)) or guids[0]

    def _by_text(self, story: Story) -> str:
        same = self._by_words.get(story.sketch.digest)
        if same is not None:
            return same
        named = [
            *self._by_source.get(story.source.identity, ()),
            episode_guid(story.source.identity),
        ]
        best = self._best(story, dict.fromkeys(named))
        if best is None:
            best = self._moved(story)
        return best or episode_guid(f"text:{story.sketch.digest}")

    def _best(self, story: Story, guids: dict[str, None]) -> str | None:
        """Of these episodes the one that is most alike, if the story is an edition of it."""
        found = []
        for guid in guids:
            record = self._known(guid)
            if record is None or guid in self._claimed:
                continue
            share = story.sketch.likeness(self._sketch(record))
            if _is_edition(story, record, share):
                found.append((share, record.published, guid))
        return max(found)[2] if found else None

    def _moved(self, story: Story) -> str | None:
        """The episode with nearly all of the words and the title, under whatever name."""
        found = []
        for record in (*self._records.values(), *(g.as_record() for g in self._removed.values())):
            kept = record.words_sketch()
            if kept is None or record.guid in self._claimed or record.canonical:
                continue
            share = story.sketch.likeness(kept)
            is_same_title = story.title == record.title
            if share >= _MOVED and is_same_title:
                found.append((share, record.published, record.guid))
        return max(found)[2] if found else None

    def _known(self, guid: str) -> Record | None:
        record = self._records.get(guid)
        if record is None and guid in self._removed:
            return self._removed[guid].as_record()
        return record

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

    def _index(self, record: Record) -> None:
        if record.words and not record.canonical:
            self._by_words.setdefault(record.words, record.guid)
        if record.source:
            self._by_source.setdefault(record.source, []).append(record.guid)


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
