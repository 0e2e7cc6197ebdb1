"""Readings of Han characters as Taiwan says them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from reader.pronunciation.context_model import context_model
from reader.pronunciation.moedict import moedict
from reader.pronunciation.simplify import simplified

_LONGEST_WORD = 8


@cache
def _official_readings() -> dict[str, frozenset[str]]:
    """Every reading that a character has in the official table, alone or in a word."""
    table = moedict()
    readings: dict[str, set[str]] = {c: {r} for c, r in table.characters.items()}
    for word, syllables in table.words.items():
        for character, syllable in zip(word, syllables, strict=True):
            readings.setdefault(character, set()).add(syllable)
    return {c: frozenset(rs) for c, rs in readings.items()}


def _from_model(text: str) -> list[str | None]:
    """Reading of each character from its context, or its first official one."""
    model = context_model()
    plain = simplified(text)
    positions = [i for i, c in enumerate(plain) if len(model.candidates(c)) > 1]
    predicted = dict(zip(positions, model(plain, positions), strict=True))
    official = _official_readings()
    first = moedict().characters
    readings: list[str | None] = []
    for at, character in enumerate(text):
        guess = predicted.get(at)
        if guess is not None and guess in official.get(character, ()):
            readings.append(guess)
        elif character in first:
            readings.append(first[character])
        else:
            candidates = model.candidates(plain[at])
            readings.append(guess or (candidates[0] if candidates else None))
    return readings


def _word_at(text: str, start: int, ends: frozenset[int]) -> tuple[str, ...]:
    words = moedict().words
    for end in range(min(start + _LONGEST_WORD, len(text)), start + 1, -1):
        if (end in ends or end - start > 2) and text[start:end] in words:
            return words[text[start:end]]
    return ()


def taiwan_readings(text: str, lengths: Sequence[int]) -> list[str | None]:
    """Syllable of each Han character of `text`, before sandhi; None where it has none.

    `lengths` are those of the words of `text`; a dictionary's word counts where it begins
    and ends with them.
    """
    readings = _from_model(text)
    starts = {0}
    for length in lengths:
        starts.add(max(starts) + length)
    ends = frozenset(starts)
    at = 0
    while at < len(text):
        word = _word_at(text, at, ends) if at in ends else ()
        readings[at : at + len(word)] = word
        at += len(word) or 1
    return readings
