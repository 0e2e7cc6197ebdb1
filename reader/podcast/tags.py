"""The tags of an episode: those of a narration, with chapters and the cover."""

from __future__ import annotations

import io
from dataclasses import dataclass

from mutagen.id3 import APIC, ID3, PictureType

from reader.podcast.chapters import Chapter, chapter_frames
from reader.stitch import Tags


@dataclass(frozen=True, slots=True)
class EpisodeTags(Tags):
    """`cover` is a JPEG, small enough to be carried by every episode."""

    chapters: tuple[Chapter, ...] = ()
    cover: bytes = b""

    def to_id3(self) -> bytes:
        """An ID3v2.4 tag."""
        plain = Tags.to_id3(self)
        tag = ID3(io.BytesIO(plain))
        for frame in chapter_frames(self.chapters) if self.chapters else ():
            tag.add(frame)
        if self.cover:
            tag.add(
                APIC(
                    encoding=3,
                    mime="image/jpeg",
                    type=PictureType.COVER_FRONT,
                    desc="",
                    data=self.cover,
                )
            )
        out = io.BytesIO()
        tag.save(out, v2_version=4, padding=lambda _: 0)
        return out.getvalue()
