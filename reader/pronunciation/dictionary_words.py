"""Words of the dictionaries in a text, as Taiwan reads them, and what a character has by itself.

The official dictionary's words (`moedict`) and those that CC-CEDICT marks for Taiwan come first,
then CC-CEDICT's others with Mainland readings carried over character by character.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from reader.pronunciation.borders import crosses, spans
from reader.pronunciation.cedict import cedict_reading
from reader.pronunciation.context_model import context_model
from reader.pronunciation.moedict import moedict
from reader.pronunciation.polyphones import polyphones
from reader.pronunciation.rare import rare_reading
from reader.script.simplify import simplified

_LONGEST_WORD = 8
IDIOM = 4
SHORTEST = 2
_LIGHT = frozenset("子頭們麼的了著得地兒")
"""Characters that stay light in Taiwan wherever a dictionary says so; others seldom do."""
_GRAMMATICAL = frozenset(
    "的是了在和有不也就都而與及或被把對向從到給讓比這那此其上中以之所者人年月日時"
)


@dataclass(frozen=True, slots=True)
class Match:
    start: int
    syllables: tuple[str | None, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.syllables)

    @property
    def span(self) -> tuple[int, int]:
        """Its start and length."""
        return self.start, len(self.syllables)


@cache
def official_readings() -> dict[str, frozenset[str]]:
    """Every reading that a character has in the official table, alone or in a word."""
    table = moedict()
    readings: dict[str, set[str]] = {c: {r} for c, r in table.characters.items()}
    for word, syllables in table.words.items():
        for character, syllable in zip(word, syllables, strict=True):
            readings.setdefault(character, set()).add(syllable)
    return {c: frozenset(rs) for c, rs in readings.items()}


def first_reading(character: str) -> str | None:
    """The reading that a character has where nothing says otherwise."""
    entry = polyphones().get(character)
    if entry is not None and entry.default is not None:
        return entry.default
    official = moedict().characters.get(character)
    if official is not None:
        return official
    return rare_reading(character)


def _settle(character: str) -> frozenset[str]:
    """The readings that our own table leaves to a character, empty if it leaves them open."""
    entry = polyphones().get(character)
    return entry.readings if entry is not None and entry.default is not None else frozenset()


def _carry_over(character: str, mainland: str) -> str | None:
    """Taiwan's reading of a character that the Mainland reads `mainland` in the same word."""
    if mainland[-1] == "5":
        return mainland if character in _LIGHT else first_reading(character)
    allowed = _settle(character)
    if not allowed and len(context_model().candidates(simplified(character))) > 1:
        allowed = official_readings().get(character, frozenset())
    return mainland if mainland in allowed else first_reading(character)


def _official(character: str, syllable: str) -> str | None:
    """The dictionary's syllable, unless our own table has overruled it."""
    if syllable[-1] == "5":
        return syllable if character in _LIGHT else first_reading(character)
    allowed = _settle(character)
    return syllable if not allowed or syllable in allowed else first_reading(character)


def _is_marked(text: str) -> bool:
    """Whether CC-CEDICT marks the word's reading in Taiwan."""
    _, is_taiwan = cedict_reading(text) or ((), False)
    return is_taiwan


def standard_word(text: str) -> tuple[str | None, ...] | None:
    """A word's syllables where a dictionary gives Taiwan's own."""
    listed, is_taiwan = cedict_reading(text) or ((), False)
    if is_taiwan:
        return listed
    official = moedict().words.get(text)
    return None if official is None else tuple(map(_official, text, official))


@lru_cache(maxsize=32768)
def word_reading(text: str) -> tuple[str | None, ...] | None:
    standard = standard_word(text)
    if standard is not None:
        return standard
    listed, _ = cedict_reading(text) or (None, False)
    return _with_known_ends(text, listed) if listed is not None else None


def _with_known_ends(text: str, mainland: Sequence[str]) -> tuple[str | None, ...]:
    """A Mainland word carried over. Where it is two words, one whose reading in Taiwan is known
    keeps it: CC-CEDICT marks 朝鮮, but not 朝鮮勞動黨."""
    readings = list(map(_carry_over, text, mainland))
    for cut in range(1, len(text)):
        for start, end in ((0, cut), (cut, len(text))):
            if end - start < SHORTEST:
                continue
            known, rest = standard_word(text[start:end]), text[end:] or text[:start]
            apart = len(rest) >= SHORTEST and cedict_reading(rest) is not None
            if known is not None and (_is_marked(text[start:end]) or apart):
                readings[start:end] = known
    return tuple(readings)


def _is_chance(pair: str) -> bool:
    """Whether two characters that the segmenter parts often meet without being a word: one is a
    function word, or only the official dictionary has them, which keeps the literary words of
    two thousand years (周內 ㄋㄚˋ, 鄉方 ㄒㄧㄤˋ, 於戲 ㄨ ㄏㄨ)."""
    return not _GRAMMATICAL.isdisjoint(pair) or cedict_reading(pair) is None


def matches(text: str, lengths: Sequence[int]) -> list[Match]:
    """Dictionary words in `text`, the longest first, none overlapping another."""
    found: list[Match] = []
    taken = [False] * len(text)
    words = frozenset(spans(lengths))
    for length in range(min(_LONGEST_WORD, len(text)), 1, -1):
        for start in range(len(text) - length + 1):
            end = start + length
            if any(taken[start:end]):
                continue
            if length < IDIOM and crosses(start, end, lengths):
                continue
            if length == 2 and (start, length) not in words and _is_chance(text[start:end]):
                continue
            syllables = word_reading(text[start:end])
            if syllables is not None:
                found.append(Match(start, syllables))
                taken[start:end] = [True] * length
    return found


def reading_from_model(character: str, guess: str | None) -> str | None:
    """The context model's guess where Taiwan has that reading, else the first of its own."""
    if guess is None or _settle(character):
        return first_reading(character)
    return guess if guess in official_readings().get(character, ()) else first_reading(character)
