"""Words of Chinese text: jieba's dictionary and model through its Rust build, `rjieba`.

`rjieba` is loaded in 0.1 s where `jieba` takes 0.9 s. Its dictionary is mostly Simplified, so
the Simplified form of the text is cut and the cuts are laid over the original. The words of
Taiwan's news that the dictionary lacks stand in `data/news_words.txt`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from importlib.resources import files
from typing import Any

from reader.pronunciation.cedict import cedict_reading
from reader.pronunciation.simplify import simplified

_NEWS_FREQUENCY = 3000
"""As frequent as the dictionary's everyday words: the word wins over chance cuts."""
_COMPOUND = 4
"""A word of so many characters that no dictionary of readings lists is two words (發生意外)."""


@cache
def _segmenter() -> Any:
    """rjieba with the words of Taiwan's news, the process's one dictionary (17 MB). It is read
    when rjieba is imported: not before a text is cut."""
    rjieba = import_module("rjieba")
    table = files("reader.pronunciation").joinpath("data/news_words.txt").read_text("utf-8")
    for line in table.splitlines():
        for word in () if line.startswith("#") else line.split():
            rjieba.add_word(simplified(word), _NEWS_FREQUENCY, "n")
    return rjieba


def cut_words(text: str) -> list[str]:
    """The words of `text`, in order; joined, they are the text."""
    words: list[str] = []
    at = 0
    for cut in _segmenter().cut(simplified(text)):
        words.extend(_parts(text[at : at + len(cut)]))
        at += len(cut)
    return words


def word_lengths(text: str) -> list[int]:
    """Lengths of the words of `text`, in order; they add up to `len(text)`."""
    return [len(word) for word in cut_words(text)]


@lru_cache(maxsize=16384)
def is_known_word(text: str) -> bool:
    """Whether `text` is in the segmenter's dictionary, not a word that its model made up."""
    return bool(_segmenter().has_word(simplified(text)))


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
    for cut, tag in _segmenter().tag(simplified(text)):
        words.append((text[at : at + len(cut)], tag))
        at += len(cut)
    return words
