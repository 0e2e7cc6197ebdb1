"""Readings of Han characters as the Mainland says them."""

from __future__ import annotations

from collections.abc import Sequence

from reader.pronunciation.context_model import context_model
from reader.pronunciation.simplify import simplified


def mainland_readings(text: str, guesses: Sequence[str | None]) -> list[str | None]:
    """Syllable of each Han character of `text`, before sandhi; None where it has none.

    `guesses` are the context model's, None where it has none.
    """
    model = context_model()
    readings: list[str | None] = []
    for character, guess in zip(simplified(text), guesses, strict=True):
        candidates = model.candidates(character)
        readings.append(guess or (candidates[0] if candidates else None))
    return readings
