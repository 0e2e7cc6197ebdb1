"""Chunks of a line that one request can carry, cut where a reader would breathe, joined again."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from reader.errors import Unpronounceable
from reader.script import Line
from reader.script.respell import respell
from reader.voices.clip import Clip

_BREAKS: Final = ("。！？!?", "；;：:", "，,、", "」』）)…— ")
"""Where to break rather than in the middle of a clause, best first."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """`text[start:start + len(chunk.text)]` of a longer text."""

    text: str
    start: int


def chunks_of(text: str, limit: int, size_of: Callable[[str], int] = len) -> list[Chunk]:
    """`text` in order and without loss, each chunk at most `limit` in size.

    `size_of` gives the size of one character; a single one above the limit stands alone.
    """
    chunks: list[Chunk] = []
    start = 0
    while start < len(text):
        end = _end_of_chunk(text, start, limit, size_of)
        chunks.append(Chunk(text[start:end], start))
        start = end
    return chunks


def _end_of_chunk(text: str, start: int, limit: int, size_of: Callable[[str], int]) -> int:
    fitting, size = start, 0
    while fitting < len(text) and (size := size + size_of(text[fitting])) <= limit:
        fitting += 1
    if fitting == len(text):
        return fitting
    for marks in _BREAKS:
        last = max(text.rfind(mark, start, fitting) for mark in marks)
        # A break in the first half would make many small requests of one long clause.
        if last >= start + (fitting - start) // 2:
            return last + 1
    return max(fitting, start + 1)


async def speak_in_chunks(
    line: Line,
    limit: int,
    size_of: Callable[[str], int],
    speak: Callable[[Chunk], Awaitable[Clip]],
) -> Clip:
    """The clip of `line` for an engine that takes text up to `limit` and no readings. `speak`
    gives the clip of one chunk, with timings on the chunk's own text.

    The lexicon's readings are respelled first, which changes no place: the timings are the line's.
    Raises Unpronounceable if there is nothing to be heard, and what `speak` raises.
    """
    chunks = [c for c in chunks_of(respell(line), limit, size_of) if any(map(is_heard, c.text))]
    if not chunks:
        raise Unpronounceable("line-unspeakable", text=line.spoken[:20])
    return Clip.join([_shift(await speak(chunk), chunk.start) for chunk in chunks])


def _shift(clip: Clip, start: int) -> Clip:
    """`clip` of a text that begins at `start` of the line, its timings on the line."""
    return Clip(
        clip.frames,
        tuple(replace(m, start=m.start + start, end=m.end + start) for m in clip.timings),
    )


def is_heard(character: str) -> bool:
    """Whether a character is a letter or number rather than punctuation or space."""
    return unicodedata.category(character)[0] in "LN"
