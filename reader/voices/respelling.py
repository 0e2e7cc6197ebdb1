"""The lexicon's readings for voices that take text only: other characters that sound right,
and the way back from their places to the line's."""

from __future__ import annotations

from dataclasses import dataclass

from reader.clip import Mark
from reader.script import Line, Reading


@dataclass(frozen=True, slots=True)
class Respelled:
    """`text` to send; `origins[i]` is the span of the line that `text[i]` stands for."""

    text: str
    origins: tuple[tuple[int, int], ...]

    def mark_on_line(self, mark: Mark) -> Mark:
        """`mark`, on `text`, as a mark on the line that it was made from."""
        start, _ = self.origins[mark.start]
        _, end = self.origins[mark.end - 1]
        return Mark(start, end, mark.start_s, mark.end_s)


def respelled(line: Line) -> Respelled:
    """The line with every reading spelled out, piece by piece so that places can be traced."""
    parts: list[str] = []
    origins: list[tuple[int, int]] = []
    position = 0
    for reading in sorted(line.readings, key=lambda r: r.start):
        parts.append(line.spoken[position : reading.start])
        origins += [(i, i + 1) for i in range(position, reading.start)]
        word = _respelled_word(line.spoken[reading.start : reading.end], reading)
        parts.append(word)
        origins += _origins_of_word(word, reading)
        position = reading.end
    parts.append(line.spoken[position:])
    origins += [(i, i + 1) for i in range(position, len(line.spoken))]
    return Respelled("".join(parts), tuple(origins))


def _respelled_word(word: str, reading: Reading) -> str:
    from reader.script import respell

    return respell(Line(word, (Reading(0, len(word), reading.syllables),)))


def _origins_of_word(word: str, reading: Reading) -> list[tuple[int, int]]:
    if len(word) == reading.end - reading.start:
        return [(i, i + 1) for i in range(reading.start, reading.end)]
    return [(reading.start, reading.end)] * len(word)
