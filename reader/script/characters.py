"""One form for each character: half width, no invisible or silent ones, plain digits.

Works character by character through one translation table, so that it is linear and knows
no context. Full-width Chinese punctuation is kept: it is ours.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from reader.script.numbers import number
from reader.script.tables import table

LEXICON_MARKS = range(0xE000, 0xF8FF)
"""Private-use characters stand for what the lexicon decided, while the rules run."""

_KEPT = frozenset("，。！？；：、「」『』（）《》〈〉【】〔〕…—·°²³‰±×÷≥≤≠≈∞√→↑↓μΩ")
_FOLD: dict[str, str] = table("signs.toml")["fold"]


def is_han(char: str) -> bool:
    """Whether a character is a Han character (Unicode's unified ideographs, 〇 and 々)."""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x323AF
        or char in "〇々"
    )


HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af〇々\ue000-\uf8ff"
"""Han characters, and the lexicon's marks, for use inside a regular expression's [ ]."""


def fold(text: str) -> str:
    """The text with every character in its plain form; what is never heard is gone."""
    text = _MIXED_FRACTION.sub("又", text.replace("(", "（").replace(")", "）"))
    return _OTHER.sub(lambda match: _plain(match.group()), text)


_MIXED_FRACTION = re.compile("(?<=[0-9])(?=[¼½¾⅐-⅞])")
_OTHER = re.compile(r"[^\x20-\x7e\u4e00-\u9fff，。！？；：、「」『』（）]")


@lru_cache(maxsize=8192)
def _plain(char: str) -> str:
    if char in _FOLD:
        return _FOLD[char]
    if char.isspace():
        return " "
    if char in _KEPT or is_han(char):
        return char
    return _compatible(char)


def _compatible(char: str) -> str:
    """What Unicode says that the character stands for: ① is 1, ㎞ is km, ½ is 1/2."""
    category = unicodedata.category(char)
    folded = unicodedata.normalize("NFKC", char)
    if "\u2460" <= char <= "\u24ff" or "\u2776" <= char <= "\u2793" or "\u3220" <= char <= "\u32b0":
        inner = _fold_enclosed(char, folded)
        if inner:
            return inner
    if "\u2160" <= char <= "\u2188" and (value := unicodedata.numeric(char, None)) is not None:
        return number(str(int(value)))
    if folded != char:
        plain = "".join(c if c.isascii() or is_han(c) else _plain(c) for c in folded)
        return plain.replace("\u2044", "/")
    if category.startswith("L") or category == "Nd" or category == "Nl":
        return _romanise(char)
    return _symbol(char, category)


def _fold_enclosed(char: str, folded: str) -> str:
    """①, ⑴, ⒈, ❶, ㈠, ㊣: what stands in the circle."""
    inner = "".join(c for c in folded if c.isalnum() or is_han(c))
    if inner.isdecimal():
        return number(inner)
    if inner and inner != char:
        return inner
    value = unicodedata.numeric(char, None)
    return number(str(int(value))) if value is not None else ""


def _romanise(char: str) -> str:
    """Letters of other scripts in Latin: é is e, の is no, 안 is an; other digits are ours."""
    value = unicodedata.digit(char, None)
    if value is not None:
        return str(value)
    name = unicodedata.name(char, "").split()
    if name[:1] == ["GREEK"] and "LETTER" in name:
        return name[name.index("LETTER") + 1].lower().replace("lamda", "lambda")
    letters = "".join(c for c in anyascii(char) if c.isalnum() and c.isascii())
    return letters if unicodedata.category(char) == "Lu" else letters.lower()


def _symbol(char: str, category: str) -> str:
    """Currency and mathematics may be said by a rule; all other symbols are silent."""
    if category == "Sc" or char == "%":
        return char
    return " " if category == "Zs" else ""
