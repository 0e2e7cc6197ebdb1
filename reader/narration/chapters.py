"""Chapters: where a listener can jump to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from reader.narration.model import TimedUtterance
from reader.stitch import Chapter

_TITLE_CHARS: Final = 40


def paragraph_chapters(utterances: Sequence[TimedUtterance], total_s: float) -> list[Chapter]:
    """A chapter a paragraph that is heard, the headline first, named by its first sentence."""
    firsts: list[TimedUtterance] = []
    for utterance in utterances:
        is_new = not firsts or utterance.paragraph != firsts[-1].paragraph
        if is_new and utterance.end_s > utterance.start_s:
            firsts.append(utterance)
    starts = [0.0, *(u.start_s for u in firsts[1:]), round(total_s, 3)]
    return [
        Chapter(start_s, end_s, brief(utterance.text))
        for (start_s, end_s), utterance in zip(pairwise(starts), firsts, strict=False)
    ]


def brief(text: str) -> str:
    """A title of one line."""
    words = " ".join(text.split())
    return words if len(words) <= _TITLE_CHARS else f"{words[: _TITLE_CHARS - 1]}…"


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
