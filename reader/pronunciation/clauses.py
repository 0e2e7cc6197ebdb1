"""From characters with readings to words and clauses: what is said in one breath."""

from __future__ import annotations

from collections.abc import Sequence

from reader.pronunciation.model import Clause, Word

_STRENGTH = {mark: rank for rank, mark in enumerate("、，—…：；！？。", start=1)}
LONGEST_CLAUSE = 24
"""Syllables. The embedded voice falls apart well before forty (docs/architecture.md)."""


def clause_mark(marks: str) -> str:
    """The mark of a run such as `？！` that decides the pause after it; a bracket is a comma."""
    plain = marks.replace("（", "，").replace("）", "，")
    return max(plain, key=lambda mark: _STRENGTH.get(mark, 0))


def _size(words: Sequence[Word]) -> int:
    return sum(len(word.syllables) for word in words)


def within_breath(words: Sequence[Word], end_mark: str) -> list[Clause]:
    """`words` as one clause, or as several about equally long ones if that is too long."""
    pieces = -(-_size(words) // LONGEST_CLAUSE)
    clauses: list[Clause] = []
    rest = list(words)
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
