"""The word timings of a narration, packed: a book has a third of a million of them.

A `WordTiming` as an object takes some 170 bytes, a row here 16; a book of 10,000 sentences keeps
5 MB of them instead of 60.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, overload

from reader.voices.clip import WordTiming

_ROW: Final = struct.Struct("<4I")
_PER_SECOND: Final = 10_000
"""Times are whole tenths of a millisecond; 32 bits of them are 119 hours."""


@dataclass(frozen=True, slots=True)
class WordTimings(Sequence[WordTiming]):
    """Read as a sequence of `WordTiming`. `rows` hold start, end, and both times in tenths of a
    millisecond from `start_s`, as little-endian 32-bit numbers."""

    rows: bytes = b""
    start_s: float = 0.0

    @classmethod
    def of(cls, timings: Iterable[WordTiming], start_s: float) -> WordTimings:
        """`timings`, timed from the start of their clip, in a stream where it begins at `start_s`.

        A time before the clip is its start: nothing is heard earlier.
        """
        packed = (_ROW.pack(m.start, m.end, _tenths(m.start_s), _tenths(m.end_s)) for m in timings)
        return cls(b"".join(packed), start_s)

    @classmethod
    def from_text(cls, text: str, start_s: float) -> WordTimings:
        """Raises ValueError on what `to_text` did not write."""
        rows = base64.b64decode(text, validate=True)
        if len(rows) % _ROW.size:
            raise ValueError(f"{len(rows)} bytes of timings are not whole rows of {_ROW.size}")
        return cls(rows, start_s)

    def later(self, seconds: float) -> WordTimings:
        """The same timings in a stream that began `seconds` earlier."""
        return replace(self, start_s=round(self.start_s + seconds, 4))

    def to_text(self) -> str:
        """For JSON; `start_s` is not in it."""
        return base64.b64encode(self.rows).decode("ascii")

    def __len__(self) -> int:
        return len(self.rows) // _ROW.size

    @overload
    def __getitem__(self, index: int) -> WordTiming: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[WordTiming]: ...
    def __getitem__(self, index: int | slice) -> WordTiming | Sequence[WordTiming]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]  # raises IndexError as any sequence does
        start, end, begins, ends = _ROW.unpack_from(self.rows, at * _ROW.size)
        return WordTiming(start, end, begins / _PER_SECOND, ends / _PER_SECOND).later(self.start_s)


def _tenths(seconds: float) -> int:
    return max(0, round(seconds * _PER_SECOND))
