"""How alike two articles are: shared shingles of characters, and sketches of them to keep.

A shingle is four characters in a row of what is neither space nor punctuation. A sketch holds the
least of 128 hash functions over all shingles (MinHash, Broder 1997): the share of equal places
estimates the share of equal shingles, with a deviation of 0.05 at most.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

_SHINGLE_CHARS: Final = 4
_PLACES: Final = 128
_PRIME: Final = (1 << 31) - 1
_TITLES_ALIKE: Final = 0.75
_DAY: Final = re.compile(r"(\d{1,2})\s*[月/]\s*(\d{1,2})\s*日?")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Sketch:
    """A sketch of an article's words."""

    digest: str
    """SHA-256 of title and text without spaces and punctuation: equal words, equal digest."""
    places: bytes
    """128 unsigned 32-bit numbers; empty where the text is shorter than a shingle."""

    def likeness(self, other: Sketch) -> float:
        """Estimated share of common shingles, 0 to 1."""
        if self.digest == other.digest:
            return 1.0
        if not self.places or not other.places:
            return 0.0
        ours, theirs = (np.frombuffer(one.places, "<u4") for one in (self, other))
        return float((ours == theirs).mean())

    def to_text(self) -> str:
        """The places, for JSON."""
        return base64.b64encode(self.places).decode()

    @classmethod
    def from_text(cls, digest: str, places: str) -> Sketch:
        """Raises ValueError on what `to_text` did not write."""
        return cls(digest, base64.b64decode(places, validate=True))


NO_WORDS: Final = Sketch("", b"")


def sketch_of(title: str, paragraphs: Iterable[str]) -> Sketch:
    """The sketch of an article."""
    body = _bare("".join(paragraphs))
    words = f"{_bare(title)}\n{body}".encode("utf-8", "replace")
    digest = hashlib.sha256(words).hexdigest()
    hashed = np.fromiter(shingles(body), np.uint64)
    if not len(hashed):
        return Sketch(digest, b"")
    factors, terms = _functions()
    places = np.full(_PLACES, _PRIME, np.uint64)
    for start in range(0, len(hashed), 4096):  # a long text must not take a gigabyte
        part = hashed[start : start + 4096, None] % _PRIME
        places = np.minimum(places, ((part * factors + terms) % _PRIME).min(axis=0))
    return Sketch(digest, places.astype("<u4").tobytes())


def shingles(text: str) -> set[int]:
    """Hashes of the shingles of `text`."""
    bare = _bare(text)
    ends = range(_SHINGLE_CHARS, len(bare) + 1)
    return {zlib.crc32(bare[end - _SHINGLE_CHARS : end].encode("utf-8", "replace")) for end in ends}


def share_contained(one: set[int], other: set[int]) -> float:
    """How much of the smaller set lies in the larger one, 0 to 1."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def are_titles_alike(one: str, other: str) -> bool:
    """Whether a title is the other one, or an edit of it."""
    ours, theirs = _bare(one), _bare(other)
    if not ours or not theirs:
        return False
    return ours == theirs or SequenceMatcher(None, ours, theirs).ratio() >= _TITLES_ALIKE


def are_days_different(one: str, other: str) -> bool:
    """Whether both titles name days, and none of them is the same: 5月4日, 5月5日."""
    ours, theirs = set(_DAY.findall(one)), set(_DAY.findall(other))
    return bool(ours and theirs) and not ours & theirs


def are_numbers_different(one: str, other: str) -> bool:
    """Whether both texts hold numbers, and none in common: bulletins written by a template."""
    ours, theirs = (set(_NUMBER.findall(unicodedata.normalize("NFKC", t))) for t in (one, other))
    return bool(ours and theirs) and not ours & theirs


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


@cache
def _functions() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Factors and terms of the hash functions: the same for ever, since sketches are kept."""
    numbers = np.frombuffer(
        b"".join(hashlib.sha256(f"tingwen {n}".encode()).digest()[:8] for n in range(_PLACES)),
        "<u4",
    ).astype(np.uint64)
    return numbers[::2] % (_PRIME - 1) + 1, numbers[1::2] % _PRIME
