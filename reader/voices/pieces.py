"""A line spoken in as many requests as it needs, joined to one clip."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from reader.clip import Clip, Mark
from reader.errors import Unpronounceable
from reader.mpeg import BYTES_PER_FRAME, FRAME_S
from reader.script import Line
from reader.script.respell import respell
from reader.voices.chunks import Chunk, chunks_of


@dataclass(frozen=True, slots=True)
class Piece:
    """The speech of one chunk: canonical frames, and marks on the chunk's own text."""

    frames: bytes
    marks: tuple[Mark, ...] = ()


async def spoken_in_pieces(
    line: Line,
    limit: int,
    size_of: Callable[[str], int],
    speak: Callable[[Chunk], Awaitable[Piece]],
) -> Clip:
    """The clip of `line` for an engine that takes text up to `limit` and no readings.

    The lexicon's readings are respelled first, which changes no place: the marks are the line's.
    Raises Unpronounceable if there is nothing to be heard, and what `speak` raises.
    """
    chunks = [c for c in chunks_of(respell(line), limit, size_of) if any(map(is_heard, c.text))]
    if not chunks:
        raise Unpronounceable(
            f"nothing in {line.spoken[:20]!r} can be said; leave it out of the script"
        )
    frames: list[bytes] = []
    marks: list[Mark] = []
    offset_s = 0.0
    for chunk in chunks:
        piece = await speak(chunk)
        marks += [
            Mark(
                m.start + chunk.start,
                m.end + chunk.start,
                round(m.start_s + offset_s, 4),
                round(m.end_s + offset_s, 4),
            )
            for m in piece.marks
        ]
        frames.append(piece.frames)
        offset_s += len(piece.frames) // BYTES_PER_FRAME * FRAME_S
    return Clip(b"".join(frames), tuple(marks))


def is_heard(character: str) -> bool:
    """Whether a character is a letter or number rather than punctuation or space."""
    return unicodedata.category(character)[0] in "LN"
