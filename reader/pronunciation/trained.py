"""Readings of the commonest polyphones by a classifier: logistic regression over hashed features.

What it sees is the words, parts of speech and characters around the polyphone in its run of Han
characters. `data/readings.npz` holds, for each character, one weight (int8) a feature and
reading; `bench/polyphones/train.py` makes it and states what it was trained on. It abstains where
its probability is under the character's threshold.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from reader.pronunciation.segment import tagged_words

SIZE = 32768
"""Weights of a reading; features share one where their hashes fall together."""
_WINDOW = 4
_TRUST = 1.5
APART = frozenset("為還得將應")
"""Characters that are mostly words by themselves, whatever the segmenter joins them to."""
_BEGIN, _END = "^", "$"
_NUMERALS = frozenset("〇零一二三四五六七八九十百千萬億兆兩幾半數多")
_Tagged = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Classifier:
    """The weights of one character."""

    readings: tuple[str, ...]
    weights: NDArray[np.int8]
    """[readings, SIZE], to be multiplied by `scale`."""
    scale: float
    bias: NDArray[np.float32]
    threshold: float
    """The least probability that counts where the rules only guess."""
    firm_threshold: float
    """The same where a line of a table decides."""

    def probabilities(self, features: dict[int, float]) -> NDArray[np.float32]:
        """One a reading; they add up to 1."""
        seen = self.weights[:, list(features)].astype(np.float32)
        logits = seen @ np.array(list(features.values()), np.float32) * self.scale + self.bias
        likely = np.exp(logits - logits.max())
        shares: NDArray[np.float32] = likely / likely.sum()
        return shares


def _class(character: str) -> str:
    return "#" if character in _NUMERALS else character


def _around(text: str, at: int) -> Iterator[str]:
    """Characters by their place, and pairs and triples of them."""
    edged = _BEGIN * 3 + "".join(map(_class, text)) + _END * 3
    here = at + 3
    for place in range(-3, 4):
        yield f"c{place}{edged[here + place]}"
    for start, end in ((-2, 0), (-1, 0), (1, 3), (1, 4), (-3, 0), (-1, 2), (0, 3), (-2, 1)):
        yield f"s{start},{end}{edged[here + start : here + end]}"
    yield f"b{edged[here - 1]}{edged[here + 1]}"


def _place(words: _Tagged, at: int) -> tuple[int, int]:
    """The number of the word that holds the character at `at`, and where it begins."""
    start = 0
    for number, (word, _) in enumerate(words):
        if at < start + len(word):
            return number, start
        start += len(word)
    raise IndexError(at)


def _side(words: _Tagged, side: str) -> Iterator[str]:
    """The words beside the character, the nearest first."""
    for place in range(_WINDOW):
        word, tag = words[place] if place < len(words) else (_END, _END)
        word = "#" if tag == "m" else word
        yield f"{side}w{min(place, 2)}{word}"
        yield f"{side}t{place}{tag}"
        yield f"{side}e{place}{word[-1]}"
        yield f"{side}l{place}{tag[0]}{min(len(word), 3)}"
    tags = [tag for _, tag in words[:3]]
    yield f"{side}2{'/'.join(tags[:2])}"
    yield f"{side}3{'/'.join(tags)}"


def _sentence(before: _Tagged, after: _Tagged) -> Iterator[str]:
    """What the rest of the clause has: deeds, 的, how it ends."""
    last_de = max((i for i, (word, _) in enumerate(after) if word == "的"), default=-1)
    deeds = [(i, word) for i, (word, tag) in enumerate(after) if tag[0] == "v"]
    for place, word in deeds:
        yield f"deed{word}"
        yield f"deede{word[-1]}"
        if place > last_de:
            yield f"own{word}"
    yield f"deeds{min(len(deeds), 3)}"
    yield f"after{min(sum(place > max(last_de, 0) for place, _ in deeds), 2)}"
    yield f"de{last_de >= 0}{bool(deeds) and deeds[0][0] < last_de}"
    word, tag = after[-1] if after else (_END, _END)
    yield f"last{word}"
    yield f"lastt{tag}{last_de >= 0}"
    yield f"laste{word[-1]}"
    yield f"rest{min(len(after), 6)}"
    yield f"start{min(len(before), 3)}"
    for word, _ in after[:8]:
        yield f"has{word}"
        yield from (f"hasc{character}" for character in word)
    for word, _ in before[:5]:
        yield f"had{word}"


def feature_names(text: str, at: int) -> Iterator[str]:
    """What is true of the character at `at` of `text`, a run of Han characters."""
    words = _tagged_around(text, at)
    number, start = _place(words, at)
    word, tag = words[number]
    inside = at - start
    left, right = word[:inside], word[inside + 1 :]
    before = ([(left, "part")] if left else []) + list(words[:number])[::-1]
    after = ([(right, "part")] if right else []) + list(words[number + 1 :])
    yield f"own{word}"
    yield f"tag{tag}{inside}{len(word)}"
    yield f"pair{before[0][1] if before else _BEGIN}/{after[0][1] if after else _END}"
    yield f"pairw{before[0][0] if before else _BEGIN}/{after[0][1] if after else _END}"
    yield from _around(text, at)
    yield from _side(before, "L")
    yield from _side(after, "R")
    yield from _sentence(before, after)


def _tagged_around(text: str, at: int) -> _Tagged:
    """The words of `text`. A character of `APART` is one by itself: 為主隊, not 為主 and 隊."""
    if text[at] not in APART:
        return _tagged(text)
    before = _tagged(text[:at]) if at else ()
    after = _tagged(text[at + 1 :]) if at + 1 < len(text) else ()
    return (*before, (text[at], "apart"), *after)


@lru_cache(maxsize=8)
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(tagged_words(text))


def hashed_features(text: str, at: int, ruled: str) -> dict[int, float]:
    """The features by their hashes, each added or taken away where its hash says.

    `ruled` is what the rules say and on what ground: the classifier learns how far to trust them.
    """
    found: dict[int, float] = {}
    weighted = [(name, 1.0) for name in sorted(set(feature_names(text, at)))]
    weighted += [(f"rule{ruled}", _TRUST), (f"rule{ruled.split()[-1]}", _TRUST)]
    for name, weight in weighted:
        code = zlib.crc32(name.encode())
        place = code % SIZE
        found[place] = found.get(place, 0) + (weight if code & 0x80000000 else -weight)
    return found


@cache
def classifiers() -> dict[str, Classifier]:
    """The classifiers, read once (about 10 ms)."""
    table = files("reader.pronunciation").joinpath("data/readings.npz")
    with table.open("rb") as file, np.load(file) as stored:
        return {
            character: Classifier(
                tuple(str(stored[f"{character} readings"]).split()),
                stored[f"{character} weights"],
                float(stored[f"{character} scale"]),
                stored[f"{character} bias"],
                *map(float, stored[f"{character} thresholds"]),
            )
            for character in str(stored["characters"])
        }


def is_firm(ruled: str) -> bool:
    """Whether a line of a table decided, not grammar or a guess."""
    return ruled.startswith(("usage", "context"))


def trained_reading(text: str, at: int, ruled: str) -> str | None:
    """The reading of the character at `at`; None where none was learnt or it is too doubtful.

    See `hashed_features` for `ruled`.
    """
    classifier = classifiers().get(text[at])
    if classifier is None:
        return None
    shares = classifier.probabilities(hashed_features(text, at, ruled))
    best = int(shares.argmax())
    threshold = classifier.firm_threshold if is_firm(ruled) else classifier.threshold
    return classifier.readings[best] if shares[best] >= threshold else None
