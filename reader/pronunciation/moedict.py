"""Official Taiwan readings: the table of 教育部's dictionary in the PyPI package `hanzi2reading`.

The table (`moedict.h2r`) holds the first reading of 10,000 characters and those words of up to
eight characters whose reading is not simply the first readings of their characters.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reader.errors import VoiceMissing
from reader.script.zhuyin import pinyin_of_zhuyin

_INITIALS = "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ"
_MEDIALS = "ㄧㄨㄩ"
_FINALS = "ㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥ"
_TONES = ("", "", "ˊ", "ˇ", "ˋ", "˙")


@dataclass(frozen=True, slots=True)
class Moedict:
    """First readings of characters, and readings of words, one syllable a character."""

    characters: dict[str, str]
    words: dict[str, tuple[str, ...]]


@cache
def _syllable(code: int) -> tuple[str, bool]:
    """Pinyin of two packed bytes, and whether 兒 is run into it."""
    initial, medial, final = code >> 10 & 31, code >> 8 & 3, code >> 4 & 15
    tone, rhotic = code >> 1 & 7, bool(code & 1)
    symbols = (
        (_INITIALS[initial - 1] if initial else "")
        + (_MEDIALS[medial - 1] if medial else "")
        + (_FINALS[final - 1] if final else "")
    )
    if not symbols and rhotic:
        symbols, rhotic = "ㄦ", False
    return pinyin_of_zhuyin(symbols + _TONES[tone]), rhotic


def _spread(word: str, syllables: list[tuple[str, bool]]) -> tuple[str, ...] | None:
    """One syllable a character, 兒 that was run into the one before it counted by itself."""
    spread: list[str] = []
    for pinyin, rhotic in syllables:
        spread.append(pinyin)
        if rhotic and word[len(spread) : len(spread) + 1] == "兒":
            spread.append("er5")
    return tuple(spread) if len(spread) == len(word) else None


def _entries(packed: bytes) -> Iterator[tuple[str, tuple[str, ...]]]:
    at = 0
    while at < len(packed):
        size, count = packed[at], packed[at + 1]
        codes_at = at + 2 + size
        word = packed[at + 2 : codes_at].decode()
        at = codes_at + 2 * count
        try:
            syllables = [_syllable(packed[i] | packed[i + 1] << 8) for i in range(codes_at, at, 2)]
        except ValueError:
            continue
        spread = _spread(word, syllables)
        if spread is not None:
            yield word, spread


@cache
def moedict() -> Moedict:
    """The table, read once (about 40 ms).

    Raises:
        VoiceMissing: if `hanzi2reading` is not installed.
    """
    spec = importlib.util.find_spec("hanzi2reading")
    if spec is None or spec.origin is None:
        raise VoiceMissing("readings-missing", package="hanzi2reading")
    packed = (Path(spec.origin).parent / "data" / "moedict.h2r").read_bytes()
    characters: dict[str, str] = {}
    words: dict[str, tuple[str, ...]] = {}
    for word, readings in _entries(packed):
        if len(word) == 1:
            characters[word] = readings[0]
        else:
            words[word] = readings
    return Moedict(characters, words)
