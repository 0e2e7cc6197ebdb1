"""A clip: the speech of one utterance in canonical frames, with its timings.

As an object in the cache it is `TWC1`, the length of a JSON header, the header, the frames.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reader.errors import BadAudio
from reader.loudness import Level, measure
from reader.mpeg import BYTES_PER_FRAME, FRAME_S

_MAGIC: Final = b"TWC1"


@dataclass(frozen=True, slots=True)
class WordTiming:
    """Time at which `spoken[start:end]` is heard, in seconds from the start of the clip."""

    start: int
    end: int
    start_s: float
    end_s: float

    def later(self, seconds: float) -> WordTiming:
        """The same timing in a stream that began `seconds` earlier."""
        start_s, end_s = round(self.start_s + seconds, 4), round(self.end_s + seconds, 4)
        return replace(self, start_s=start_s, end_s=end_s)


@dataclass(frozen=True, slots=True)
class Clip:
    """Whole canonical MPEG frames, back to back, and what is heard when."""

    frames: bytes
    timings: tuple[WordTiming, ...] = ()
    level: Level | None = field(default=None, compare=False)
    """Its loudness and peaks: kept, so that a stored clip is never decoded again."""

    def __post_init__(self) -> None:
        if not self.frames or len(self.frames) % BYTES_PER_FRAME:
            raise BadAudio("frames-cut-clip", n_bytes=len(self.frames), frame_bytes=BYTES_PER_FRAME)

    @property
    def n_frames(self) -> int:
        return len(self.frames) // BYTES_PER_FRAME

    @property
    def duration_s(self) -> float:
        return self.n_frames * FRAME_S

    def with_level(self) -> Clip:
        """With its level. Blocks for some milliseconds where it must be decoded; raises
        BadAudio if it cannot be."""
        return self if self.level else replace(self, level=measure(self.frames))

    @classmethod
    def join(cls, parts: Sequence[Clip]) -> Clip:
        """One clip of several, one after another. Raises BadAudio if there are none."""
        if len(parts) == 1:
            return parts[0]
        timings: list[WordTiming] = []
        n_frames = 0
        for part in parts:
            timings += [timing.later(n_frames * FRAME_S) for timing in part.timings]
            n_frames += part.n_frames
        levels = [part.level for part in parts if part.level]
        level = Level.join(levels) if levels and len(levels) == len(parts) else None
        return cls(b"".join(part.frames for part in parts), tuple(timings), level)

    def to_bytes(self) -> bytes:
        timings = [[m.start, m.end, m.start_s, m.end_s] for m in self.timings]
        level = self.level and self.level.to_json()
        header = json.dumps({"marks": timings, "level": level}, separators=(",", ":")).encode()
        return b"".join((_MAGIC, len(header).to_bytes(4, "big"), header, self.frames))

    @classmethod
    def from_bytes(cls, data: bytes) -> Clip:
        """Raises BadAudio if `data` is not what `to_bytes` wrote."""
        try:
            if data[:4] != _MAGIC:
                raise ValueError("no clip")
            header_bytes = int.from_bytes(data[4:8], "big")
            header = json.loads(data[8 : 8 + header_bytes])
            timings = tuple(WordTiming(*timing) for timing in header["marks"])
            level = Level.from_json(header["level"]) if header.get("level") else None
        except (ValueError, KeyError, TypeError) as error:
            raise BadAudio("clip-unreadable", reason=error) from error
        return cls(data[8 + header_bytes :], timings, level)
