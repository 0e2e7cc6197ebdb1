"""How a line is pronounced: syllables, grouped as words, grouped as clauses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Syllable:
    """One spoken syllable and the characters of the line that it voices.

    `pinyin` has a tone digit 1–5 and writes ü as v; it is what is heard, after the sandhi
    of 一, 不 and third tones. `start` and `end` are offsets into `Line.spoken`; several
    syllables may share one span (a Latin letter such as W).
    """

    pinyin: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """Syllables said without a break."""

    syllables: tuple[Syllable, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """What is said in one breath, and the punctuation that ends it ("" at a forced cut)."""

    words: tuple[Word, ...]
    end_mark: str

    @property
    def syllables(self) -> tuple[Syllable, ...]:
        return tuple(s for word in self.words for s in word.syllables)
