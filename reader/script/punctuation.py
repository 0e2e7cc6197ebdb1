"""Punctuation as a voice takes it: Chinese signs, each once, and nothing else."""

from __future__ import annotations

import re

from reader.script.characters import HAN
from reader.script.links import link
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


def punctuate(text: str) -> str:
    """The text in Chinese punctuation; signs that are not said are gone."""
    text = _LATIN_AND.sub(" and ", text).replace("&", "和")
    text = _quotes(text)
    text = _DOTS.sub("…", _DRAWL.sub("", text))
    text = _STOP.sub("。", text)
    text = link(text)
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
