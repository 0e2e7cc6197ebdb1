"""A line spoken in as many requests as it needs, joined to one clip."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import replace

from reader.errors import Unpronounceable
from reader.script import Line
from reader.script.respell import respell
from reader.voices.chunks import Chunk, chunks_of
from reader.voices.clip import Clip


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
        raise Unpronounceable(
            f"nothing in {line.spoken[:20]!r} can be said; leave it out of the script"
        )
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
