"""Trains the network of `reader/pronunciation/network.py` and says how good it is.

    python -m bench.polyphones.network LABELLED.jsonl … --vectors VECTORS.npz [--write]

Needs `jax`, `optax` and `scikit-learn`; the vectors are those of `word_vectors.py`, and `onward.py`
is to be run before, with the same labels. Without `--write` it tells the errors, five-fold
cross-validation: of the classifier as it is in the package, of the network, of both together.
Files of `--unseen` are those that the classifier has not learnt from; then they alone count.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from bench.polyphones.recurrent import Places, learnt, log_odds
from bench.polyphones.train import clause_around, example, labelled, own_sentences
from reader.pronunciation.features import is_firm
from reader.pronunciation.network import (
    READINGS,
    Network,
    Vocabulary,
    stored,
    vocabulary_of,
    words_beside,
)
from reader.pronunciation.trained import classifiers, with_network

_CHARACTER = "為"
_READING = READINGS[_CHARACTER]
_TARGET = Path("reader/pronunciation/data/network.npz")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A place whose reading no word decides, with the probabilities by the classifier."""

    text: str
    at: int
    ruled: str
    is_it: bool
    classifier: NDArray[np.float32]
    is_unseen: bool


def read(paths: Sequence[Path], unseen: Sequence[Path]) -> list[Labelled]:
    """The labelled places of 為 that are open."""
    found = []
    classifier = classifiers()[_CHARACTER]
    for path in (None, *paths, *unseen):
        for text, index, reading in labelled(path) if path else own_sentences():
            if text[index] != _CHARACTER:
                continue
            made = example(text, index, reading)
            if made is None:
                continue
            clause, at, _ = clause_around(text, index)
            ruled = f"{'usage' if made.is_firm else 'else'} {made.ruled}"
            shares = classifier.probabilities(made.features)
            found.append(Labelled(clause, at, ruled, reading == _READING, shares, path in unseen))
    return found


def places_of(found: Sequence[Labelled], vocabulary: Vocabulary) -> Places:
    words = [vocabulary.numbers(*words_beside(place.text, place.at)) for place in found]
    rules = [[p.ruled.endswith(_READING), is_firm(p.ruled)] for p in found]
    is_it = [place.is_it for place in found]
    return Places(np.array(words), np.array(rules, np.float32), np.array(is_it, np.float32))


def crossed(vectors: NDArray[np.float32], n_tags: int, places: Places) -> NDArray[np.float32]:
    """The log-odds of each place from weights that have not seen it."""
    odds = np.zeros(len(places.is_it), np.float32)
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    for seen, unseen in folds.split(places.words, places.is_it):
        weights = learnt(vectors, n_tags, places.at(seen))
        rest = places.at(unseen)
        odds[unseen] = log_odds(weights, rest.words, rest.rules)
    return odds


def report(found: Sequence[Labelled], odds: NDArray[np.float32]) -> None:
    """Print the errors on places that the classifier has not seen, or on all if it saw them all."""
    classifier = classifiers()[_CHARACTER]
    counted = [n for n, place in enumerate(found) if place.is_unseen] or range(len(found))
    wrong = dict.fromkeys(("classifier", "network", "both"), 0)
    for number in counted:
        place, told = found[number], float(odds[number])
        both = with_network(place.classifier, classifier.readings.index(_READING), told)
        said = {"classifier": place.classifier.argmax(), "both": both.argmax()}
        for name, which in said.items():
            wrong[name] += (classifier.readings[int(which)] == _READING) != place.is_it
        wrong["network"] += (told > 0) != place.is_it
    print(len(counted), "places; errors:", wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path, nargs="*")
    parser.add_argument("--unseen", type=Path, nargs="*", default=[])
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = read(options.labelled, options.unseen)
    tags = sorted({t for p in found for side in words_beside(p.text, p.at) for _, t in side})
    with np.load(options.vectors) as file:
        vocabulary = vocabulary_of(list(map(str, file["words"])), tags)
        vectors = np.vstack((np.zeros((2, file["vectors"].shape[1]), "f4"), file["vectors"]))
    places = places_of(found, vocabulary)
    if options.write:
        weights = learnt(vectors, len(tags), places)
        np.savez_compressed(_TARGET, **stored(Network(vocabulary, weights)))
    else:
        report(found, crossed(vectors, len(tags), places))


if __name__ == "__main__":
    main()
