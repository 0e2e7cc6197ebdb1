"""Bylines on lines of their own, datelines at the head of a text, sign-offs at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.article.lines import ends_sentence

_BRACKETED_HEAD = re.compile(
    r"^\s*([（(〔﹝\[【［][^（()）〔〕\[\]【】［］。！？]{2,48}[）)〕﹞\]】］])\s*"
)
_DATELINE_WORDS = re.compile(
    r"記者|记者|編譯|编译|特派員|特派员|通訊員|报道|報道|報導|外電|外电|電訊|訊$|讯$|電$|电$"
    r"|^[^，。、]{0,14}(?:新聞|新聞網|新聞雲|新聞中心|電子報|日報|時報|週刊|周刊|通訊社|newtalk|Newtalk|中央社)$"
)
_OPENING_AGENCY = re.compile(
    r"^((?:新华社|新華社|中新网|中新網|中新社|人民网|央视网|中央社|法新社|路透社?|美聯社|中通社|國際日報|本報訊|本报讯)"
    r"[^，。；：（）]{0,24}?\d{1,2}[日號]?(?:電|电|讯|訊)(?:[（(](?:记者|記者)[^（()）]{2,24}[）)])?)\s*[:：]?\s*"
)
_SIGN_OFF = re.compile(
    r"\s*([（(〔\[](?:[^（()）。]{0,16}(?:評論員|评论员|記者|记者|編輯|编辑|責編|责编|編譯|编译|譯者)[^（()）。]{0,34}"
    r"|[^（()）。，]{2,20}[／/][^（()）。，]{2,16}(?:報導|报道|報道|編譯|整理)"
    r"|(?:中央社|中時新聞網|中时新闻网|旺報|工商時報|綜合外電|本報綜合報導|央廣|中廣新聞網|民視新聞網|公視新聞網)[^（()）。]{0,12})[）)〕\]]\s*\d{0,8})\s*$"
)
_SIGN_OFF_CHARS = 80
_EDITOR = re.compile(r"編輯|编辑|責編|责编|核稿|審稿|校對|校对|監製|主編|譯者")
_BYLINE_CHARS = 100
# The surnames of nine in ten people in Taiwan, and those frequent elsewhere.
_SURNAMES = (
    "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊江呂何羅高蕭潘朱簡鍾彭游詹胡施沈余趙盧梁顏柯孫魏翁戴范宋方鄧"
    "杜侯傅曹溫薛丁馬唐卓蔣藍石馮董紀連古姚湯程田姜汪白尤涂鄒巫歐康龔嚴韓袁尹黎夏阮童葛陸倪金申甄俞卞郝鄔賀應柳殷喬牛龍萬雷鐘裴岳易路孔毛邵伍"
    "陈黄张吴刘杨许郑谢赖叶苏庄吕罗萧简钟赵卢颜孙邓冯纪连汤龚严韩"
)
_HOUSE = (
    r"(?:聯合報|經濟日報|世界日報|中央社|自由時報|新頭殼|本報|本刊|本台|數位|特約|實習"
    r"|駐[^\s，。／/]{1,5})?\s*"
)
_REPORTER = rf"{_HOUSE}(?:責任)?(?:記者|记者|編譯|编译|特派員|特派记者|主筆)"
_WRITER = r"(?:撰稿人?|撰文者?|採訪撰文|採訪|采访|采写|作者|文字|文|圖文|撰稿編輯|採訪編輯)"
_REST = (
    r"(?:[、，,\s]\s*[^\s，。：、]{2,4}){0,3}\s*[／/｜|]?\s*[^\s，。]{0,10}"
    r"(?:報導|报道|報道|整理|編譯|撰|攝影|專訪|外電|電)?[〕）)\]】]?$"
)
_BYLINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^[〔（(\[【]?{_REPORTER}\s*[{_SURNAMES}][^\s，。：、]{{1,11}}{_REST}",
        rf"^[〔（(\[【]?(?:{_REPORTER}|{_WRITER})(?:\s*[：:／/｜|︱]\s*|[\s　]+)"
        rf"[^\s，。：、]{{2,12}}{_REST}",
        r"^[〔（(\[【]?[^\s，。：／/｜|]{2,12}\s*[／/｜|]\s*[^，。：]{2,20}(?:報導|报道|報道|編譯|整理|電|專訪)[〕）)\]】]?$",
        rf"^.{{1,14}}[\s　](?:記者|编译|編譯|特派員)[：:\s　]*[{_SURNAMES}][^\s，。：]{{1,3}}"
        r"(?:[、，,\s][^\s，。]{2,4}){0,2}"
        r"\s*[／/]?\s*[^\s，。：]{0,10}(?:報導|報道|编译|電|外電|專訪)?$",
        r"^(?:[^\s，。：]{2,6}中心|[^\s，。：]{2,8}(?:新聞網|電子報|新聞雲|即時新聞|快訊))\s*[／/｜|]\s*[^，。：]{2,22}$",
        r"^[^\s，。：|]{2,12}\s*[|｜]\s*[^\s，。：]{2,4}\s*[^\s，。：]{2,6}報導$",
        r"^[^，。：]{2,16}[^\s，。：]\s*[／/]\s*[^\s，。：／/]{2,10}報導$",
        r"^[^\s，。：]{2,6}(?:時報|日報|晚報|週刊|周刊|新聞網|通訊社|電子報)\s+[^\s，。：]{2,4}$",
        r"^(?:By|BY|by)\s+\S.{1,40}$",
        r"^作者\s*[A-Za-z]\w{1,13}\s*[(（][^()（）]{0,20}[)）]",
    )
)
_NAME = re.compile(
    rf"^[{_SURNAMES}][一-鿿]{{1,2}}(?:（[A-Za-z .'\-]{{2,40}}）)?"
    rf"(?:[、\s]+[{_SURNAMES}][一-鿿]{{1,2}}){{0,3}}$"
)
_MONTH = (
    r"(?:[一二三四五六七八九十]{1,3}月|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_FOREIGN_TIME = re.compile(
    rf"(?:Posted|Published|Updated)\s*on\s*|{_MONTH}\s*\d{{1,2}}(?:st|nd|rd|th)?\s*,\s*(?:19|20)\d\d"
    rf"|\d{{1,2}}\s*{_MONTH}\s*,?\s*(?:19|20)\d\d|\d{{1,2}}月\d{{1,2}}日\s*,\s*(?:19|20)\d\d"
)
_COUNTER = re.compile(
    r"(?:點閱|瀏覽|觀看|人氣|閱讀|阅读|评论|評論|讚|字級|字体|字體|字号|字型)\s*(?:數|次數)?\s*[：:]?\s*(?:[\d,]+\s*(?:次|人)?|字|[大中小]|A[-+]?)*"
    r"(?:\s+(?:字|[大中小]|A[-+]?))*\s*$"
)
_ROLE = re.compile(
    r"^(?:文字?|撰文者?|撰稿人?|作者|By|BY|by|Author)(?:\s*[：:／/｜|︱，,]\s*|[\s\u3000]+)|^作者(?=[A-Za-z])"
)
_OTHER_ROLES = re.compile(
    r"[\s\u3000、．．/／]+(?:攝影|摄影|設計|製圖|責任編輯|编辑|編輯|影音|核稿|圖片|圖)\s*[：:／/｜|︱].*$"
)
_AGENCY_REPORTERS = re.compile(r"[（(]((?:记者|記者)[^（()）]{2,24})[）)]?$")
_DATELINE_ONLY = re.compile(
    r"\d{1,2}[日號]?\s*(?:綜合|综合)?(?:外電|外电)?(?:專|专)?(?:電|电|讯|訊|報導|报道|報道)$"
)
_NOBODY = re.compile(
    r"^(?:[\d\s.,:/\-]*|(?:綜合|综合|外電|編輯|编辑|責任編輯|記者|本報|網路|转载|轉載)"
    r"(?:報導|报导|报道|報道|整理|編譯|部|訊)?"
    r"|(?:撰文者?|撰稿人?|作者|記者|编辑|編輯|文|圖|文字|攝影|By|Author)"
    r"|admin|root|editor|none|null|undefined|N/A)$"
)
_TIME = re.compile(
    r"(?:發布|更新|發稿|上稿)?(?:時間)?\s*[：:]?\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
    r"\s*(?:[（(]?(?:週|周|星期)[一二三四五六日天][）)]?)?\s*(?:上午|下午|AM|PM)?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)


_EDGES = " \u3000|｜·•-–—\t：:,，"


@dataclass(frozen=True, slots=True)
class Opening:
    """The head of a paragraph, cut into the dateline and what follows it."""

    dateline: str
    text: str


def split_dateline(text: str) -> Opening:
    """`（中央社記者王小明台北19日電）台北市…` as its dateline and its text; no dateline: ""."""
    bracket = _BRACKETED_HEAD.match(text)
    if bracket and _DATELINE_WORDS.search(bracket.group(1)[1:-1]):
        return Opening(bracket.group(1), text[bracket.end() :])
    agency = _OPENING_AGENCY.match(text)
    if agency and len(text) - agency.end() > 8:
        return Opening(agency.group(1), text[agency.end() :])
    return Opening("", text)


def split_sign_off(text: str) -> tuple[str, str]:
    """`…釐清死因。（王煌忠／台中報導）` as its text and its sign-off, or the text and ""."""
    start = max(0, len(text) - _SIGN_OFF_CHARS)
    found = _SIGN_OFF.search(text, start)
    if not found or not ends_sentence(text[: found.start()]):
        return text, ""
    return text[: found.start()].rstrip(), found.group(1)


def is_byline(line: str) -> bool:
    """Whether a line of its own only says who wrote or reported."""
    if len(line) > _BYLINE_CHARS:
        return False
    bare = without_time(line)
    if not 3 <= len(bare) <= 44 or re.search(r"[。！？，]$", bare):
        return False
    if re.search(r"攝$|攝影$|翻攝|提供$|^(?:圖|攝影|照片)", bare):
        return False
    return any(pattern.match(bare) for pattern in _BYLINES)


def is_name(line: str) -> bool:
    """Whether a line is one to four Chinese names and nothing else."""
    return bool(_NAME.match(line))


def names_nobody(name: str) -> bool:
    """Whether what stands for an author is a number, a dateline or a house's phrase."""
    if not re.search(r"[A-Za-z\u4e00-\u9fff]{2}", name) or _NOBODY.match(name):
        return True
    has_reporter = re.search(r"記者|记者|特派員|特派员|編譯|编译", name)
    return bool(_DATELINE_ONLY.search(name)) and not has_reporter


def clean_byline(line: str) -> str:
    """A byline without its time, counters and the word for its role: 文／林某某 is 林某某.

    "" where nothing is left of it but a date or a place.
    """
    bare = _COUNTER.sub("", without_time(line)).strip(_EDGES)
    bare = _OTHER_ROLES.sub("", _ROLE.sub("", bare)).strip(_EDGES)
    return "" if names_nobody(bare) else bare


def is_dated_name(line: str) -> bool:
    """Whether a line is a time and names, and nothing else."""
    bare = without_time(line)
    return bare != line.strip() and is_name(bare)


def without_time(line: str) -> str:
    """A byline without the time of publication and the separators around it."""
    return _FOREIGN_TIME.sub(" ", _TIME.sub(" ", line)).strip(_EDGES)


def reporter_of(sign_off: str) -> str:
    """The sign-off as a byline, "" where it names editors: they did not write the text."""
    return "" if _EDITOR.search(sign_off) else clean_byline(plain_byline(sign_off))


def reporter_in(dateline: str) -> str:
    """The byline that a dateline holds, "" where it names a place and a day only."""
    reporters = _AGENCY_REPORTERS.search(dateline)
    if reporters:
        return reporters.group(1)
    plain = plain_byline(dateline)
    return "" if names_nobody(plain) else plain


def plain_byline(text: str) -> str:
    """A byline without the brackets around it."""
    return text.strip(" \u3000（）()〔〕﹝﹞[]【】［］")
