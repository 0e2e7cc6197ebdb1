"""A line as pieces that one request can carry.

edge-tts splits text longer than 4,096 bytes by itself, but only at spaces, which Chinese does
not have: 18,000 bytes pass its limit in one piece. So nothing longer ever reaches it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Final
from xml.sax.saxutils import escape

MAX_BYTES: Final = 4000
"""UTF-8 bytes of a piece after XML escaping; the service takes 4,096."""

_BREAKS: Final = ("。！？!?", "；;：:", "，,、", "」』）)…— ")
"""Where to break rather than in the middle of a clause, best first."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """`text[start:start + len(chunk.text)]` of a longer text."""

    text: str
    start: int


def chunks_of(text: str, max_bytes: int = MAX_BYTES) -> list[Chunk]:
    """`text` in order and without loss, each chunk at most `max_bytes` once escaped."""
    chunks: list[Chunk] = []
    start = 0
    while start < len(text):
        end = _end_of_chunk(text, start, max_bytes)
        chunks.append(Chunk(text[start:end], start))
        start = end
    return chunks


def _end_of_chunk(text: str, start: int, max_bytes: int) -> int:
    sizes = accumulate(len(escape(character).encode()) for character in text[start:])
    fitting = start
    for size in sizes:
        if size > max_bytes:
            break
        fitting += 1
    if fitting == len(text):
        return fitting
    for marks in _BREAKS:
        last = max(text.rfind(mark, start, fitting) for mark in marks)
        # A break in the first half would make many small requests of one long clause.
        if last >= start + (fitting - start) // 2:
            return last + 1
    return max(fitting, start + 1)
