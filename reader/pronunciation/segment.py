"""Words of Chinese text, and their parts of speech.

The segmenter's dictionary is mostly Simplified, so the Simplified form of the text is cut and the
cuts are laid over the original.
"""

from __future__ import annotations

from functools import lru_cache

from reader.pronunciation.cedict import cedict_reading
from reader.script.segmenter import segmenter
from reader.script.simplify import simplified

_COMPOUND = 4
"""A word of so many characters that no dictionary of readings lists is two words (發生意外)."""


def cut_words(text: str) -> list[str]:
    """The words of `text`, in order; joined, they are the text."""
    words: list[str] = []
    at = 0
    for cut in segmenter().cut(simplified(text)):
        words.extend(_parts(text[at : at + len(cut)]))
        at += len(cut)
    return words


def word_lengths(text: str) -> list[int]:
    """Lengths of the words of `text`, in order; they add up to `len(text)`."""
    return [len(word) for word in cut_words(text)]


@lru_cache(maxsize=16384)
def is_known_word(text: str) -> bool:
    """Whether `text` is in the segmenter's dictionary, not a word that its model made up."""
    return bool(segmenter().has_word(simplified(text)))


@lru_cache(maxsize=16384)
def _parts(word: str) -> tuple[str, ...]:
    """The word itself, or its two halves where it is a compound of two known words."""
    if len(word) != _COMPOUND or cedict_reading(word) is not None:
        return (word,)
    halves = (word[:2], word[2:])
    return halves if all(cedict_reading(half) is not None for half in halves) else (word,)


def tagged_words(text: str) -> list[tuple[str, str]]:
    """The words of `text` with their parts of speech (jieba's: n, v, p …)."""
    words = []
    at = 0
    for cut, tag in segmenter().tag(simplified(text)):
        words.append((text[at : at + len(cut)], tag))
        at += len(cut)
    return words
