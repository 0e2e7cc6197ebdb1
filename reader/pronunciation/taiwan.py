"""Readings of Han characters as Taiwan says them.

What decides, the longer match first: our own table of contexts (`polyphones`), the official
dictionary's words (`moedict`), CC-CEDICT's words with Mainland readings carried over. Where no
word decides, the context model chooses among the official readings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from reader.pronunciation.adverbs import di_reading
from reader.pronunciation.borders import covers, crosses, cuts_known_word, outweighs, spans
from reader.pronunciation.cedict import cedict_reading
from reader.pronunciation.context_model import context_model
from reader.pronunciation.copula import wei_reading
from reader.pronunciation.features import APART
from reader.pronunciation.given_names import given_name_reading
from reader.pronunciation.moedict import moedict
from reader.pronunciation.polyphones import CLOSED, EDGE, polyphones
from reader.pronunciation.rare import rare_reading
from reader.pronunciation.surnames import surname_reading
from reader.pronunciation.trained import trained_reading
from reader.pronunciation.usage import CutText, usage_reading
from reader.script.simplify import simplified

_LONGEST_WORD = 8
_IDIOM = 4
_SHORTEST = 2
_LIGHT = frozenset("子頭們麼的了著得地兒")
"""Characters that stay light in Taiwan wherever a dictionary says so; others seldom do."""
_LOOSE = frozenset("將應")
"""Characters that are words by themselves even where a dictionary has a word: 會中|將增選."""
_GRAMMATICAL = frozenset(
    "的是了在和有不也就都而與及或被把對向從到給讓比這那此其上中以之所者人年月日時"
)


Source = Literal["name", "usage", "grammar", "context", "else"]


@dataclass(frozen=True, slots=True)
class _Match:
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


def _first(character: str) -> str | None:
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
        return mainland if character in _LIGHT else _first(character)
    allowed = _settle(character)
    if not allowed and len(context_model().candidates(simplified(character))) > 1:
        allowed = official_readings().get(character, frozenset())
    return mainland if mainland in allowed else _first(character)


def _official(character: str, syllable: str) -> str | None:
    """The dictionary's syllable, unless our own table has overruled it."""
    if syllable[-1] == "5":
        return syllable if character in _LIGHT else _first(character)
    allowed = _settle(character)
    return syllable if not allowed or syllable in allowed else _first(character)


def _is_marked(text: str) -> bool:
    """Whether CC-CEDICT marks the word's reading in Taiwan."""
    _, is_taiwan = cedict_reading(text) or ((), False)
    return is_taiwan


def _standard_word(text: str) -> tuple[str | None, ...] | None:
    """A word's syllables where a dictionary gives Taiwan's own."""
    listed, is_taiwan = cedict_reading(text) or ((), False)
    if is_taiwan:
        return listed
    official = moedict().words.get(text)
    return None if official is None else tuple(map(_official, text, official))


@lru_cache(maxsize=32768)
def _word(text: str) -> tuple[str | None, ...] | None:
    standard = _standard_word(text)
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
            if end - start < _SHORTEST:
                continue
            known, rest = _standard_word(text[start:end]), text[end:] or text[:start]
            apart = len(rest) >= _SHORTEST and cedict_reading(rest) is not None
            if known is not None and (_is_marked(text[start:end]) or apart):
                readings[start:end] = known
    return tuple(readings)


def _is_chance(pair: str) -> bool:
    """Whether two characters that the segmenter parts often meet without being a word: one is a
    function word, or only the official dictionary has them, which keeps the literary words of
    two thousand years (周內 ㄋㄚˋ, 鄉方 ㄒㄧㄤˋ, 於戲 ㄨ ㄏㄨ)."""
    return not _GRAMMATICAL.isdisjoint(pair) or cedict_reading(pair) is None


def _matches(text: str, lengths: Sequence[int]) -> list[_Match]:
    """Dictionary words in `text`, the longest first, none overlapping another."""
    found: list[_Match] = []
    taken = [False] * len(text)
    words = frozenset(spans(lengths))
    for length in range(min(_LONGEST_WORD, len(text)), 1, -1):
        for start in range(len(text) - length + 1):
            end = start + length
            if any(taken[start:end]):
                continue
            if length < _IDIOM and crosses(start, end, lengths):
                continue
            if length == 2 and (start, length) not in words and _is_chance(text[start:end]):
                continue
            syllables = _word(text[start:end])
            if syllables is not None:
                found.append(_Match(start, syllables))
                taken[start:end] = [True] * length
    return found


def _from_model(character: str, guess: str | None) -> str | None:
    if guess is None or _settle(character):
        return _first(character)
    return guess if guess in official_readings().get(character, ()) else _first(character)


def taiwan_readings(
    text: str, lengths: Sequence[int], guesses: Sequence[str | None]
) -> list[str | None]:
    """Syllable of each Han character of `text`, before sandhi; None where it has none.

    `text` has nothing but Han characters; `lengths` are those of its words; `guesses` are the
    context model's, None where it has none.
    """
    readings = []
    for at, ruled in enumerate(ruled_readings(text, lengths, guesses)):
        learnt = trained_reading(text, at, str(ruled)) if ruled.is_open else None
        readings.append(learnt or ruled.reading)
    return readings


@dataclass(frozen=True, slots=True)
class Ruled:
    """What words and rules say of a character."""

    reading: str | None
    source: Source
    is_open: bool
    """Whether no word holds the character and it is no surname: evidence may overrule it."""

    def __str__(self) -> str:
        return f"{self.source} {self.reading}"


def ruled_readings(text: str, lengths: Sequence[int], guesses: Sequence[str | None]) -> list[Ruled]:
    """The readings by words and rules alone, with what each rests on; see `taiwan_readings`."""
    readings = list(map(_from_model, text, guesses))
    words = frozenset(spans(lengths))
    edges = frozenset(start for start, _ in words) | {len(text)}
    matched: list[_Match | None] = [None] * len(text)
    for match in _matches(text, lengths):
        readings[match.start : match.end] = match.syllables
        matched[match.start : match.end] = [match] * len(match.syllables)
    edged, cut = EDGE + text + EDGE, CutText(text, lengths)
    found = []
    for at, character in enumerate(text):
        name = surname_reading(text, at, lengths) or given_name_reading(text, at)
        if name is not None:
            found.append(Ruled(name, "name", is_open=False))
            continue
        match_here = matched[at]
        begins = match_here is not None and match_here.start == at and match_here.span in words
        held = None if character in APART else _seen(match_here, edges)
        meant, source = _meant(
            cut, text, at, match_here, begins_word=begins, in_word=held is not None
        )
        if meant is None:
            entry = polyphones().get(character)
            decided = entry.in_context(edged, at + 1) if entry is not None else None
            if (
                decided is not None
                and not cuts_known_word(decided, text, lengths)
                and outweighs(decided, match_here.span if match_here else None, words)
                and (held is None or covers(decided, held.span))
            ):
                meant, source = decided.reading, "context"
        reading = meant.removesuffix(CLOSED) if meant else readings[at]
        is_closed = meant is not None and meant.endswith(CLOSED)
        is_held = match_here is not None and not (
            _is_loose(character, match_here)
            or (character in APART and reading != match_here.syllables[at - match_here.start])
        )
        is_open = not (is_held or is_closed or _word_agrees(text, at, lengths, reading))
        found.append(Ruled(reading, source, is_open))
    return found


def _word_agrees(text: str, at: int, lengths: Sequence[int], reading: str | None) -> bool:
    """Whether the segmenter's word around a character is a dictionary's with the same reading."""
    if text[at] in APART:
        return False
    start, length = next(span for span in spans(lengths) if at < sum(span))
    syllables = _word(text[start : start + length]) if length > 1 else None
    return syllables is not None and syllables[at - start] == reading


def _is_loose(character: str, match: _Match) -> bool:
    """Whether a word of two characters may be none: 會中|將增選, 新制|應對教師提出."""
    return character in _LOOSE and match.end - match.start == _SHORTEST


def _seen(match: _Match | None, edges: frozenset[int]) -> _Match | None:
    """A dictionary's word where the segmenter sees one, too, or some."""
    is_seen = match is not None and match.start in edges and match.end in edges
    return match if is_seen else None


def _meant(
    cut: CutText, text: str, at: int, match: _Match | None, *, begins_word: bool, in_word: bool
) -> tuple[str | None, Source]:
    """The reading by the table of usage or by grammar, and which of them it was."""
    if _is_idiom(match, text):
        return None, "else"
    meant = usage_reading(cut, text, at, begins_word=begins_word, in_word=in_word)
    if meant is not None:
        return meant, "usage"
    meant = _by_grammar(text[at], text, at) if match is None else None
    return meant, "else" if meant is None else "grammar"


def _by_grammar(character: str, text: str, at: int) -> str | None:
    """The reading of 為 and 地 by the parts of speech around them; None for other characters."""
    if character == "為":
        return wei_reading(text[:at], text[at + 1 :])
    return di_reading(text, at) if character == "地" else None


def _is_idiom(match: _Match | None, text: str) -> bool:
    """Whether a word of four characters or more holds the character, in a dictionary that gives
    Taiwan's readings."""
    if match is None or match.end - match.start < _IDIOM:
        return False
    return _standard_word(text[match.start : match.end]) is not None
