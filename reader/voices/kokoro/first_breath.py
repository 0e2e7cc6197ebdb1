"""The first breath of a sentence: short, so that its sound is there at once.

Nothing is heard before a whole row is spoken, which takes a third of its length on two cores that
are free. A sentence whose first clause is long is begun with a part of it, cut where a reader
would take breath: before a predicate or a preposition, in any case between two words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.pronunciation import Clause, Word
from reader.script import Line

LONGEST_FIRST: Final = 10
"""Syllables that are not cut: 2.2 s of sound, 0.8 s of work."""
_LONGEST_ITEM: Final = 6
"""Syllables before a list's first mark that are not cut. What is longer leads up to the list, which
is said in one row with its first item (`rows.with_lists_joined`)."""
_LISTS: Final = "、"
_LONGEST_CUT, _SHORTEST_CUT, _BEST_CUT = 10, 3, 6
"""Syllables of what is cut off."""
_SHORTEST_REST: Final = 3
_STARTERS: Final = frozenset(
    "在將已也是會被把因從對與和及並則都又就仍還不未沒於由向為以讓使令要可能應須才卻只曾正再更跟但或若如有到來去"
).union(
    re.findall(
        "..", "已經因為由於為了以及並且表示宣布指出認為強調呼籲發現開始希望決定將會可以能夠應該"
    )
    + re.findall(
        "..", "必須沒有正在目前今天昨天明天今年去年明年不是就是仍然同時或是還是如果雖然但是所以"
    )
    + re.findall("..", "因此透過根據對於關於來自包括成為可能於是")
)
"""Words that begin a phrase of their own."""
_LEANING: Final = frozenset(
    "在將被把從對與和及於由向為以讓使是不很最更第每各這那某本該此全新大小老再都也就又已會要可能有到了我你他"
    "她它並則仍還未沒才只曾正來去說請想看做等共約"
)
"""Words of one syllable that lean on what follows: no breath is taken after them."""
_NUMERALS: Final = frozenset("零〇一二兩三四五六七八九十百千萬億兆點分之幾數多第")
_STARTS, _ENDS_WHOLE, _LEANS, _OFF_BEST = 3.0, 1.5, 4.0, 0.4
"""How much more or less natural a place is, in steps of judgement: by what begins after it, by a
word of several syllables before it, by one that leans on what follows or (縣, 區, 率) on what was
said, for each syllable off the best length."""


def with_short_first(clauses: Sequence[Clause], line: Line) -> list[Clause]:
    """`clauses` of `line`, the first in two if it is long or leads up to a list."""
    if not clauses:
        return []
    first, *rest = clauses
    longest = _LONGEST_ITEM if first.end_mark.startswith(_LISTS) else LONGEST_FIRST
    if len(first.syllables) <= longest:
        return list(clauses)
    at = _breath_at(first.words, line)
    if at is None:
        return list(clauses)
    return [Clause(first.words[:at], ""), Clause(first.words[at:], first.end_mark), *rest]


def _breath_at(words: Sequence[Word], line: Line) -> int | None:
    """How many of `words` are said first; None where no two may be parted."""
    n_syllables = sum(len(word.syllables) for word in words)
    places: list[tuple[float, int]] = []
    n_said = 0
    for at in range(1, len(words)):
        n_said += len(words[at - 1].syllables)
        fits = _SHORTEST_CUT <= n_said <= _LONGEST_CUT and n_said <= n_syllables - _SHORTEST_REST
        before, after = _text(words[at - 1], line), _text(words[at], line)
        if fits and not _belong_together(words[at - 1], before, words[at], after):
            naturalness = -_OFF_BEST * abs(n_said - _BEST_CUT)
            naturalness += _STARTS * (after in _STARTERS)
            naturalness += _ENDS_WHOLE * (len(words[at - 1].syllables) > 1)
            naturalness -= _LEANS * (before in _LEANING)
            naturalness -= _LEANS * (len(after) == 1 and after not in _STARTERS)
            places.append((naturalness, at))
    return max(places)[1] if places else None


def _belong_together(word: Word, text: str, following: Word, text_after: str) -> bool:
    """Whether no breath is ever taken between the two: numbers with their measures, particles
    with what they follow, a name in Latin, one character in several parts."""
    if word.syllables[-1].end > following.syllables[0].start:
        return True
    if text[-1:] in _NUMERALS or (text[-1:].isascii() and text_after[:1].isascii()):
        return True
    return len(following.syllables) == 1 and following.syllables[0].pinyin.endswith("5")


def _text(word: Word, line: Line) -> str:
    return line.spoken[word.syllables[0].start : word.syllables[-1].end]
