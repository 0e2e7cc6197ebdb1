"""From characters with readings to words and clauses: what is said in one breath."""

from __future__ import annotations

from collections.abc import Sequence

from reader.pronunciation.model import Clause, Word

_STRENGTH = {mark: rank for rank, mark in enumerate("、，—…：；！？。", start=1)}
LONGEST_CLAUSE = 24
"""Syllables in one breath. The embedded voice falls apart well before forty: fed whole sentences, a
recogniser misheard 16 to 51 % of its syllables, cut at clauses 5 % (`bench/intelligibility`)."""


def clause_mark(marks: str) -> str:
    """The mark of a run such as `？！` that decides the pause after it; a bracket is a comma."""
    plain = marks.replace("（", "，").replace("）", "，")
    return max(plain, key=lambda mark: _STRENGTH.get(mark, 0))


def _size(words: Sequence[Word]) -> int:
    return sum(len(word.syllables) for word in words)


def _cut_word(word: Word) -> list[Word]:
    """A word that is longer than half a breath (AAAA…) in pieces, for no clause can hold it."""
    size, syllables = LONGEST_CLAUSE // 2, word.syllables
    return [Word(syllables[at : at + size]) for at in range(0, len(syllables), size)]


def within_breath(words: Sequence[Word], end_mark: str) -> list[Clause]:
    """`words` as one clause, or as several about equally long ones if that is too long."""
    pieces = -(-_size(words) // LONGEST_CLAUSE)
    clauses: list[Clause] = []
    rest = [part for word in words for part in _cut_word(word)]
    while pieces > 1:
        wanted = _size(rest) / pieces
        taken: list[Word] = []
        while rest and (not taken or _size(taken) + len(rest[0].syllables) / 2 <= wanted):
            taken.append(rest.pop(0))
        clauses.append(Clause(tuple(taken), ""))
        pieces = -(-_size(rest) // LONGEST_CLAUSE)
    if rest:
        clauses.append(Clause(tuple(rest), end_mark))
    return clauses
