"""The word boundaries that the service reports, as timings on the text that was sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from reader.voices.chunks import is_heard
from reader.voices.clip import WordTiming

_WINDOW: Final = 24
"""Characters ahead among which a word is looked for: one that the service says otherwise than
it was sent must not be found in the next clause but one."""

_MOSTLY: Final = 0.85
"""Share of the text that must be reported. Not all, because the service may write a symbol or
a Latin word otherwise than it was sent; cut-off answers were half."""

_A_PARTICLE: Final = 2
"""Characters at the end that may be missing whatever their share."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """One word as the service heard itself say it."""

    text: str
    start_s: float
    end_s: float


def timings_of(text: str, boundaries: Iterable[Boundary]) -> tuple[WordTiming, ...]:
    """WordTimings for the boundaries whose words stand in `text`, in order.

    The service gives words without their place, and without the spaces of spelled letters. A
    word that is not found ahead is left out; the next ones are found again.
    """
    places = [place for place, character in enumerate(text) if not character.isspace()]
    compact = "".join(text[place] for place in places)
    timings: list[WordTiming] = []
    position = 0
    for boundary in boundaries:
        word = "".join(boundary.text.split())
        start = compact.find(word, position, position + len(word) + _WINDOW) if word else -1
        if start >= 0:
            position = start + len(word)
            end = places[position - 1] + 1
            timings.append(WordTiming(places[start], end, boundary.start_s, boundary.end_s))
    return tuple(timings)


def unsaid(text: str, boundaries: Sequence[Boundary]) -> str:
    """The end of `text` that the service did not report to have said; "" if it said enough.

    No boundary at all is no evidence: not every voice reports them.
    """
    if not boundaries:
        return ""
    timings = timings_of(text, boundaries)
    tail = text[timings[-1].end :] if timings else text
    n_reported = sum(_n_heard(boundary.text) for boundary in boundaries)
    is_enough = n_reported >= _MOSTLY * _n_heard(text) or _n_heard(tail) <= _A_PARTICLE
    return "" if is_enough else tail


def _n_heard(text: str) -> int:
    return sum(map(is_heard, text))
