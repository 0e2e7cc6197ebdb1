"""Latin letters and foreign words in Mandarin syllables, as people in Taiwan say them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _letters() -> dict[str, tuple[str, ...]]:
    table = files("reader.pronunciation").joinpath("data/letters.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and line[0] != "#")
    return {letter: tuple(syllables.split()) for letter, syllables in rows}


def latin_syllables(token: str) -> tuple[str, ...]:
    """Mandarin syllables for a Latin letter or word."""
    return tuple(s for letter in token.upper() for s in _letters()[letter])
