"""A sentence word by word: what is written, what is said for it, and its 注音."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import Final

from reader.errors import Unpronounceable
from reader.pronunciation.moedict import moedict
from reader.pronunciation.polyphones import polyphones
from reader.pronunciation.rare import rare_reading
from reader.pronunciation.speech import pronounce
from reader.script.characters import is_han
from reader.script.model import Line, Utterance
from reader.script.zhuyin import zhuyin

_MOST_CHOICES: Final = 6
_Spans = list[tuple[int, int, str]]
"""Start and end in the spoken form, and the syllable that is heard there."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word as it is written, "" if it is not, and as it is said, "" if it is not."""

    text: str
    spoken: str
    zhuyin: tuple[str, ...] = ()
    """One syllable an item, as they are heard; empty where they are not known."""


def word_by_word(utterance: Utterance) -> list[SpokenWord]:
    """The whole of an utterance: the texts, joined, are its text.

    What is said as it is written is cut at the ends of words; what is said otherwise (25% as
    百分之二十五) stays in one.
    """
    ends, syllables = _heard(utterance.line)
    found: list[SpokenWord] = []
    matcher = SequenceMatcher(None, utterance.text, utterance.spoken, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            for a, b in _cut(j1, j2, ends):
                said = utterance.spoken[a:b]
                found.append(SpokenWord(said, said, _within(syllables, a, b)))
        else:
            text, said = utterance.text[i1:i2], utterance.spoken[j1:j2]
            found.append(SpokenWord(text, said, _within(syllables, j1, j2)))
    return found


def _heard(line: Line) -> tuple[set[int], _Spans]:
    """Ends of words in the spoken form, and its syllables; nothing where they are not known."""
    try:
        words = [word for clause in pronounce(line) for word in clause.words]
    except Unpronounceable:
        return set(), []
    ends = {place for word in words for place in (word.syllables[0].start, word.syllables[-1].end)}
    return ends, [(s.start, s.end, zhuyin(s.pinyin)) for word in words for s in word.syllables]


def _cut(start: int, end: int, ends: set[int]) -> Iterator[tuple[int, int]]:
    places = [start, *sorted(place for place in ends if start < place < end), end]
    yield from pairwise(places)


def _within(syllables: _Spans, start: int, end: int) -> tuple[str, ...]:
    return tuple(said for a, _, said in syllables if start <= a < end)


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """Readings of each character in the words of the dictionary, the commonest first."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, syllables in moedict().words.items():
        for character, syllable in zip(word, syllables, strict=True):
            counted[character][syllable] += 1
    return {
        character: tuple(syllable for syllable, _ in counts.most_common(_MOST_CHOICES))
        for character, counts in counted.items()
    }


def readings_to_choose(character: str) -> list[str]:
    """The readings that a character may have, in 注音, the commonest first; none for what is no
    Han character."""
    if not is_han(character):
        return []
    known = polyphones().get(character)
    first = moedict().characters.get(character) or rare_reading(character)
    found = [
        *([first] if first else []),
        *(sorted(known.readings) if known else ()),
        *_readings().get(character, ()),
    ]
    return [zhuyin(syllable) for syllable in dict.fromkeys(found)][:_MOST_CHOICES]
