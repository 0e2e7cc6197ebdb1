"""What the class and id of an element say of it: a caption, or furniture of the page."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Meaning = Literal["caption", "furniture", "sure"]
_NAMES_CHARS = 400
_NAME_CHARS = 60
"""Longer names are made by machines and say nothing."""


@dataclass(frozen=True, slots=True)
class _Words:
    words: frozenset[str]
    prefixes: tuple[str, ...]
    phrases: tuple[str, ...]

    def found_in(self, name: str) -> bool:
        parts = name.split("-")
        return any(part in self.words or part.startswith(self.prefixes) for part in parts) or any(
            phrase in name for phrase in self.phrases
        )


def names_tell(names: str, meaning: Meaning) -> bool:
    """Whether one of the names, parted by spaces, has this meaning; "furniture" includes "sure"."""
    return any(_tells(name, meaning) for name in names[:_NAMES_CHARS].split())


@lru_cache(maxsize=8192)
def _tells(name: str, meaning: Meaning) -> bool:
    if len(name) > _NAME_CHARS:
        return False
    hyphened = re.sub(r"(?<=[a-z])(?=[A-Z])|_+|-+", "-", name).lower().replace("--", "-")
    if meaning == "furniture" and _table()["sure"].found_in(hyphened):
        return True
    return _table()[meaning].found_in(hyphened)


@cache
def _table() -> dict[str, _Words]:
    table = tomllib.loads(files("reader.article").joinpath("class_names.toml").read_text("utf-8"))
    return {
        meaning: _Words(
            frozenset(entry["words"]), tuple(entry["prefixes"]), tuple(entry["phrases"])
        )
        for meaning, entry in table.items()
    }
