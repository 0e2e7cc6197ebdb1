"""Which source a GUID belongs to: two articles must not take turns as one episode."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from reader.podcast.piece import Piece
from reader.podcast.sources import Source


@dataclass(frozen=True, slots=True)
class Claim:
    """What came of a claim: whether the piece owns the GUID now, and who must do without it."""

    owns: bool
    refused: Source | None = None
    owner: Source | None = None


class Owners:
    """Of all pieces with the same GUID, the one whose source was given first."""

    def __init__(self) -> None:
        self._owners: dict[str, tuple[Source, bytes]] = {}

    def claim(self, guid: str, piece: Piece) -> Claim:
        """The same words under the same GUID are one article; other words are refused."""
        words = _digest(piece)
        owner = self._owners.get(guid)
        if owner is None:
            self._owners[guid] = piece.source, words
            return Claim(True)
        first, later = sorted((owner[0], piece.source), key=lambda source: source.order)
        if first is piece.source:
            self._owners[guid] = piece.source, words
        return Claim(first is piece.source, None if words == owner[1] else later, first)


def _digest(piece: Piece) -> bytes:
    """Of its words: a run over thousands of articles must not keep them all."""
    words = "\0".join((piece.script.title, *piece.script.paragraphs))
    return hashlib.sha256(words.encode("utf-8", "replace")).digest()
