"""The edges of words against contexts and dictionaries: which word may cut which."""

from __future__ import annotations

from collections.abc import Sequence

from reader.pronunciation.cedict import cedict_reading
from reader.pronunciation.polyphones import EDGE, Decision
from reader.pronunciation.segment import is_known_word

_SHORT = 2
"""Characters of a context that says too little to stand against a word that it cuts."""
_LOOSE_WORDS = """
我們 你們 他們 她們 它們 咱們 人們 自己 下去 下來 上去 上來 起來 出來 出去
過來 過去 回來 進來 一個 一下 一點 一些 一樣 一直 這個 那個 這些 那些 這樣
那樣 什麼 怎麼 不了 不到 不起 得到 的話 的時候 了一 也是 都是 就是 不是
不會 不能
"""
_LOOSE = frozenset(_LOOSE_WORDS.split())
"""Words that a context may cut: they are loose enough to stand beside anything."""


def spans(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Start and length of each word."""
    found = []
    at = 0
    for length in lengths:
        found.append((at, length))
        at += length
    return found


def crosses(start: int, end: int, lengths: Sequence[int]) -> bool:
    """Whether a match covers a part of one of the segmenter's words and a part outside it."""
    for word_start, length in spans(lengths):
        word_end = word_start + length
        inside = word_start <= start and end <= word_end
        covers = start <= word_start and word_end <= end
        if not inside and not covers and word_start < end and start < word_end:
            return True
    return False


def cuts_known_word(decided: Decision, text: str, lengths: Sequence[int]) -> bool:
    """Whether a context ends inside a word that the segmenter knows and begins before it, or
    the other way round: 的當 in 案件的當事人. A particle goes with the word before it."""
    start = max(decided.start - len(EDGE), 0)
    end = min(decided.start - len(EDGE) + decided.length, len(text))
    if decided.length > _SHORT:
        return False
    if decided.reading[-1] == "5":
        return _cuts_next_word(decided, text, lengths)
    for at, length in spans(lengths):
        stop = at + length
        if length < 2 or stop <= start or at >= end:
            continue
        inside, covered = at <= start and end <= stop, start <= at and stop <= end
        if inside or covered or text[at:stop] in _LOOSE:
            continue
        if is_known_word(text[at:stop]):
            return True
    return False


def _cuts_next_word(decided: Decision, text: str, lengths: Sequence[int]) -> bool:
    """Whether a context whose particle is its last character cuts the dictionary's word that
    begins with that character: 速地 in 加速地熱."""
    last = decided.start - len(EDGE) + decided.length - 1
    length = dict(spans(lengths)).get(last, 1)
    return length > 1 and cedict_reading(text[last : last + length]) is not None


def outweighs(
    decided: Decision, match: tuple[int, int] | None, words: frozenset[tuple[int, int]]
) -> bool:
    """Whether a context decides against a dictionary's word, of which the start and length are
    given: if it is longer, or as long unless it cuts the word where the segmenter sees one (觀光
    after 好行, not 行觀)."""
    if match is None or decided.reading[-1] == "5":
        return True
    start, length = match
    cuts = decided.start - len(EDGE) != start and match in words
    return decided.length > length or (decided.length == length and not cuts)


def covers(decided: Decision, word: tuple[int, int]) -> bool:
    """Whether a context has all of a word, of which the start and length are given: 燈泡 in 電燈泡,
    not 會讓教 before 授. A light tone takes nothing from a word: 上個 before 月."""
    start, length = word
    if decided.reading[-1] == "5" and decided.reading != "de5":
        return True
    begin = decided.start - len(EDGE)
    return begin <= start and start + length <= begin + decided.length
