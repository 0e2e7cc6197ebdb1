"""The network that reads 為: a recurrent network (GRU) for the words before it and one for those
behind it, each towards it, and a layer over what they end with, what attention finds among all
they passed, the two words beside it, and what the rules say.

It knows a word by a vector that tells which words stand near it in news, so that it can judge a
word of which it saw no example: 為 before 祈福 as before 追思. `data/network.npz` holds the vectors
(int8) and the weights (float16); `bench/polyphones/network.py` makes it and says how.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.pronunciation.features import Tagged, is_firm, place_of, words_around

N_BEFORE: Final = 8
N_AFTER: Final = 18
"""Words on either side that are looked at; the farther ones are not."""
ATTENTION_SCALE: Final = 8
"""What scores are divided by, to be as gentle as they were when the network learnt."""
_NOTHING, _UNKNOWN = 0, 1
_LONGEST: Final = 4
_TAILS = (2, 1)
"""Of a word that has no vector, so many last characters are looked up."""
_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Numbers of words and of parts of speech."""

    words: Mapping[str, int]
    tags: Mapping[str, int]

    def numbers(self, before: Tagged, after: Tagged) -> NDArray[np.int32]:
        """[3, N_BEFORE + N_AFTER]: words, parts of speech and lengths, the nearest first on
        either side; 0 where there is none."""
        sides = ((before[:N_BEFORE], N_BEFORE), (after[:N_AFTER], N_AFTER))
        slots = [[*side, *[("", "")] * (room - len(side))] for side, room in sides]
        rows = [
            (self._number(word), self.tags.get(tag, _NOTHING), min(len(word), _LONGEST))
            for word, tag in chain(*slots)
        ]
        return np.array(rows, np.int32).T

    def _number(self, word: str) -> int:
        if not word:
            return _NOTHING
        tails = (word[-size:] for size in _TAILS if len(word) > size)
        return next((self.words[w] for w in (word, *tails) if w in self.words), _UNKNOWN)


def words_beside(text: str, at: int) -> tuple[Tagged, Tagged]:
    """The words before the character at `at` and those behind it, the nearest first."""
    words = words_around(text, at)
    number, _ = place_of(words, at)
    return words[:number][::-1], words[number + 1 :]


@dataclass(frozen=True, slots=True)
class Network:
    """The weights for one character."""

    vocabulary: Vocabulary
    weights: Mapping[str, _Floats]

    def log_odds(self, text: str, at: int, ruled: str) -> float:
        """Of the reading in `READINGS`, for the character at `at` in a run of Han.

        `ruled` is what the rules say and on what ground.
        """
        numbers = self.vocabulary.numbers(*words_beside(text, at))
        seen = self._seen(numbers)
        is_there = numbers[0] > _NOTHING
        before = self._passed("before", seen[:N_BEFORE][is_there[:N_BEFORE]])
        after = self._passed("after", seen[N_BEFORE:][is_there[N_BEFORE:]])
        ends = np.concatenate((before[0], after[0]))
        passed = np.concatenate((before[1:], after[1:]))
        rules = np.array([ruled.endswith(READINGS[text[at]]), is_firm(ruled)], np.float32)
        found = (ends, self._attended(passed, ends), seen[N_BEFORE], seen[0], rules)
        weights = self.weights
        hidden = np.maximum(np.concatenate(found) @ weights["hidden"] + weights["hidden bias"], 0)
        return float((hidden @ weights["last"] + weights["last bias"])[0])

    def _seen(self, numbers: NDArray[np.int32]) -> _Floats:
        """[words, n_units]: each word as the layers behind know it."""
        words, tags, lengths = numbers
        weights = self.weights
        parts = (weights["words"][words], weights["tags"][tags], weights["lengths"][lengths])
        seen: _Floats = np.tanh((np.hstack(parts) + weights["places"]) @ weights["entry"])
        return seen

    def _passed(self, side: str, seen: _Floats) -> _Floats:
        """The state after all words of one side, first, and after each, the nearest first."""
        state_weights = self.weights[f"{side} state"]
        n_units = len(state_weights)
        inputs = seen @ self.weights[f"{side} input"] + self.weights[f"{side} bias"]
        states = np.zeros((len(seen) + 1, n_units), np.float32)
        state = states[-1]
        for place in range(len(seen) - 1, -1, -1):
            given, kept = inputs[place], state @ state_weights
            gates = 1 / (1 + np.exp(-(given[: 2 * n_units] + kept[: 2 * n_units])))
            reset, update = gates[:n_units], gates[n_units:]
            fresh = np.tanh(given[2 * n_units :] + reset * kept[2 * n_units :])
            state = (1 - update) * fresh + update * state
            states[place + 1] = state
        states[0] = state
        return states

    def _attended(self, passed: _Floats, ends: _Floats) -> _Floats:
        """The mean of the states that were passed, by how much each has to say to the ends."""
        if not len(passed):
            return np.zeros(passed.shape[1], np.float32)
        scores = passed @ (ends @ self.weights["attention"]) / ATTENTION_SCALE
        shares = np.exp(scores - scores.max())
        mean: _Floats = (shares / shares.sum()) @ passed
        return mean


READINGS: Final = {"為": "wei4"}
"""Characters that have a network, and the one of their two readings whose log-odds it tells."""


def stored(network: Network) -> dict[str, NDArray[np.generic]]:
    """The arrays of the network's file."""
    arrays: dict[str, NDArray[np.generic]] = {
        name: value.astype(np.float16) for name, value in network.weights.items()
    }
    vectors = network.weights["words"]
    scale = float(np.abs(vectors).max()) / 127
    arrays["words"] = np.round(vectors / scale).astype(np.int8)
    arrays["words' scale"] = np.array(scale, np.float32)
    arrays["word list"] = np.array(" ".join(network.vocabulary.words))
    arrays["tag list"] = np.array(" ".join(network.vocabulary.tags))
    return arrays


def vocabulary_of(words: Sequence[str], tags: Sequence[str]) -> Vocabulary:
    """Words are numbered from 2, parts of speech from 1."""
    return Vocabulary(
        {word: number for number, word in enumerate(words, _UNKNOWN + 1)},
        {tag: number for number, tag in enumerate(tags, _NOTHING + 1)},
    )


@cache
def network() -> Network:
    """The network, read once (about 20 ms)."""
    table = files("reader.pronunciation").joinpath("data/network.npz")
    with table.open("rb") as file, np.load(file) as arrays:
        lists = {name: str(arrays[name]).split() for name in ("word list", "tag list")}
        kept = (name for name in arrays.files if arrays[name].dtype in (np.float16, np.int8))
        weights: dict[str, _Floats] = {name: arrays[name].astype(np.float32) for name in kept}
        weights["words"] *= float(arrays["words' scale"])
        vocabulary = vocabulary_of(lists["word list"], lists["tag list"])
        return Network(vocabulary, weights)
