"""Readings of the commonest polyphones by a classifier: logistic regression over hashed features.

`data/readings.npz` holds, for each character, one weight (int8) a feature and
reading; `bench/polyphones/train.py` makes it and states what it was trained on. 為 has a network
besides (`network.py`), whose log-odds are added. Where the probability is under the character's
threshold, it abstains.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from reader.pronunciation.features import hashed_features, is_firm
from reader.pronunciation.network import READINGS, network

_LEAST = 1e-6
"""No reading is impossible to a classifier."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """The weights of one character."""

    readings: tuple[str, ...]
    weights: NDArray[np.int8]
    """[readings, SIZE or WIDE_SIZE], to be multiplied by `scale`."""
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


def trained_reading(text: str, at: int, ruled: str) -> str | None:
    """The reading of the character at `at`; None where none was learnt or it is too doubtful.

    See `hashed_features` for `ruled`.
    """
    classifier = classifiers().get(text[at])
    if classifier is None:
        return None
    shares = classifier.probabilities(hashed_features(text, at, ruled))
    if text[at] in READINGS:
        told = network().log_odds(text, at, ruled)
        shares = with_network(shares, classifier.readings.index(READINGS[text[at]]), told)
    best = int(shares.argmax())
    threshold = classifier.firm_threshold if is_firm(ruled) else classifier.threshold
    return classifier.readings[best] if shares[best] >= threshold else None


def with_network(shares: NDArray[np.float32], place: int, log_odds: float) -> NDArray[np.float32]:
    """A classifier's probabilities with a network's log-odds of the reading at `place`."""
    logits = np.log(shares + _LEAST)
    logits[place] += log_odds
    likely = np.exp(logits - logits.max())
    both: NDArray[np.float32] = likely / likely.sum()
    return both
