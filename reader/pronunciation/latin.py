"""Latin letters and foreign words in Mandarin syllables, as people in Taiwan say them.

A letter by itself is said by its name; a word by our small dictionary, else by its spelling.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from reader.pronunciation.spelling import spelled_out

_NUMERALS = "零一二三四五六七八九"
_NUMERAL_READINGS = ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3")
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_VOWELS = frozenset("aeiouy")


@cache
def _table(name: str) -> dict[str, tuple[str, ...]]:
    text = files("reader.pronunciation").joinpath(f"data/{name}.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {key: tuple(syllables.split()) for key, syllables in rows}


def _by_letters(token: str) -> tuple[str, ...]:
    return tuple(s for letter in token.upper() for s in _table("letters")[letter])


def _is_sayable(token: str) -> bool:
    return len(token) > 1 and not _VOWELS.isdisjoint(token.lower())


@lru_cache(maxsize=4096)
def latin_syllables(token: str) -> tuple[str, ...]:
    """Mandarin syllables for a Latin letter (`A`) or word (`Google`), ASCII letters only.

    A word that is in no dictionary is taken apart at its capitals (`OpenAI`); a part without
    a vowel, or of two or three capitals, is said letter by letter.
    """
    if len(token) == 1:
        return _by_letters(token)
    known = _table("foreign").get(token.lower())
    if known is not None:
        return known
    parts = _PARTS.findall(token)
    if len(parts) > 1:
        return tuple(s for part in parts for s in latin_syllables(part))
    if not _is_sayable(token) or (token.isupper() and len(token) < 4):
        return _by_letters(token)
    return spelled_out(token.lower())


def digit_readings(digits: str) -> list[tuple[str, str]]:
    """Numeral and reading of each digit: a stray number is read digit by digit."""
    return [(_NUMERALS[int(d)], _NUMERAL_READINGS[int(d)]) for d in digits]
