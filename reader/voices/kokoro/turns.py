"""Turns of rows that want to be spoken: so many at once, so many phonemes, for memory."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

MOST_PASSED_BY: Final = 2
"""Shorter rows that may go before one for which there is no room yet."""


@dataclass(slots=True, eq=False)
class _Row:
    """A row that is spoken or waits for it, and how many that came later went before it."""

    n_phonemes: int
    n_passed_by: int = 0


class Turns:
    """At most `n_at_once` rows at a time that have at most `n_phonemes` together.

    Rows go in the order in which they came, but where the first has no room yet, a shorter one
    may go before it. A row that is longer than `n_phonemes` goes alone. Thread-safe.
    """

    def __init__(self, n_at_once: int, n_phonemes: int) -> None:
        self._n_at_once = n_at_once
        self._n_phonemes = n_phonemes
        self._changed = threading.Condition()
        self._waiting: list[_Row] = []
        self._speaking: list[_Row] = []

    @contextmanager
    def turn(self, n_phonemes: int) -> Iterator[bool]:
        """Waits for the turn of a row of `n_phonemes`, which lasts as long as the context.

        Yields whether nothing else is being spoken.
        """
        row = _Row(n_phonemes)
        with self._changed:
            is_alone = self._begin(row)
        try:
            yield is_alone
        finally:
            with self._changed:
                self._speaking.remove(row)
                self._changed.notify_all()

    def _begin(self, row: _Row) -> bool:
        self._waiting.append(row)
        try:
            self._changed.wait_for(lambda: self._may_begin(row))
            for other in self._before(row):
                other.n_passed_by += 1
            is_alone = not self._speaking
            self._speaking.append(row)
        finally:
            self._waiting.remove(row)
            self._changed.notify_all()
        return is_alone

    def _may_begin(self, row: _Row) -> bool:
        if not self._speaking:
            return row is self._waiting[0]
        return (
            len(self._speaking) < self._n_at_once
            and row.n_phonemes + self._n_spoken() <= self._n_phonemes
            and all(other.n_passed_by < MOST_PASSED_BY for other in self._before(row))
        )

    def _n_spoken(self) -> int:
        return sum(row.n_phonemes for row in self._speaking)

    def _before(self, row: _Row) -> Iterator[_Row]:
        """The rows that wait and came before it."""
        return itertools.takewhile(lambda other: other is not row, self._waiting)
