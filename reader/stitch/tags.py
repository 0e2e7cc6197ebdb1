"""ID3v2.4 tags: what the file says about itself, in one place for all who write an MP3."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    SYLT,
    TALB,
    TDRC,
    TIT2,
    TLAN,
    TPE1,
    TXXX,
    WOAF,
    WXXX,
    CTOCFlags,
    Frame,
    PictureType,
)

DISCLOSURE: Final = "本音檔由語音合成。This audio is synthetic speech."
LANGUAGE: Final = "zho"
VOICE: Final = "NARRATOR"
"""How audiobook players and taggers call who reads; ID3 has no frame of its own for it."""
_MOST_CHAPTERS: Final = 255
"""The table of contents counts its entries in one byte."""
_HEADER_BYTES: Final = 10
_MILLISECONDS: Final = 2
_LYRICS: Final = 1
_NO_OFFSET: Final = 0xFFFFFFFF
"""Times count, not bytes."""
_URL_SAFE: Final = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Chapter:
    """Seconds of the presented audio."""

    start_s: float
    end_s: float
    title: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Tags:
    """Tags of one file. What is empty is left out."""

    title: str
    artist: str = ""
    album: str = ""
    date: str = ""
    """ISO 8601."""
    source_url: str = ""
    cover: bytes = b""
    """A JPEG or PNG, small enough to be carried by every file."""
    chapters: tuple[Chapter, ...] = ()
    lyrics: tuple[tuple[float, str], ...] = ()
    """What is said, with the second at which it begins."""
    voice: str = ""
    """The voice that reads."""
    gain_steps: int = 0
    """By how many steps the frames' gain was changed, for who wants to undo it."""

    def to_id3(self) -> bytes:
        """An ID3v2.4 tag.

        Mutagen sorts the frames of a tag by their size, but ffprobe and others list chapters
        as they come: so each frame is rendered alone and they are put together here.
        """
        body = b"".join(_render(frame) for frame in self.frames())
        # Version 2.4.0, no flags, the size in four times seven bits (ID3v2.4 structure, 3.1).
        size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
        return b"ID3\x04\x00\x00" + size + body

    def frames(self) -> Iterator[Frame]:
        """The frames of the tag, in the order in which they stand."""
        yield TIT2(encoding=3, text=clean(self.title))
        yield TLAN(encoding=3, text=LANGUAGE)
        yield COMM(encoding=3, lang=LANGUAGE, desc="", text=DISCLOSURE)
        texts = (TPE1, self.artist), (TALB, self.album), (TDRC, self.date)
        for named, text in texts:
            if text:
                yield named(encoding=3, text=clean(text))
        if self.source_url:
            yield WOAF(url=_ascii(self.source_url))
        if self.voice:
            yield TXXX(encoding=3, desc=VOICE, text=clean(self.voice))
        if self.gain_steps:
            # As mp3gain keeps it: what each channel must be changed by to undo it; no wrapping.
            undo = f"{-self.gain_steps:+04d}"
            yield TXXX(encoding=3, desc="MP3GAIN_UNDO", text=f"{undo},{undo},N")
        if self.chapters:
            yield from _chapter_frames(at_most(_MOST_CHAPTERS, self.chapters))
        if self.lyrics:
            lines = [(clean(text), round(start_s * 1000)) for start_s, text in self.lyrics]
            yield SYLT(
                encoding=3, lang=LANGUAGE, format=_MILLISECONDS, type=_LYRICS, desc="", text=lines
            )
        if self.cover:
            kind = PictureType.COVER_FRONT
            yield APIC(encoding=3, mime=mime_of(self.cover), type=kind, desc="", data=self.cover)


def mime_of(picture: bytes) -> str:
    return "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"


def at_most(n: int, chapters: Sequence[Chapter]) -> list[Chapter]:
    """Evenly chosen ones, each going on to the next, where there are more than `n`."""
    if len(chapters) <= n:
        return list(chapters)
    kept = [chapters[i * len(chapters) // n] for i in range(n)]
    ends = [chapter.start_s for chapter in kept[1:]] + [chapters[-1].end_s]
    return [
        Chapter(chapter.start_s, end_s, chapter.title, chapter.link)
        for chapter, end_s in zip(kept, ends, strict=True)
    ]


def clean(text: str) -> str:
    """A NUL ends or splits an ID3 text; lone surrogates cannot be encoded."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _chapter_frames(chapters: Sequence[Chapter]) -> Iterator[Frame]:
    """The table of contents, and a CHAP each (ID3v2 Chapter Frame Addendum)."""
    names = [f"chp{n}" for n in range(len(chapters))]
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    yield CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[])
    for name, chapter in zip(names, chapters, strict=True):
        parts: list[Frame] = [TIT2(encoding=3, text=[clean(chapter.title)])]
        if chapter.link:
            parts.append(WXXX(encoding=3, desc="", url=_ascii(chapter.link)))
        yield CHAP(
            element_id=name,
            start_time=round(chapter.start_s * 1000),
            end_time=round(chapter.end_s * 1000),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=parts,
        )


def _ascii(url: str) -> str:
    """Addresses in a tag are ISO 8859-1; Chinese in a path is written in percent signs."""
    return quote(url.encode("utf-8", "replace"), safe=_URL_SAFE)


def _render(frame: Frame) -> bytes:
    tag, out = ID3(), io.BytesIO()
    tag.add(frame)
    tag.save(out, v2_version=4, padding=lambda _: 0)
    return out.getvalue()[_HEADER_BYTES:]
