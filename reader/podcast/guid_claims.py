"""Which source a GUID belongs to: two articles must not take turns as one episode."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from reader.podcast.sources import Source
from reader.podcast.story import Story


@dataclass(frozen=True, slots=True)
class Claim:
    """What came of a claim: whether the story owns the GUID now, and who must do without it."""

    owns: bool
    refused: Source | None = None
    owner: Source | None = None


class GuidClaims:
    """Of all stories with the same GUID, the one whose source was given first."""

    def __init__(self) -> None:
        self._claims: dict[str, tuple[Source, bytes]] = {}

    def claim(self, guid: str, story: Story) -> Claim:
        """The same words under the same GUID are one article; other words are refused."""
        words = _digest(story)
        owner = self._claims.get(guid)
        if owner is None:
            self._claims[guid] = story.source, words
            return Claim(True)
        first, later = sorted((owner[0], story.source), key=lambda source: source.order)
        if first is story.source:
            self._claims[guid] = story.source, words
        return Claim(first is story.source, None if words == owner[1] else later, first)


def _digest(story: Story) -> bytes:
    """Of its words: a run over thousands of articles must not keep them all."""
    words = "\0".join((story.script.title, *story.script.paragraphs))
    return hashlib.sha256(words.encode("utf-8", "replace")).digest()
