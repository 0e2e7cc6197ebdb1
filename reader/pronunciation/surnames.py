"""Surnames read otherwise than the word that they are written with: 曾 ㄗㄥ, 單 ㄕㄢˋ, 任 ㄖㄣˊ.

A character is taken for a surname before 姓 or a form of address, and before what looks like a
given name: two characters that are likelier in names than in running text
and no word (`reader.script.names`), at the beginning of a clause or after what names stand after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.pronunciation.cedict import cedict_reading
from reader.pronunciation.given_names import COMMON_SURNAMES, NO_BEGINNING, SPEAKS
from reader.pronunciation.segment import cut_words, is_known_word, tagged_words
from reader.script.names import (
    ADDRESS,
    BEFORE_NAME,
    NO_NAME,
    SURNAME_SAID,
    TITLE,
    given_name_score,
    is_given_name,
)

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
    "曲": "qu1",
}
"""By the dictionary of 教育部 (葛 and 蓋 ㄍㄜˇ, 華 ㄏㄨㄚˋ, 燕 ㄧㄢ)."""

_NAMED = frozenset("曾任單查仇解燕葛樂朴紀應蓋繆華翟冼賁逄")
"""Those that a given name alone tells; the others ask for 姓 or a form of address."""
_NEVER_ADDRESSED = frozenset("那車區曲")
"""那先生, 車主任, 歌曲主任: more often not a name."""
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
_NOT_AFTER = {
    "華": "納為碩航視府爾盛南語人裔僑山夏邦亞固郵銀紙南票銳擎經晶立通榮城宏義通電映新泰",
    "葛": "鬱根粉藤",
    "樂": "天生園山活高透智學齡",
    "查": "私無警獲緝辦驗扣德哈爾理克某知拉",
    "單": "場季月日週周次程價筆辦買賣",
    "曾": "揭",
    "燕": "巢",
    "蓋": "伯茲瑞爾",
}
"""Second characters of firms, places and words that begin with a surname's character (華納)."""


def surname_reading(text: str, at: int, lengths: Sequence[int]) -> str | None:
    """The reading of the character at `at` as a surname; None where it is none."""
    character = text[at]
    reading = SURNAMES.get(character)
    if reading is None:
        return None
    before, after = text[:at], text[at + 1 :]
    if character == "應" and _AT_REQUEST.search(after[:10]):
        return None
    if SURNAME_SAID.match(after) or before.endswith("姓"):
        return reading
    titled = TITLE.search(before) is not None
    held = _inside_word(at, lengths, text) and not _titled(character, before, after)
    if held or _stands_in_phrase(character, before, after, titled=titled):
        return None
    if after.startswith("嫌"):
        return reading
    if not titled and _cuts_next(after):
        return None
    return reading if _is_name(character, before, after, titled=titled) else None


def _stands_in_phrase(character: str, before: str, after: str, *, titled: bool) -> bool:
    """Whether what stands beside a character tells that it is no surname (檢查, 華納)."""
    if titled:
        return False
    if before and before[-1] in _NOT_BEFORE.get(character, ""):
        return True
    if after and after[0] in _NOT_AFTER.get(character, ""):
        return True
    return (
        character == "華"
        and before[-1:] in COMMON_SURNAMES
        and TITLE.search(before[:-1]) is not None
    )


def _is_name(character: str, before: str, after: str, *, titled: bool) -> bool:
    """Whether a form of address or a given name follows a character that may be a surname."""
    if character in _NAMED and _PARTY.match(after):
        return True
    if character != "曾" and not BEFORE_NAME.search(before):
        return False
    if character not in _NAMED:
        named = character == "區" and is_given_name(after[:2], at_least=_VERY_LIKELY)
        return named or _is_addressed(character, after)
    if character != "曾" and after[1:2] and after[1] in _FOREIGN_ENDS:
        return False
    if character == "單" and after.startswith("子") and not titled:
        return False
    if ADDRESS.match(after) and not (character == "仇" and after[0] in "男女父母"):
        return True
    return _has_given_name(character, before, after, titled=titled)


def _has_given_name(character: str, before: str, after: str, *, titled: bool) -> bool:
    if character == "曾" and is_given_name(after[:2]) and _PLAYS.match(after[2:]):
        return True
    if character == "華" and not titled and SPEAKS.match(after[2:]) is None:
        return is_given_name(after[:2], at_least=_VERY_LIKELY)
    if BEFORE_NAME.search(before) is None:
        sure = character == "曾" and not _is_word(after[:2])
        return sure and is_given_name(after[:2], at_least=_VERY_LIKELY)
    if is_given_name(after[:2], is_word=_is_word(after[:2])) or _begins_with_no_word(after):
        return True
    if titled and character == "曾" and is_given_name(after[:2]) and SPEAKS.match(after[2:]):
        return True
    if character != "曾" and ADDRESS.match(after[2:]) and is_given_name(after[:2]):
        return True
    return titled and _follows_title(character, after)


def _cuts_next(after: str) -> bool:
    """Whether a given name of two characters would cut a verb of saying: 華建|強調."""
    return SPEAKS.match(after[1:]) is not None


_AT_REQUEST = re.compile("要求|邀|之[約請聘託]|號召")
"""What follows 應 where it is no surname: 應德方要求."""


_PARTY = re.compile("[男女嫌婦翁](?![子性生士人孩童方女男兒高雙單友主])|先生|小姐|女士|太太")
"""What a person is called by a surname: 單男, 查女 (courts), 單先生."""
_PLAYS = re.compile("先發|主投|登板|後援|中繼|開轟|敲出|擊出|摘金|摘銀|奪金|奪牌|出戰|領軍")
"""What players do, whose names stand without a title: 曾仁和先發."""
_FOREIGN_ENDS = frozenset("夫斯爾克茲姆普")
"""Second characters of what is no given name but the rest of a foreign one: 查瑞夫."""


def _follows_title(character: str, after: str) -> bool:
    """Whether what stands after a title and a surname may be a given name, though an odd one:
    投手曾仁和, 醫師葛大維."""
    if character in _SELDOM_A_WORD and after[:1] not in NO_BEGINNING:
        return given_name_score(after[:2]) >= 0
    word, tag = tagged_words(after[:6])[0] if len(after) > 1 else ("", "")
    return len(word) == _GIVEN and tag in _NAME_TAGS and given_name_score(after[0] + "某") > 0


_GIVEN = 2
_NAME_TAGS = frozenset(("nr", "ns", "nz", "nrt", "nrfg", "x"))


def _titled(character: str, before: str, after: str) -> bool:
    """Whether a title and a likely given name stand around a character (教授華文彬, 律師仇家豪)."""
    if (
        character not in _SELDOM_A_WORD | {"任"}
        or TITLE.search(before) is None
        or after[1:2] in "的地得了"
    ):
        return False
    return is_given_name(after[:2], at_least=_VERY_LIKELY)


_SELDOM_A_WORD = frozenset("單仇燕繆華葛翟冼賁逄朴")
"""Those that a title before and a passable given name tell, though it be a word (華明德)."""
_VERY_LIKELY = 4.0


def _is_addressed(character: str, after: str) -> bool:
    """Whether 先生, 小姐 … follow: what is said of persons only, for 區 and 那 (區先生)."""
    said = ADDRESS.match(after)
    return said is not None and (character not in _NEVER_ADDRESSED or said[0] in _PERSONAL)


_PERSONAL = ("先生", "小姐", "女士", "太太")


_NOT_UNLIKELY = -1.5


def _begins_with_no_word(text: str) -> bool:
    """Whether what follows begins with two characters or three that no dictionary knows."""
    first = cut_words(text[:4])[0] if len(text) > 1 else ""
    if not 1 < len(first) < 4 or first[0] in NO_NAME or first[-1] in "過了著得到出":
        return False
    return not is_known_word(first) and is_given_name(first[:2], at_least=_NOT_UNLIKELY)


def _is_word(text: str) -> bool:
    return bool(text) and cedict_reading(text) is not None


def _inside_word(at: int, lengths: Sequence[int], text: str) -> bool:
    """Whether the character belongs to a listed word (任何, 單一, 檢查)."""
    start = 0
    for length in lengths:
        if start <= at < start + length:
            word, inside = text[start : start + length], at - start
            spans = ((a, b) for a in range(inside + 1) for b in range(inside + 1, length + 1))
            return any(b - a > 1 and cedict_reading(word[a:b]) is not None for a, b in spans)
        start += length
    return False
