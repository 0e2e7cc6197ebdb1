"""Meanings of an element's class and id names: furniture of the page, captions, hidden text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_NAMES_CHARS = 400
_NAME_CHARS = 60
"""Longer names are made by machines and say nothing."""
_WORD_EDGE = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class NameMeaning:
    """Meaning of class and id names. `furniture` tells how plainly they speak of furniture: 0
    not at all, 1 a hint, 2 plainly; `furniture_name` is the name that does so most; `caption`
    tells the same of captions."""

    furniture: int = 0
    furniture_name: str = ""
    caption: int = 0
    is_picture: bool = False
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    words: frozenset[str]
    phrases: tuple[str, ...]

    def match(self, words: list[str], hyphened: str) -> bool:
        return any(word in self.words for word in words) or self.has_phrase(hyphened)

    def has_phrase(self, hyphened: str) -> bool:
        return any(f"-{phrase}-" in hyphened for phrase in self.phrases)


@lru_cache(maxsize=8192)
def read_names(names: str) -> NameMeaning:
    """The meaning of names parted by spaces; only whole words of a name count."""
    table = _table()
    strength, which, caption = 0, "", 0
    picture = unseen = False
    for name in names[:_NAMES_CHARS].split():
        words = _words_of(name)
        hyphened = f"-{'-'.join(words)}-"
        plainness = _plainness("furniture", words, hyphened)
        if plainness > strength:
            strength, which = plainness, name
        caption = max(caption, _plainness("caption", words, hyphened))
        picture = picture or table["picture"].match(words, hyphened)
        unseen = unseen or table["unseen"].has_phrase(hyphened)
    return NameMeaning(strength, which, caption, picture, unseen)


def _plainness(meaning: str, words: list[str], hyphened: str) -> int:
    """2 where a phrase says it, or all words of the name are known; 1 beside unknown words."""
    table = _table()
    entry, neutral = table[meaning], table["neutral"].words
    if entry.has_phrase(hyphened):
        return 2
    if not any(word in entry.words for word in words):
        return 0
    return 2 if all(word in entry.words or word in neutral for word in words) else 1


def _words_of(name: str) -> list[str]:
    if len(name) > _NAME_CHARS:
        return []
    return [word.lower() for word in _WORD_EDGE.split(name) if word]


@cache
def _table() -> dict[str, _Words]:
    table = tomllib.loads(files("reader.article").joinpath("class_names.toml").read_text("utf-8"))
    return {
        meaning: _Words(frozenset(entry["words"].split()), tuple(entry["phrases"].split()))
        for meaning, entry in table.items()
    }
