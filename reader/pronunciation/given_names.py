"""Characters of given names read otherwise than by themselves: 林子偉 ㄗˇ, 江少慶 ㄕㄠˋ."""

from __future__ import annotations

import re

from reader.pronunciation.cedict import cedict_reading
from reader.script.names import BEFORE_NAME, NO_NAME, TITLE, given_name_score

NO_BEGINNING = frozenset("的了地得是在有被和與及等或到把將也都不這那")
"""What no given name begins with."""
COMMON_SURNAMES = frozenset(
    "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅簡朱鍾彭游詹胡施沈余趙盧梁顏柯孫魏"
    "池翁戴范宋方鄧杜傅侯曹薛丁卓馬唐溫藍石董紀姚馮歐程湯田康鄒白涂尤巫韓龔嚴袁古阮童陸夏柳邵錢"
)
_IN_GIVEN_NAMES = {"子": "zi3", "少": "shao4", "冠": "guan4"}
_NO_GIVEN_NAMES = frozenset(("冠軍", "冠冕", "冠狀", "子弟", "子公"))
_AFTER_TITLES = {
    "為": "wei2",
    "長": "chang2",
    "得": "de2",
    "重": "zhong4",
    "中": "zhong1",
    "地": "di4",
}
_NAMELIKE = 1.5
_AFTER_FEW = frozenset("了有的年數女林於許見量將不則用說得做吃睡喝玩買雨子爺")
"""What follows 少 where it is no part of a given name."""
_AFTER_GUAN = frozenset("軍亞季上名於絕以有了的心脈禮蓋詞德群狀冕帶李")
"""What follows 冠 where it is no part of a given name."""


def given_name_reading(text: str, at: int) -> str | None:
    """The reading of a character as the first of a given name after a common surname (林子偉,
    江少慶, 立委林為洲); None where it is none."""
    character, surname, second = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if not second or surname not in COMMON_SURNAMES:
        return None
    if (
        character == "冠"
        and second not in _AFTER_GUAN
        and cedict_reading(surname + character) is None
    ):
        return _IN_GIVEN_NAMES[character]
    if character in _IN_GIVEN_NAMES:
        likely = given_name_score("某" + second) - given_name_score("某某") / 2 >= _NAMELIKE
        likely = likely or (character != "冠" and TITLE.search(text[: at - 1]) is not None)
        apart = second not in NO_NAME and text[at : at + 2] not in _NO_GIVEN_NAMES
        if character == "少":
            named = likely or BEFORE_NAME.search(text[: at - 1]) is not None
            return _IN_GIVEN_NAMES[character] if named and second not in _AFTER_FEW else None
        return _IN_GIVEN_NAMES[character] if likely and apart else None
    reading = _AFTER_TITLES.get(character)
    if reading is None or second in NO_BEGINNING:
        return None
    speaks = at == 1 and SPEAKS.match(text[at + 2 :])
    return reading if speaks or TITLE.search(text[: at - 1]) else None


SPEAKS = re.compile(
    "(?:今天?|昨天?|也|則|並|還|又|隨後)?(?:表示|指出|強調|認為|說(?!明|服|法)|質詢|批評|呼籲|提到|質疑|透露|提醒|建議|解釋|分析|坦言|直言)"
)
"""What persons do: who does it was named before."""
