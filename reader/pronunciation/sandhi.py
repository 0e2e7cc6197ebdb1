"""Tone sandhi: 一, 不, and third tones before third tones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_DIGITS = frozenset("〇零一二三四五六七八九")
_UNITS = frozenset("百千萬億兆")
_ORDINAL_BEFORE = frozenset("第十初週周點")
_ORDINAL_AFTER = frozenset("月號的")
_ONE_ENDS = ("星期一", "禮拜一", "唯一", "統一", "之一", "萬一", "單一", "專一", "逐一", "劃一")
_ONE_STARTS = ("一笑", "一炬", "一五一十")
_NUMBERED_AFTER = re.compile(
    r"(?:日|號|月)(?![個間])|[線路](?![上之])|中(?:[的校學生舉師樂棒籃]|$)|女(?:中|$)|年級|軍|審|壘|讀"
)
"""After these, with `_NUMBERED_BEFORE` before, 一 is a number of a row (一日, 台一線, 一審)."""
_NUMBERED_BEFORE = re.compile(
    r"(?:[〇零一二三四五六七八九十]月|[台臺省縣國]道?|[台臺][中南北東]|高雄|嘉義|彰化|桃園|新竹|"
    r"基隆|花蓮|宜蘭|屏東|雲林|苗栗|南投|[建附北中南竹嘉雄])$"
)
_LIST_BEFORE = re.compile(r"[帳菜名訂保罰傳清]單$")
"""帳單 and its like before 一: a word of its own begins (帳單一律)."""
_GRADES = re.compile(r"(?:[^最很更提升調漲新創]|^)[高國小大初研碩博專]$")


def _keeps_first_tone(text: str, at: int) -> bool:
    """Whether 一 at `text[at]` is a digit of a row, an ordinal, or ends its word."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not after or before in _ORDINAL_BEFORE or after in _ORDINAL_AFTER:
        return True
    if text.startswith(_ONE_STARTS, at):
        return False
    if _is_numbered(text, at):
        return True
    if before in _DIGITS or after in _DIGITS:
        return True
    ends_word = text[: at + 1].endswith(_ONE_ENDS) and not _LIST_BEFORE.search(text[:at])
    return after not in _UNITS and ends_word


def _is_numbered(text: str, at: int) -> bool:
    """Whether 一 is the number of a thing: of a day, a road, a school, a court, a school year."""
    following = text[at + 1 : at + 3]
    if following[:1] in "審軍" and following not in ("軍人", "審再"):
        return True
    if following == "年級":
        return True
    if _NUMBERED_AFTER.match(following) and _NUMBERED_BEFORE.search(text[:at]):
        return True
    return bool(_GRADES.search(text[:at])) and following[:1] in "生新學女男班升上下的、導"


def with_one_and_not(text: str, readings: Sequence[str]) -> list[str]:
    """`readings` of the characters of one clause with 一 and 不 as they are said.

    一 is `yi2` before a fourth tone and `yi4` before the others, 不 is `bu2` before a fourth.
    Only 一 read `yi1` and 不 read `bu4` change: what a lexicon fixed otherwise stays.
    """
    said = list(readings)
    for at in reversed(range(len(text) - 1)):
        falls = said[at + 1][-1] == "4" or text[at + 1] == "個"
        if text[at] == "一" and said[at] == "yi1" and not _keeps_first_tone(text, at):
            said[at] = "yi2" if falls else "yi4"
        elif text[at] == "不" and said[at] == "bu4" and falls:
            said[at] = "bu2"
    return said


def _with_third_tones_inside(word: Sequence[str]) -> list[str]:
    """Third tones before third tones in one word; of three, the first two rise (展覽館)."""
    said = list(word)
    for i in range(len(said) - 1):
        if said[i][-1] == "3" and word[i + 1][-1] == "3":
            said[i] = said[i][:-1] + "2"
    return said


def with_third_tones(words: Sequence[Sequence[str]]) -> list[list[str]]:
    """The words of a clause with third tones that rise before a third tone.

    Inside words first, then from the last word to the first: a word's last syllable rises
    where the next word still begins with a third tone (我 | 很 | 好 is 3 2 3).
    """
    said = [_with_third_tones_inside(word) for word in words]
    for left, right in reversed(list(pairwise(said))):
        if left[-1][-1] == "3" and right[0][-1] == "3":
            left[-1] = left[-1][:-1] + "2"
    return said
