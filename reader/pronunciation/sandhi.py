"""Tone sandhi: 一, 不, and third tones before third tones."""

from __future__ import annotations

from collections.abc import Sequence

_DIGITS = frozenset("〇零一二三四五六七八九")
_ONE_IS_ORDINAL_AFTER = frozenset("第十初唯之萬統專單周週末其合歸劃均不")
_ONE_IS_ORDINAL_AFTER_TWO = ("星期", "禮拜", "同一", "逐一", "統一", "專一")
_ONE_IS_ORDINAL_BEFORE = frozenset("月號日")


def _tone_of_one(text: str, at: int, following: str | None) -> str:
    """Tone of 一 at `text[at]`; `following` is the next syllable of the clause, if any.

    As a digit of a row, an ordinal or at the end it keeps tone 1; else it is 2 before a
    fourth tone and 4 before the others.
    """
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if following is None or before in _DIGITS or (after in _DIGITS and after):
        return "1"
    if before == "第" or before == "十" or after in _ONE_IS_ORDINAL_BEFORE:
        return "1"
    if text[max(at - 2, 0) : at] in ("星期", "禮拜") or before in ("週", "周"):
        return "1"
    if text[max(at - 2, 0) : at + 1].endswith(("唯一", "統一", "之一", "萬一", "單一", "專一")):
        return "1"
    return "2" if following[-1] == "4" else "4"


def with_one_and_not(text: str, readings: Sequence[str | None]) -> list[str | None]:
    """`readings` of the characters of one clause with 一 and 不 as they are said.

    Only 一 read `yi1` and 不 read `bu4` change: what a lexicon or a dictionary fixed
    otherwise stays. None marks a character without a syllable (punctuation, Latin).
    """
    said = list(readings)
    for at in reversed(range(len(text))):
        following = next((r for r in said[at + 1 :] if r is not None), None)
        if text[at] == "一" and said[at] == "yi1":
            said[at] = "yi" + _tone_of_one(text, at, following)
        elif text[at] == "不" and said[at] == "bu4" and following is not None:
            said[at] = "bu2" if following[-1] == "4" else "bu4"
    return said


def _with_third_tones_inside(word: Sequence[str]) -> list[str]:
    """Third tones before third tones in one word; of three, the first two rise (展覽館)."""
    said = list(word)
    for i in range(len(said) - 1):
        if said[i][-1] == "3" and said[i + 1][-1] == "3":
            said[i] = said[i][:-1] + "2"
    return said


def with_third_tones(words: Sequence[Sequence[str]]) -> list[list[str]]:
    """Third tones of a clause before third tones: inside words, and where a short word joins.

    Between two words of two syllables and more each keeps its own shape (展覽 | 可以 is 2 3 2 3).
    """
    said = [_with_third_tones_inside(word) for word in words]
    for left, right, underlying in zip(said, said[1:], words[1:], strict=False):
        if not left or not right:
            continue
        joins = len(left) == 1 or len(right) == 1
        if joins and left[-1][-1] == "3" and underlying[0][-1] == "3":
            left[-1] = left[-1][:-1] + "2"
    return said
