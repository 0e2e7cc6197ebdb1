"""Readings of Han characters as Taiwan says them.

What decides, the longer match first: our own table of contexts (`polyphones`), the official
dictionary's words (`moedict`), CC-CEDICT's words with Mainland readings carried over. Where no
word decides, the context model chooses among the official readings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reader.pronunciation.adverbs import di_reading
from reader.pronunciation.borders import covers, cuts_known_word, outweighs, spans
from reader.pronunciation.copula import wei_reading
from reader.pronunciation.dictionary_words import (
    IDIOM,
    SHORTEST,
    Match,
    matches,
    reading_from_model,
    standard_word,
    word_reading,
)
from reader.pronunciation.features import APART
from reader.pronunciation.given_names import given_name_reading
from reader.pronunciation.polyphones import CLOSED, EDGE, polyphones
from reader.pronunciation.surnames import surname_reading
from reader.pronunciation.trained import trained_reading
from reader.pronunciation.usage import CutText, usage_reading

_LOOSE = frozenset("將應")
"""Characters that are words by themselves even where a dictionary has a word: 會中|將增選."""
Source = Literal["name", "usage", "grammar", "context", "else"]


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
    readings = list(map(reading_from_model, text, guesses))
    words = frozenset(spans(lengths))
    edges = frozenset(start for start, _ in words) | {len(text)}
    matched: list[Match | None] = [None] * len(text)
    for match in matches(text, lengths):
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
    syllables = word_reading(text[start : start + length]) if length > 1 else None
    return syllables is not None and syllables[at - start] == reading


def _is_loose(character: str, match: Match) -> bool:
    """Whether a word of two characters may be none: 會中|將增選, 新制|應對教師提出."""
    return character in _LOOSE and match.end - match.start == SHORTEST


def _seen(match: Match | None, edges: frozenset[int]) -> Match | None:
    """A dictionary's word where the segmenter sees one, too, or some."""
    is_seen = match is not None and match.start in edges and match.end in edges
    return match if is_seen else None


def _meant(
    cut: CutText, text: str, at: int, match: Match | None, *, begins_word: bool, in_word: bool
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


def _is_idiom(match: Match | None, text: str) -> bool:
    """Whether a word of four characters or more holds the character, in a dictionary that gives
    Taiwan's readings."""
    if match is None or match.end - match.start < IDIOM:
        return False
    return standard_word(text[match.start : match.end]) is not None
