"""Readings of Han characters as the Mainland says them."""

from __future__ import annotations

from reader.pronunciation.context_model import context_model
from reader.pronunciation.simplify import simplified


def mainland_readings(text: str) -> list[str | None]:
    """Syllable of each Han character of `text`, before sandhi; None where it has none."""
    model = context_model()
    plain = simplified(text)
    readings: list[str | None] = []
    positions = []
    for at, character in enumerate(plain):
        candidates = model.candidates(character)
        readings.append(candidates[0] if candidates else None)
        if len(candidates) > 1:
            positions.append(at)
    for at, reading in zip(positions, model(plain, positions), strict=True):
        readings[at] = reading
    return readings
