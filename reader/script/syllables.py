"""Pinyin and 注音 as people write them, to syllables with tone digits."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from reader.script.zhuyin import pinyin_of_zhuyin

_ZHUYIN = re.compile(r"[˙]?[ㄅ-ㄩ]+[ˊˇˋ˙ˉ]?")
_ZHUYIN_ONLY = re.compile(r"[ㄅ-ㄩˊˇˋ˙ˉ\s'-]+")
_PINYIN = re.compile(r"[a-zü:]+[1-5]?")
_TONES = {"ˉ": "1", "ˊ": "2", "ˇ": "3", "ˋ": "4", "˙": "5"}
_MARKED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"


@lru_cache(maxsize=1)
def homophones() -> dict[str, str]:
    """For each syllable its commonest characters, best first (homophones.tsv)."""
    text = files("reader.script").joinpath("homophones.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=1)
def _toneless() -> frozenset[str]:
    rare = (
        "ei",
        "o",
        "yo",
        "lo",
        "m",
        "n",
        "ng",
        "hm",
        "cei",
        "dia",
        "den",
        "eng",
        "fiao",
        "kei",
        "nou",
        "rua",
        "tei",
    )
    return frozenset(syllable[:-1] for syllable in homophones()) | frozenset(rare)


_LOOK_ALIKES = str.maketrans("一丨│｜|ーㅡ", "ㄧㄧㄧㄧㄧㄧㄧ")
"""What is typed for ㄧ."""


def parse_syllables(text: str) -> tuple[str, ...] | None:
    """The syllables that `text` spells, or None where it is neither 注音 nor pinyin.

    'ㄊㄞˊ ㄐㄧ' and 'tai2 ji1', 'tai2ji1', 'tái jī' are ('tai2', 'ji1'). Pinyin without any
    tone is not accepted: it might be an English word. Raises ValueError, with the piece that
    is wrong, where it looks like 注音 or pinyin and holds a syllable that does not exist.
    """
    text = text.strip()
    if re.search("[ㄅ-ㄩ]", text):
        return _parse_zhuyin(text.translate(_LOOK_ALIKES))
    lowered = text.lower().replace("u:", "ü")
    marked = any(char in _MARKED for char in lowered)
    if not marked and not re.fullmatch(r"(?:[a-zü]+[1-5][\s'-]*)+", lowered):
        return None
    return tuple(_pinyin_syllable(piece) for piece in _pieces(lowered))


def is_toneless_pinyin(text: str, count: int) -> bool:
    """Whether `text` is `count` syllables of pinyin, set apart, without a tone on some."""
    pieces = text.strip().lower().replace("ü", "v").split()
    return len(pieces) == count and all(piece.rstrip("12345") in _toneless() for piece in pieces)


def _pieces(text: str) -> list[str]:
    return [
        piece for part in re.split(r"[\s'-]+", text) for piece in re.findall(r"[^\d]+\d?", part)
    ]


def _pinyin_syllable(piece: str) -> str:
    toned = (piece if piece[-1].isdigit() else _with_digit(piece)).replace("ü", "v")
    if toned[:1] in "jqxy" and toned[1:2] == "v":
        toned = toned[0] + "u" + toned[2:]
    if toned[:-1] not in _toneless():
        raise ValueError(piece)
    return toned


_MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


def _with_digit(piece: str) -> str:
    """'táng' is 'tang2', 'nǚ' is 'nü3', and a syllable without a mark has the neutral tone."""
    apart = unicodedata.normalize("NFD", piece)
    tone = next((_MARKS[char] for char in apart if char in _MARKS), "5")
    plain = "".join(char for char in apart if char not in _MARKS)
    return unicodedata.normalize("NFC", plain) + tone


def _parse_zhuyin(text: str) -> tuple[str, ...]:
    if _ZHUYIN_ONLY.fullmatch(text) is None:
        raise ValueError(re.sub(r"[ㄅ-ㄩˊˇˋ˙ˉ\s'-]", "", text))
    return tuple(_zhuyin_syllable(piece) for piece in _split_zhuyin(text))


def _split_zhuyin(text: str) -> list[str]:
    return [piece for part in re.split(r"[\s'-]+", text) for piece in _ZHUYIN.findall(part)]


def _zhuyin_syllable(piece: str) -> str:
    tone = next((_TONES[char] for char in piece if char in _TONES), "1")
    try:
        base = pinyin_of_zhuyin(re.sub("[ˊˇˋ˙ˉ]", "", piece))[:-1]
    except ValueError:
        raise ValueError(piece) from None
    if base not in _toneless():
        raise ValueError(piece)
    return base + tone
