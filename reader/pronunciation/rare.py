"""Readings of characters that the official table lacks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib import import_module

from anyascii import anyascii

from reader.pronunciation.cedict import cedict_reading
from reader.pronunciation.context_model import context_model
from reader.pronunciation.inventory import speakable
from reader.pronunciation.latin import latin_syllables
from reader.pronunciation.moedict import moedict
from reader.script.simplify import simplified

UNSAID = "mou3"
"""Said once (某) for a line that has nothing but characters without any reading."""
_GUESSED_TONE = "2"


def _from_unihan(character: str) -> str | None:
    """pypinyin's reading, from Unihan; the package is loaded (0.2 s) only when asked here."""
    pypinyin = import_module("pypinyin")
    found = pypinyin.lazy_pinyin(
        character,
        style=pypinyin.Style.TONE3,
        errors="ignore",
        neutral_tone_with_five=True,
        v_to_u=False,
    )
    return found[0] if found and speakable(found[0]) is not None else None


def _listed_reading(character: str) -> str | None:
    listed = cedict_reading(character)
    if listed is not None and speakable(listed[0][0]) is not None:
        return listed[0][0]
    candidates = context_model().candidates(simplified(character))
    if candidates and speakable(candidates[0]) is not None:
        return candidates[0]
    return _from_unihan(character)


@lru_cache(maxsize=4096)
def rare_reading(character: str) -> str | None:
    """CC-CEDICT's reading (Taiwan's, if it gives one), else the context model's, Unihan's, or
    that of the character which Unicode holds for the same; last a guess, see `guessed_reading`."""
    same = unicodedata.normalize("NFKC", character)
    if same != character and len(same) == 1:
        return moedict().characters.get(same) or rare_reading(same)
    return _listed_reading(character) or guessed_reading(character)


@lru_cache(maxsize=4096)
def guessed_reading(character: str) -> str | None:
    """A guess from `anyascii`'s Latin for the character (峠 is Qia), of a tone that is made up;
    None where it knows none either."""
    letters = "".join(c for c in anyascii(character) if c.isascii() and c.isalpha()).lower()
    if not letters:
        return None
    said = speakable(letters + _GUESSED_TONE)
    return said[0] if said is not None else latin_syllables(letters)[0]


@lru_cache(maxsize=4096)
def is_guessed(character: str) -> bool:
    """Whether the character's reading is a guess."""
    same = unicodedata.normalize("NFKC", character)
    if character in moedict().characters or same in moedict().characters:
        return False
    return _listed_reading(character) is None
