"""Readings of Han characters as Taiwan says them.

What decides, the longer match first: our own table of contexts (`polyphones`), the official
dictionary's words (`moedict`), CC-CEDICT's words with Mainland readings carried over. Where no
word decides, the context model chooses among the official readings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reader.pronunciation.cedict import cedict_reading
from reader.pronunciation.context_model import context_model
from reader.pronunciation.moedict import moedict
from reader.pronunciation.polyphones import EDGE, polyphones
from reader.pronunciation.simplify import simplified

_LONGEST_WORD = 8
_LIGHT = frozenset("子頭們麼的了著得地兒")
"""Characters that stay light in Taiwan wherever a dictionary says so; others seldom do."""


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    syllables: tuple[str | None, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.syllables)


@cache
def _official_readings() -> dict[str, frozenset[str]]:
    """Every reading that a character has in the official table, alone or in a word."""
    table = moedict()
    readings: dict[str, set[str]] = {c: {r} for c, r in table.characters.items()}
    for word, syllables in table.words.items():
        for character, syllable in zip(word, syllables, strict=True):
            readings.setdefault(character, set()).add(syllable)
    return {c: frozenset(rs) for c, rs in readings.items()}


def _first(character: str) -> str | None:
    """The reading that a character has where nothing says otherwise."""
    entry = polyphones().get(character)
    if entry is not None and entry.default is not None:
        return entry.default
    official = moedict().characters.get(character)
    if official is not None:
        return official
    candidates = context_model().candidates(simplified(character))
    return candidates[0] if candidates else None


def _is_settled(character: str) -> bool:
    """Whether our own table gives the character a default, so that no one else is asked."""
    entry = polyphones().get(character)
    return entry is not None and entry.default is not None


def _carried_over(character: str, mainland: str) -> str | None:
    """Taiwan's reading of a character that the Mainland reads `mainland` in the same word."""
    if mainland[-1] == "5" and character not in _LIGHT:
        return _first(character)
    if _is_settled(character):
        return _first(character)
    varies = len(context_model().candidates(simplified(character))) > 1
    if varies and mainland in _official_readings().get(character, ()):
        return mainland
    return _first(character)


def _official(character: str, syllable: str) -> str | None:
    """The dictionary's syllable, with a light tone only where Taiwan still says it."""
    if syllable[-1] == "5" and character not in _LIGHT:
        return _first(character)
    return syllable


def _word(text: str) -> tuple[str | None, ...] | None:
    official = moedict().words.get(text)
    if official is not None:
        return tuple(map(_official, text, official))
    listed = cedict_reading(text)
    if listed is None:
        return None
    syllables, is_taiwan = listed
    return syllables if is_taiwan else tuple(map(_carried_over, text, syllables))


def _boundaries(lengths: Sequence[int]) -> list[int]:
    """For each position, the start of the segmenter's word that it is in."""
    return [start for start, length in _spans(lengths) for _ in range(length)]


def _spans(lengths: Sequence[int]) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for length in lengths:
        spans.append((at, length))
        at += length
    return spans


def _crosses(start: int, end: int, lengths: Sequence[int]) -> bool:
    """Whether a match covers a part of one of the segmenter's words and a part outside it."""
    for word_start, length in _spans(lengths):
        word_end = word_start + length
        inside = word_start <= start and end <= word_end
        covers = start <= word_start and word_end <= end
        if not inside and not covers and word_start < end and start < word_end:
            return True
    return False


def _matches(text: str, lengths: Sequence[int]) -> list[_Match]:
    """Dictionary words in `text`, the longest first, none overlapping another."""
    found: list[_Match] = []
    taken = [False] * len(text)
    for length in range(min(_LONGEST_WORD, len(text)), 1, -1):
        for start in range(len(text) - length + 1):
            end = start + length
            if any(taken[start:end]):
                continue
            if length == 2 and _crosses(start, end, lengths):
                continue
            syllables = _word(text[start:end])
            if syllables is not None:
                found.append(_Match(start, syllables))
                taken[start:end] = [True] * length
    return found


def _from_model(character: str, guess: str | None) -> str | None:
    if guess is None or _is_settled(character):
        return _first(character)
    return guess if guess in _official_readings().get(character, ()) else _first(character)


def taiwan_readings(
    text: str, lengths: Sequence[int], guesses: Sequence[str | None]
) -> list[str | None]:
    """Syllable of each Han character of `text`, before sandhi; None where it has none.

    `text` has nothing but Han characters; `lengths` are those of its words; `guesses` are the
    context model's, None where it has none.
    """
    readings = list(map(_from_model, text, guesses))
    spans = [1] * len(text)
    for match in _matches(text, lengths):
        readings[match.start : match.end] = match.syllables
        spans[match.start : match.end] = [len(match.syllables)] * len(match.syllables)
    edged = EDGE + text + EDGE
    for at, character in enumerate(text):
        entry = polyphones().get(character)
        decided = entry.in_context(edged, at + 1) if entry is not None else None
        if decided is not None and decided[1] >= spans[at]:
            readings[at] = decided[0]
    return readings
