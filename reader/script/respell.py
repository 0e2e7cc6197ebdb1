"""A lexicon's readings for a voice that takes text only: other characters of the same sound.

Never shown: the page and the captions keep what the author wrote.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from reader.script.model import Line
from reader.script.syllables import homophones


def respell(line: Line) -> str:
    """`line.spoken` with common homophones where the lexicon fixed a reading.

    A character that has this one reading only stays; one whose syllable no common character
    has (a neutral tone, as a rule) stays, too. The length never changes.
    """
    chars = list(line.spoken)
    for reading in line.readings:
        span = range(reading.start, reading.end)
        for at, syllable in zip(span, reading.syllables, strict=False):
            if not _only_reading(chars[at], syllable):
                chars[at] = character_for(syllable) or chars[at]
    return "".join(chars)


def character_for(syllable: str) -> str | None:
    """The commonest character that is read so and not otherwise: 'hang2' is 航."""
    chars = homophones().get(syllable)
    if chars is None and syllable.endswith("5"):
        chars = next(
            (homophones()[syllable[:-1] + t] for t in "4123" if syllable[:-1] + t in homophones()),
            None,
        )
    return chars[0] if chars else None


@lru_cache(maxsize=4096)
def _only_reading(char: str, syllable: str) -> bool:
    pypinyin = import_module("pypinyin")  # 58 MB, and needed for a lexicon's readings only
    found = pypinyin.pinyin(
        char, style=pypinyin.Style.TONE3, heteronym=True, neutral_tone_with_five=True, v_to_u=False
    )
    only: bool = found == [[syllable.replace("v", "ü")]] or found == [[syllable]]
    return only
