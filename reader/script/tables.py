"""The data files that stand beside this module."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """A data file that stands beside this module."""
    return tomllib.loads(files("reader.script").joinpath(name).read_text("utf-8"))


def longest_first(words: list[str]) -> str:
    """Words as one alternation of a regular expression; the longer is tried first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
