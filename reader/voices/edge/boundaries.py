"""The word boundaries that the service reports, as marks on the text that was sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reader.clip import Mark
from reader.voices.pieces import is_heard


@dataclass(frozen=True, slots=True)
class Boundary:
    """One word as the service heard itself say it."""

    text: str
    start_s: float
    end_s: float


def marks_of(text: str, boundaries: Iterable[Boundary]) -> tuple[Mark, ...]:
    """Marks for the boundaries whose words stand in `text`, in order.

    The service gives words without their place. A word that is not found ahead (the service
    said a symbol by its name) is left out; the next ones are found again.
    """
    marks: list[Mark] = []
    position = 0
    for boundary in boundaries:
        word = boundary.text.strip()
        start = text.find(word, position) if word else -1
        if start >= 0:
            position = start + len(word)
            marks.append(Mark(start, position, boundary.start_s, boundary.end_s))
    return tuple(marks)


def unmarked_tail(text: str, marks: tuple[Mark, ...]) -> str:
    """The letters and characters of `text` after the last mark: what was not said to be said."""
    rest = text[marks[-1].end :] if marks else text
    return "".join(c for c in rest if is_heard(c))
