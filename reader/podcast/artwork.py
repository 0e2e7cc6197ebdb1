"""Which artwork the show has: one given, the one it has, or one drawn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from reader.errors import TingwenError
from reader.podcast import cover
from reader.podcast.folder import Folder
from reader.podcast.fonts import font_in, found_font
from reader.podcast.options import PodcastOptions

_DRAWING: Final = 1
"""Raised when the drawing changes."""
_DRAWN: Final = "cover-drawn"
_SMALL: Final = "cover-small"


@dataclass(frozen=True, slots=True)
class Artwork:
    """`small` is the JPEG that episodes carry, `name` the file's name in the folder."""

    data: bytes
    name: str
    small: bytes
    note: TingwenError | None = None


def choose(folder: Folder, options: PodcastOptions) -> Artwork:
    """The artwork. A drawn one is drawn once, and again when the title or author changes.

    Raises BadOptions if a given one would be refused, StorageError.
    """
    if options.cover is not None:
        data, suffix = cover.checked(options.cover)
        return Artwork(data, f"cover{suffix}", _small(folder, data))
    of = f"{_DRAWING}\0{options.show.title}\0{options.show.author}\0{options.cover_font or ''}"
    mark = hashlib.sha256(of.encode("utf-8", "replace")).hexdigest().encode()
    kept = folder.read("cover.png")
    if kept is not None and folder.state(_DRAWN) == mark:
        return Artwork(kept, "cover.png", _small(folder, kept))
    font = font_in(options.cover_font) if options.cover_font else found_font()
    data = cover.drawn(options.show.title, options.show.author, font)
    folder.write("cover.png", data)
    if font is not None:  # without one it is drawn again when there may be one
        folder.keep_state(_DRAWN, mark)
    return Artwork(
        data, "cover.png", _small(folder, data), None if font else TingwenError("cover-no-font")
    )


def _small(folder: Folder, data: bytes) -> bytes:
    """The small picture, kept: to reduce nine million pixels takes longer than a short article."""
    mark = hashlib.sha256(data).digest()
    kept = folder.state(_SMALL)
    if kept is not None and kept.startswith(mark):
        return kept[len(mark) :]
    small = cover.small(data)
    folder.keep_state(_SMALL, mark + small)
    return small
