"""A line as pieces that one request can carry, cut where a reader would breathe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

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
