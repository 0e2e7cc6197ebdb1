"""What joins Han words without being said: hyphens of names and of routes, dots of titles."""

from __future__ import annotations

import re

from reader.script.characters import HAN

_SOUNDS = (
    "阿埃艾安昂奧巴拜班邦保貝本比彼畢別賓波伯博卜布查達代戴丹德登迪蒂丁東杜多厄恩爾法范菲費芬佛夫弗福富蓋甘岡高戈哥格葛根古哈"
    "海漢豪赫亨洪侯胡華霍基吉加賈傑金喀卡凱坎康考柯科可克肯庫奎昆拉萊賴蘭朗勞勒雷黎李里理利莉麗列林琳留龍隆盧魯路倫羅洛馬麥曼梅門"
    "蒙米密妮娜奈明摩莫瑪姆穆拿納乃南內尼涅寧諾努歐帕潘龐培佩彭皮平普奇恰喬瓊瑞薩塞森沙莎山尚舍申史士斯司蘇索塔泰坦湯特提廷圖托陀瓦萬"
    "威韋維溫文沃烏吳伍西希席夏香肖蕭謝辛修許遜雅亞揚耶葉伊因尹英尤約贊澤扎詹珍芝茲祖佐頓斐桑強敏蕾珊魁喬芙茉黛蓓薇嘉迦倪詩泰森"
)
"""Characters that foreign names are written with."""
_OFFICE = (
    "(?:(?<=[員長統理相席手將帥授師王后星使])|(?<=博士)|(?<=作家)|(?<=專家)|(?<=導演)|(?<=演員))"
)
_HYPHEN_OF_NAME = re.compile(
    rf"{_OFFICE}([{_SOUNDS}]{{2,5}})[-－]([{_SOUNDS}]{{2,5}})(?![{_SOUNDS}])"
)
"""卡里奧-梅蘭 after what says who it is: one person, without the pause of two."""
_NAMES = rf"(?<!-)([{_SOUNDS}]{{2,5}})-([{_SOUNDS}]{{2,5}})(?![{_SOUNDS}-])"
_SURNAMES = re.compile(_NAMES)
_PLACE = re.compile(
    r"(?:[蘭亞]|巴西|伊朗|馬利|尼泊爾|古巴|蘇丹|貝南|巴林|約旦|阿曼|加拿大|倫敦|巴黎|羅馬|馬德里|柏林|首爾"
    r"|慕尼黑|巴塞隆納|山東|吉林|海南|西安|西南|東南|西海|東海|雲林|哈馬斯|烏克蘭|布拉格|加薩|特斯拉)$"
)
_ROUTE = re.compile(
    r"路段|交流道|系統交流|[南北][下上向]|[東西][行向]|車票|列車|航線|航班|高鐵|台鐵|臺鐵|鐵路|直達車|班機"
    r"|往返|國道|區間|國[一二三四五六八十]|快速道路|客運|區間車|對開|接駁|車程|直航|長途|座位|來回票"
    r"|台[一二三四五六七八九十]{1,3}線|[線縱貫]段|單程"
)
"""What tells that a hyphen leads from one place to another."""
_NO_PLACE = (
    "台鐵|臺鐵|高鐵|捷運|公車|客運|圖片|影片|照片|畫面|來源|記者|翻攝|資料|報導"
    "|中央社|交通部|公司|國道"
)
_FROM_TO = re.compile(
    rf"(?<=[{HAN}]{{2}})(?<![線長員席任零一二三四五六七八九十百千萬兩])(?<![零一二三四五六七八九十][日月年號])"
    + "".join(f"(?<!{word})" for word in _NO_PLACE.split("|"))
    + rf"-(?=[{HAN}]{{2}})(?!{_NO_PLACE}|[{HAN}]{{1,6}}國際機場|[零一二三四五六七八九十百千萬兩])"
)
_LINKED_BEFORE = re.compile(rf"-[{HAN}]{{2,6}}$")
_LINKED_AFTER = re.compile(rf"[{HAN}]{{2,6}}-[{HAN}]")
_DOT = re.compile(rf"(?<=[{HAN}])·(?=[{HAN}])")
_BEFORE = re.compile(rf"[{HAN}]{{2,3}}$")
_AFTER = re.compile(rf"[{HAN}]{{2,3}}")
_FOREIGN_AT_LEAST = 0.55
"""Share of the sounds of foreign names, of the pieces on both sides, that makes a name."""
_TITLE = 16
"""So many characters a title has on each side of its dot, at most."""
_OPENED = re.compile("[「『《〈][^「『《〈」』》〉。！？]*$")
_CLOSED = re.compile("[^「『《〈」』》〉。！？]*[」』》〉]")
_LOOK = 200
"""So far back an opening quote is looked for: what is longer is no title."""


def link(text: str) -> str:
    """卡里奧-梅蘭 is one person, 台北-台東 of a train from one to the other, and the dot of
    「音樂盒·野餐」 a pause."""
    if "-" in text:
        text = _HYPHEN_OF_NAME.sub(r"\1\2", text)
        text = _SURNAMES.sub(_one_person, text)
        text = _routes(text)
    return _DOT.sub(_dot, text) if "·" in text else text


def _routes(text: str) -> str:
    """In a sentence of roads, trains or flights; what is quoted is a name."""
    if "-" not in text or _ROUTE.search(text) is None:
        return text
    return _FROM_TO.sub(lambda match: "-" if _quoted(match) or _in_chain(match) else "到", text)


def _in_chain(match: re.Match[str]) -> bool:
    """Whether more than two places follow each other: stops on the way, each with a pause."""
    before = match.string[max(0, match.start() - 7) : match.start()]
    return bool(_LINKED_BEFORE.search(before) or _LINKED_AFTER.match(match.string, match.end()))


def _quoted(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - _LOOK) : match.start()]
    return sum((c in "「『《〈【") - (c in "」』》〉】") for c in before) > 0


def _one_person(match: re.Match[str]) -> str:
    if _PLACE.search(match[1]) or _PLACE.search(match[2]):
        return match.group()
    return match[1] + match[2]


def _dot(match: re.Match[str]) -> str:
    """A pause in a title whose pieces are no foreign names; nothing in a name."""
    left = _BEFORE.search(match.string[max(0, match.start() - 3) : match.start()])
    right = _AFTER.match(match.string[match.end() : match.end() + 3])
    if left is None or right is None or not _in_title(match):
        return "·"
    shares = _foreign(left.group()), _foreign(right.group())
    return "·" if max(shares) == 1 or sum(shares) / 2 >= _FOREIGN_AT_LEAST else "、"


def _in_title(match: re.Match[str]) -> bool:
    """Whether the quotes around are a title's, not those of somebody's words."""
    before = match.string[max(0, match.start() - _TITLE) : match.start()]
    after = match.string[match.end() : match.end() + _TITLE]
    return bool(_OPENED.search(before) and _CLOSED.match(after))


def _foreign(piece: str) -> float:
    return sum(c in _SOUNDS for c in piece) / len(piece)
