"""Punctuation as a voice takes it: Chinese signs, each once, and nothing else."""

from __future__ import annotations

import re

from reader.script.characters import HAN
from reader.script.tables import table

_TO_CHINESE = str.maketrans(table("signs.toml")["spoken"])
_SPOKEN = re.compile(rf"[^{HAN}A-Za-z，。！？；：、「」『』（）—… ]+")
_LATIN_AND = re.compile(r"(?<=[A-Za-z])\s?&\s?(?=[A-Za-z])")
_SPACED_HAN = re.compile(rf"(?<=[{HAN}])[ ]+(?=[{HAN}「『（])|(?<=[」』）])[ ]+(?=[{HAN}「『])")
_STOP = re.compile(r"(?<!\.)\.(?=\s|$|[」』）”])|(?<=[" + HAN + r"」）])\.(?!\.)")
_DOTS = re.compile(r"(?:\.{2,}|。{2,}|…)+")
_HYPHEN = re.compile(rf"(?<=[{HAN}」）])\s*-+\s*(?=[{HAN}「（])|--+")
_REPEATED = re.compile(r"([，。！？；：、—…])(?:\s*\1)+")
_WEAK_THEN_STRONG = re.compile(r"[，、；：\s]+(?=[，。！？；：…（])")
_STRONG_THEN_WEAK = re.compile(r"(?<=[。！？；：，、…「『（])[，、；：。\s]+")
_DRAWL = re.compile(r"~+(?=\s*(?:$|[。！？…」』）]))")
_MIXED = re.compile(r"[！？]{2,}")
_INSIDE_EDGE = re.compile(r"(?<=[「『（])[，、；：。\s]+|[，、；：\s]+(?=[」』）])")
_EMPTY = re.compile(r"「[\s，。]*」|『[\s，。]*』|（[\s，。]*）")
_SPACE_AT_HAN = re.compile(r"(?<![A-Za-z]) +| +(?![A-Za-z])")
_LEADING = re.compile(r"^[\s，、；：。！？…—）」』]+")
_SOUNDS = (
    "阿埃艾安昂奧巴拜班邦保貝本比彼畢別賓波伯博卜布查達代戴丹德登迪蒂丁東杜多厄恩爾法范菲費芬佛夫弗福富蓋甘岡高戈哥格葛根古哈"
    "海漢豪赫亨洪侯胡華霍基吉加賈傑金喀卡凱坎康考柯科可克肯庫奎昆拉萊賴蘭朗勞勒雷黎李里理利莉麗列林琳留龍隆盧魯路倫羅洛馬麥曼梅門"
    "蒙米密妮娜奈明摩莫瑪姆穆拿納乃南內尼涅寧諾努歐帕潘龐培佩彭皮平普奇恰喬瓊瑞薩塞森沙莎山尚舍申史士斯司蘇索塔泰坦湯特提廷圖托陀瓦萬"
    "威韋維溫文沃烏吳伍西希席夏香肖蕭謝辛修許遜雅亞揚耶葉伊因尹英尤約贊澤扎詹珍芝茲祖佐"
)
"""Characters that foreign names are written with."""
_OFFICE = (
    "(?:(?<=[員長統理相席手將帥授師王后星使])|(?<=博士)|(?<=作家)|(?<=專家)|(?<=導演)|(?<=演員))"
)
_HYPHEN_OF_NAME = re.compile(
    rf"{_OFFICE}([{_SOUNDS}]{{2,5}})[-－]([{_SOUNDS}]{{2,5}})(?![{_SOUNDS}])"
)
"""卡里奧-梅蘭 after what says who it is: one person, without the pause of two."""


def punctuate(text: str) -> str:
    """The text in Chinese punctuation; signs that are not said are gone."""
    text = _LATIN_AND.sub(" and ", text).replace("&", "和")
    text = _quotes(text)
    text = _DOTS.sub("…", _DRAWL.sub("", text))
    text = _STOP.sub("。", text)
    text = _HYPHEN_OF_NAME.sub(r"\1\2", text)
    text = _HYPHEN.sub("、", text).replace("-", " ").replace(".", " ")
    text = _SPACED_HAN.sub("，", text)
    text = text.translate(_TO_CHINESE)
    text = _SPOKEN.sub(" ", text)
    return _once(text)


def _quotes(text: str) -> str:
    """Straight quotes open and close by turns."""
    if '"' not in text:
        return text
    out, opening = [], True
    for char in text:
        if char == '"':
            out.append("「" if opening else "」")
            opening = not opening
        else:
            out.append(char)
    return "".join(out)


def _once(text: str) -> str:
    """Each sign once, none at the edges where it cannot be heard. Stable under repetition."""
    for _ in range(8):
        before = text = re.sub(" {2,}", " ", text)
        text = _REPEATED.sub(r"\1", text)
        text = _MIXED.sub(lambda match: "".join(dict.fromkeys(match.group())), text)
        text = _WEAK_THEN_STRONG.sub("", text)
        text = _STRONG_THEN_WEAK.sub("", text)
        text = re.sub(" {2,}", " ", _EMPTY.sub(" ", text))
        text = _INSIDE_EDGE.sub("", text)
        text = _LEADING.sub("", text)
        text = _SPACE_AT_HAN.sub("", text)
        if text == before:
            break
    return text.strip()
