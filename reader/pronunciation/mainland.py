"""Readings of Han characters as the Mainland says them.

The context model decides, but where a word of CC-CEDICT settles the reading.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.pronunciation.cedict import simplified_reading
from reader.pronunciation.context_model import context_model
from reader.script.simplify import simplified


def mainland_readings(
    text: str, lengths: Sequence[int], guesses: Sequence[str | None]
) -> list[str | None]:
    """Syllable of each Han character of `text`, before sandhi; None where it has none.

    `lengths` are those of the words of `text`; `guesses` are the context model's, None where
    it has none.
    """
    model = context_model()
    plain = simplified(text)
    readings: list[str | None] = []
    for character, guess in zip(plain, guesses, strict=True):
        candidates = model.candidates(character)
        readings.append(guess or (candidates[0] if candidates else None))
    start = 0
    for length in lengths:
        word = simplified_reading(plain[start : start + length])
        for at, syllable in enumerate(word or (), start):
            # Its light tones are the dictionary's (衣服 fu5): most speakers' are the model's.
            if syllable[-1] != "5":
                readings[at] = syllable
        start += length
    return readings
