"""Simplified characters to Traditional ones as Taiwan writes them, by OpenCC; words stay.

支持 stays 支持 and 發布會 發布會, because the reporter said so: only characters are converted, word
by word, so that no phrase of OpenCC's reaches over two words (粉丝|发布 is not 丝发).
Traditional text must not be touched (游錫堃 is not 遊錫堃): a text is converted whole only where
it is written in Simplified characters; in a Traditional one only the characters that exist in
no Traditional text are, by the passage that they stand in.
臺 and 台 are both Taiwan's own and stay as the author wrote them; forms that are not
Taiwan's (裏, 爲, 麪, 着) become Taiwan's (裡, 為, 麵, 著), and 巿, a look-alike, is 市.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import opencc

from reader.script.segmenter import segmenter
from reader.script.tables import table

Config = Literal["s2twp", "s2tw", "s2t", "t2tw", "tw2s", "tw2t", "t2s"]

_VARIANTS = str.maketrans(
    "裏爲麪綫峯羣衞牀粧着説啓卧僞産敎靑衆鷄糉鎭眞黄敍曁强争淸飮净温呑脱滙滞户内别吴没録緑税鋭悦閲顔擧擡鈎凉况冲决凑册吕唤巿",
    "裡為麵線峰群衛床妝著說啟臥偽產教青眾雞粽鎮真黃敘暨強爭清飲淨溫吞脫匯滯戶內別吳沒錄綠稅銳悅閱顏舉抬鉤涼況沖決湊冊呂喚市",
)
"""Hong Kong, Mainland and old print forms, to the standard forms of Taiwan's ministry."""

_AFTER_NUMBER = re.compile(
    r"(?<=[\d十百千万萬亿億])余|(?<=\d)几|(?<=\d[年月日天周週时時分秒]|\d0)后"
)
"""Characters of both scripts which after a number can only be the Simplified 餘, 幾 and 後."""
_IN_TAIWAN = {"余": "餘", "几": "幾", "后": "後"}


@lru_cache(maxsize=8)
def _converter(config: Config) -> opencc.OpenCC:
    return opencc.OpenCC(config)


def convert(text: str, config: Config) -> str:
    """OpenCC's conversion, by the name of its configuration."""
    result: str = _converter(config).convert(text)
    return result


def to_taiwan(text: str, simplified: bool | None = None) -> str:
    """The text in Taiwan's characters and words.

    `simplified` says that the article is known to be in Simplified characters; without it
    the text is judged by its own characters.
    """
    only_simplified, only_traditional = _scripts()
    if only_simplified.search(text):
        if simplified or not only_traditional.search(text):
            text = _keep_tai(_by_words(text))
        else:
            text = _PASSAGE.sub(lambda match: _passage(match.group(), only_simplified), text)
    elif simplified and not only_traditional.search(text):
        text = _keep_tai(_by_words(text))
    text = _AFTER_NUMBER.sub(lambda match: _IN_TAIWAN[match.group()], text)
    return text.translate(_VARIANTS)


_PASSAGE = re.compile(r"[\u4e00-\u9fff]+")
_APART = "\x1f"


def _by_words(text: str) -> str:
    """Every word converted by itself: what OpenCC knows of phrases counts inside words only."""
    converted = convert(_APART.join(segmenter().cut(text)), "s2tw").replace(_APART, "")
    return converted.replace("佈", "布")  # 發布, 公布, 分布: what Taiwan's newspapers write


def _passage(text: str, only_simplified: re.Pattern[str]) -> str:
    """The Simplified characters of a passage of a Traditional text, as their words ask."""
    if only_simplified.search(text) is None:
        return text
    converted = _by_words(text)
    if len(converted) != len(text):
        return only_simplified.sub(lambda match: convert(match.group(), "s2tw"), text)
    return "".join(
        new if only_simplified.match(old) else old for old, new in zip(text, converted, strict=True)
    )


def is_simplified(text: str) -> bool:
    """Whether most of a text's telling characters are Simplified ones."""
    only_simplified, only_traditional = _scripts()
    sample = text[:20_000]
    return len(only_simplified.findall(sample)) > len(only_traditional.findall(sample))


def _keep_tai(text: str) -> str:
    """Simplified 台 is one character; Taiwan's newspapers write 台, too."""
    return text.replace("臺", "台")


@lru_cache(maxsize=1)
def _scripts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the characters that occur in Simplified, and in Traditional, texts only."""
    data = table("scripts.toml")
    return _class(data["simplified"]), _class(data["traditional"])


def _class(rows: list[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(rows)}]")
