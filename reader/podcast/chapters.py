"""Chapters of an episode: where its articles and their parts begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.narration.model import Narration
from reader.stitch import Chapter


@dataclass(frozen=True, slots=True)
class ChapterStart:
    """A chapter that begins with the first sentence heard in `paragraph`; None: the beginning."""

    paragraph: int | None
    title: str
    link: str = ""


def chapters_of(
    narration: Narration, marks: Sequence[ChapterStart], total_s: float
) -> list[Chapter]:
    """The chapters that `marks` begin, to `total_s`."""
    starts: list[tuple[float, ChapterStart]] = []
    for mark in marks:
        if mark.paragraph is None:
            starts.append((0.0, mark))
            continue
        heard = (u for u in narration.utterances if u.paragraph == mark.paragraph)
        first = next((u for u in heard if u.end_s > u.start_s), None)
        if first is not None:
            starts.append((round(first.start_s, 3), mark))
    ends = [start for start, _ in starts[1:]] + [round(total_s, 3)]
    return [
        Chapter(start, end, mark.title, mark.link)
        for (start, mark), end in zip(starts, ends, strict=True)
    ]
