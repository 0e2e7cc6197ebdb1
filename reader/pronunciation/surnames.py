"""Surnames that are read otherwise than the word they are written with: 曾 ㄗㄥ, 單 ㄕㄢˋ, 任 ㄖㄣˊ.

A character is taken for a surname before 姓 or a form of address, and before what looks like a
given name: two characters that are likelier in names than in running text (`given_names.tsv`)
and no word, at the beginning of a clause or after what names stand after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from reader.pronunciation.cedict import cedict_reading

SURNAMES = {
    "曾": "zeng1",
    "任": "ren2",
    "單": "shan4",
    "查": "zha1",
    "仇": "qiu2",
    "解": "xie4",
    "區": "ou1",
    "燕": "yan1",
    "繆": "miao4",
    "葛": "ge3",
    "蓋": "ge3",
    "華": "hua4",
    "樂": "yue4",
    "朴": "piao2",
    "寧": "ning4",
    "應": "ying1",
    "紀": "ji3",
    "翟": "zhai2",
    "那": "na1",
    "冼": "xian3",
    "賁": "ben1",
    "逄": "pang2",
    "車": "che1",
}
"""By the dictionary of 教育部 (葛 and 蓋 ㄍㄜˇ, 華 ㄏㄨㄚˋ, 燕 ㄧㄢ)."""

_NAMED = frozenset("曾任單查仇解燕葛樂朴紀應蓋")
"""Those that a given name alone tells; the others ask for 姓 or a form of address."""
_ADDRESSES = (
    "姓|先生|女士|小姐|太太|小弟|小妹|同學|姓男|男(?!子[高排足籃羽]|[女友生性星籃排足童孩])|女(?![子性生友星籃排足童孩兒])|嫌|婦|翁|母(?![校親語公])|父(?!母)"
    "|醫師|醫生|老師|議員|立委|委員|教授|律師|檢察官|法官|警員|員警|里長|鄉長|鎮長|村長|局長|處長|市長|縣長|部長|院長"
    "|校長|董事長|經理|總經理|老闆|教練|隊長|主任|記者|博士|先發|太公|爸|媽|家人|家大宅|氏(?!症)"
)
_AFTER_NAME = re.compile(_ADDRESSES)
_ALWAYS = re.compile(r"姓(?![名氏])")
_BEFORE_NAME = re.compile(
    r"(?:^|[員長手者師授家官委揆席理總神王后哥姐姊弟妹翁婦嫌犯友工主士帥兵警記星人傅董生霸花將"
    r"與和及由對向給被是叫讓找替請為跟於在的說])$"
)
_NOT_BEFORE = {
    "任": "曾擔出兼專現前首責連升派續留聘委上離卸初接信主常勝放聽不就責所在",
    "單": "名菜帳訂清簡傳保罰不買選下表孤成提存落榜床被空黑歌片開報書股",
    "查": "調檢搜審偵清追普抽稽巡考勘探核聯複覆盤徹訪受",
    "解": "了理諒瓦分調和見化難溶費無不破講註圖詳誤",
    "應": "反回效供適對感相因理只不也都均仍皆亦本自照響呼策支",
    "華": "中豪繁昇榮精才年光菁奢浮清風新京月金旺日南美訪",
    "樂": "音快娛歡可享安配康同作聲器",
    "燕": "飛海雨家",
    "葛": "瓜諸",
    "紀": "世年世傳創破刷新本法軍",
    "曾": "也並不未都就卻亦雖更還只常仍即均皆我他她它你們先前後時年月日起",
    "仇": "報復情恩世結私國家反尋記",
    "朴": "",
    "蓋": "覆涵鋪掩遮膝瓶",
}
_ADVERBIAL = frozenset(
    "在是於任赴獲被有為向對到從與和因以說想把遭受當做吃住去來看用見提擁入經多一兩三數公大再也不沒未被出進參發表"
)
"""After 曾 the adverb and after other words that are no surname."""


@cache
def _scores() -> dict[str, tuple[float, float]]:
    table = files("reader.pronunciation").joinpath("data/given_names.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[0]: (float(row[1]), float(row[2])) for row in rows}


_UNKNOWN = (-0.5, -0.5)
_LIKELY = 2.5
"""Least sum of both characters' logarithms; at 2.5 the news has no false name, see bench/audit."""


def is_given_name(text: str) -> bool:
    """Whether two characters look like a given name and are no everyday word."""
    if len(text) < 2 or text[0] in _ADVERBIAL:
        return False
    first, second = _scores().get(text[0], _UNKNOWN), _scores().get(text[1], _UNKNOWN)
    likely = first[0] + second[1]
    return likely > (_LIKELY if cedict_reading(text) is None else 2 * _LIKELY)


def surname_reading(text: str, at: int, lengths: Sequence[int]) -> str | None:
    """The reading of the character at `at` as a surname; None where it is none."""
    character = text[at]
    reading = SURNAMES.get(character)
    if reading is None:
        return None
    before, after = text[:at], text[at + 1 :]
    if _ALWAYS.match(after) or before.endswith("姓"):
        return reading
    apart = before[-1:] not in _NOT_BEFORE.get(character, "") if before else True
    if not apart or _inside_word(at, lengths, text):
        return None
    if character not in _NAMED:
        return None
    if after.startswith("嫌"):
        return reading
    if character != "曾" and not _BEFORE_NAME.search(before):
        return None
    if _AFTER_NAME.match(after) and not (character == "仇" and after[0] in "男女父母"):
        return reading
    return reading if _BEFORE_NAME.search(before) and is_given_name(after[:2]) else None


def _inside_word(at: int, lengths: Sequence[int], text: str) -> bool:
    """Whether the character belongs to a listed word (任何, 單一, 檢查)."""
    start = 0
    for length in lengths:
        if start <= at < start + length:
            word = text[start : start + length]
            return length > 1 and cedict_reading(word) is not None
        start += length
    return False
