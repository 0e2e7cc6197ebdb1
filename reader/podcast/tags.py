"""The tags of an episode: those of a narration, with chapters and the cover."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mutagen.id3 import APIC, CHAP, CTOC, ID3, PictureType

from reader.podcast.chapters import Chapter, chapter_frames
from reader.stitch import Tags

_HEADER_BYTES: Final = 10


@dataclass(frozen=True, slots=True)
class EpisodeTags(Tags):
    """`cover` is a JPEG, small enough to be carried by every episode."""

    chapters: tuple[Chapter, ...] = ()
    cover: bytes = b""

    def to_id3(self) -> bytes:
        """An ID3v2.4 tag.

        Mutagen sorts the frames of a tag by their size, but ffprobe and others list chapters
        as they come: so each frame is rendered alone and they are put together here.
        """
        body = Tags.to_id3(self)[_HEADER_BYTES:]
        return _tag_of(body + b"".join(_rendered(frame) for frame in self._more()))

    def _more(self) -> Iterator[CHAP | CTOC | APIC]:
        if self.chapters:
            yield from chapter_frames(self.chapters)
        if self.cover:
            kind = PictureType.COVER_FRONT
            yield APIC(encoding=3, mime="image/jpeg", type=kind, desc="", data=self.cover)


def _rendered(frame: CHAP | CTOC | APIC) -> bytes:
    tag, out = ID3(), io.BytesIO()
    tag.add(frame)
    tag.save(out, v2_version=4, padding=lambda _: 0)
    return out.getvalue()[_HEADER_BYTES:]


def _tag_of(body: bytes) -> bytes:
    """Version 2.4.0, no flags, the size in four times seven bits (ID3v2.4 structure, 3.1)."""
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00\x00" + size + body
