"""Pinyin and 注音 as people write them, to syllables with tone digits."""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from importlib import import_module
from importlib.resources import files

# Loaded when a lexicon has readings: pypinyin's word lists take 0.2 s of processor and 40 MB.
_pypinyin = cache(partial(import_module, "pypinyin"))
_tone_convert = cache(partial(import_module, "pypinyin.contrib.tone_convert"))

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


@lru_cache(maxsize=1)
def _from_zhuyin() -> dict[str, str]:
    bopomofo, convert = _pypinyin().Style.BOPOMOFO, _pypinyin().style.convert
    table = {convert(s, bopomofo, strict=True): s for s in _toneless()}
    return {re.sub("[ˊˇˋ˙ˉ]", "", zhuyin): pinyin for zhuyin, pinyin in table.items()}


def parse_syllables(text: str) -> tuple[str, ...] | None:
    """The syllables that `text` spells, or None where it is neither 注音 nor pinyin.

    'ㄊㄞˊ ㄐㄧ' and 'tai2 ji1', 'tai2ji1', 'tái jī' are ('tai2', 'ji1'). Pinyin without any
    tone is not accepted: it might be an English word. Raises ValueError, with the piece that
    is wrong, where it looks like 注音 or pinyin and holds a syllable that does not exist.
    """
    text = text.strip()
    if re.search("[ㄅ-ㄩ]", text):
        return _parse_zhuyin(text)
    lowered = text.lower().replace("u:", "ü")
    marked = any(char in _MARKED for char in lowered)
    if not marked and not re.fullmatch(r"(?:[a-zü]+[1-5][\s'-]*)+", lowered):
        return None
    return tuple(_pinyin_syllable(piece) for piece in _pieces(lowered))


def _pieces(text: str) -> list[str]:
    return [
        piece for part in re.split(r"[\s'-]+", text) for piece in re.findall(r"[^\d]+\d?", part)
    ]


def _pinyin_syllable(piece: str) -> str:
    toned = (
        piece
        if piece[-1].isdigit()
        else _tone_convert().to_tone3(piece, neutral_tone_with_five=True)
    )
    toned = toned.replace("ü", "v")
    if toned[:1] in "jqxy" and toned[1:2] == "v":
        toned = toned[0] + "u" + toned[2:]
    if toned[:-1] not in _toneless():
        raise ValueError(piece)
    return toned


def _parse_zhuyin(text: str) -> tuple[str, ...]:
    if _ZHUYIN_ONLY.fullmatch(text) is None:
        raise ValueError(re.sub(r"[ㄅ-ㄩˊˇˋ˙ˉ\s'-]", "", text))
    return tuple(_zhuyin_syllable(piece) for piece in _split_zhuyin(text))


def _split_zhuyin(text: str) -> list[str]:
    return [piece for part in re.split(r"[\s'-]+", text) for piece in _ZHUYIN.findall(part)]


def _zhuyin_syllable(piece: str) -> str:
    tone = next((_TONES[char] for char in piece if char in _TONES), "1")
    pinyin = _from_zhuyin().get(re.sub("[ˊˇˋ˙ˉ]", "", piece))
    if pinyin is None:
        raise ValueError(piece)
    return pinyin + tone
