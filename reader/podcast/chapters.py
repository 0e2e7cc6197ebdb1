"""Chapters: where a listener can jump to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from mutagen.id3 import CHAP, CTOC, TIT2, WXXX, CTOCFlags

from reader.narration import Narration


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter that begins with the first sentence heard in `paragraph`; None: the beginning."""

    paragraph: int | None
    title: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Seconds of the presented audio."""

    start_s: float
    end_s: float
    title: str
    link: str = ""


def chapters_of(
    narration: Narration, marks: Sequence[Mark], shift_s: float, total_s: float
) -> list[Chapter]:
    """The chapters that `marks` begin, `shift_s` later than in the narration, to `total_s`."""
    starts: list[tuple[float, Mark]] = []
    for mark in marks:
        if mark.paragraph is None:
            starts.append((0.0, mark))
            continue
        heard = (u for u in narration.utterances if u.paragraph == mark.paragraph)
        first = next((u for u in heard if u.end_s > u.start_s), None)
        if first is not None:
            starts.append((round(shift_s + first.start_s, 3), mark))
    ends = [start for start, _ in starts[1:]] + [round(total_s, 3)]
    return [
        Chapter(start, end, mark.title, mark.link)
        for (start, mark), end in zip(starts, ends, strict=True)
    ]


def chapters_json(chapters: Sequence[Chapter]) -> bytes:
    """JSON chapters 1.2 of the podcast namespace."""
    entries = []
    for chapter in chapters:
        entry: dict[str, object] = {"startTime": chapter.start_s, "title": chapter.title}
        if chapter.link:
            entry["url"] = chapter.link
        entries.append(entry)
    fields = {"version": "1.2.0", "chapters": entries}
    return json.dumps(fields, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def chapter_frames(chapters: Sequence[Chapter]) -> list[CHAP | CTOC]:
    """ID3 frames: a CHAP each, and the table of contents (ID3v2 Chapter Frame Addendum)."""
    names = [f"chp{n}" for n in range(len(chapters))]
    frames: list[CHAP | CTOC] = [
        CTOC(
            element_id="toc",
            flags=CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED,
            child_element_ids=names,
            sub_frames=[],
        )
    ]
    for name, chapter in zip(names, chapters, strict=True):
        parts: list[TIT2 | WXXX] = [TIT2(encoding=3, text=[chapter.title.replace("\0", "")])]
        if chapter.link.isascii() and chapter.link:
            parts.append(WXXX(encoding=3, desc="", url=chapter.link))
        frames.append(
            CHAP(
                element_id=name,
                start_time=round(chapter.start_s * 1000),
                end_time=round(chapter.end_s * 1000),
                start_offset=0xFFFFFFFF,  # none: times count
                end_offset=0xFFFFFFFF,
                sub_frames=parts,
            )
        )
    return frames
