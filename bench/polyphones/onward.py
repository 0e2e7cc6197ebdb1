"""Trains the classifiers of the package further, from the weights that they have.

    python -m bench.polyphones.onward LABELLED.jsonl … [--write]

Needs `scikit-learn` (for its folds) and what it brings. The sentences that the first weights
learnt from belong to their publishers and are not kept, so new labels cannot be added to them:
here the new weights are the old ones and what is learnt on top, which is kept small (an L2 penalty
around the old weights). A character keeps its new weights where, in five-fold cross-validation on
the new labels, they make fewer errors than the old by two and by the square root of the old ones'
number, which chance alone seldom gives.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold

from bench.polyphones.train import Example, example, feature_matrix, labelled, own_sentences
from reader.pronunciation.features import size_of
from reader.pronunciation.trained import Classifier, classifiers

_TARGET = Path("reader/pronunciation/data/readings.npz")
_STRENGTH = 0.6
_THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
_FIRMEST = 0.8
_Floats = NDArray[np.float64]


def _softmax(logits: _Floats) -> _Floats:
    likely = np.exp(logits - logits.max(1, keepdims=True))
    shares: _Floats = likely / likely.sum(1, keepdims=True)
    return shares


def widened(old: Classifier, size: int) -> Classifier:
    """The same classifier with more weights: what fell together may be told apart from now on."""
    return replace(old, weights=np.tile(old.weights, (1, size // old.weights.shape[1])))


def _old_logits(old: Classifier, examples: Sequence[Example]) -> _Floats:
    rows = [
        old.weights[:, list(e.features)].astype(np.float64)
        @ np.array(list(e.features.values()))
        * old.scale
        + old.bias
        for e in examples
    ]
    return np.array(rows)


def learnt(old: Classifier, examples: Sequence[Example]) -> _Floats:
    """What is to be added to the weights; its last column to the bias."""
    size = old.weights.shape[1]
    features, shrink = feature_matrix([e.features for e in examples], size)
    columns = csr_matrix(features)
    offset = _old_logits(old, examples)
    rights = np.array([old.readings.index(e.right) for e in examples])
    weight = np.array([e.weight for e in examples])
    ones = np.eye(len(old.readings))[rights]

    def loss(flat: _Floats) -> tuple[float, _Floats]:
        table = flat.reshape(len(old.readings), size + 1)
        shares = _softmax(offset + columns @ table[:, :-1].T + table[:, -1])
        gap = (shares - ones) * weight[:, None]
        slope = np.hstack(((columns.T @ gap).T, gap.sum(0)[:, None])) + table / _STRENGTH
        cost = -(weight * np.log(shares[np.arange(len(rights)), rights] + 1e-12)).sum()
        return float(cost + (table**2).sum() / 2 / _STRENGTH), slope.ravel()

    start = np.zeros(len(old.readings) * (size + 1))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200})
    table: _Floats = found.x.reshape(len(old.readings), size + 1)
    table[:, :-1] *= shrink
    return table


def added(old: Classifier, table: _Floats) -> Classifier:
    """The classifier with what was learnt, its weights in eight bits again."""
    weights = old.weights.astype(np.float64) * old.scale + table[:, :-1]
    scale = float(np.abs(weights).max()) / 127
    return replace(
        old,
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale,
        bias=(old.bias + table[:, -1]).astype(np.float32),
    )


def _errors(examples: Sequence[Example], shares: _Floats, readings: Sequence[str]) -> _Floats:
    """Errors at each threshold: [0] where the rules guess, [1] where a table decides."""
    counts = np.zeros((2, len(_THRESHOLDS)))
    for e, share in zip(examples, shares, strict=True):
        best, sure = readings[int(share.argmax())], share.max()
        for place, threshold in enumerate(_THRESHOLDS):
            counts[int(e.is_firm), place] += (best if sure >= threshold else e.ruled) != e.right
    return counts


def _crossed(old: Classifier, new: Sequence[Example], ours: Sequence[Example]) -> _Floats:
    """The probabilities of each new example from weights that have not seen it."""
    shares = np.zeros((len(new), len(old.readings)))
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    for seen, unseen in folds.split(np.zeros(len(new)), [e.right for e in new]):
        grown = added(old, learnt(old, [new[i] for i in seen] + list(ours)))
        for i in unseen:
            shares[i] = grown.probabilities(new[i].features)
    return shares


def onward(old: Classifier, new: Sequence[Example], ours: Sequence[Example]) -> Classifier | None:
    """The classifier that has learnt the new examples too; None where it is no better."""
    before = sum(
        (old.readings[int(s.argmax())] if s.max() >= t else e.ruled) != e.right
        for e in new
        for s in (old.probabilities(e.features),)
        for t in (old.firm_threshold if e.is_firm else old.threshold,)
    )
    errors = _errors(new, _crossed(old, new, ours), old.readings)
    errors[1, : _THRESHOLDS.index(_FIRMEST)] = np.inf
    places = errors.argmin(1)
    after = int(errors.min(1).sum())
    print(len(new), "examples; errors before", before, "after", after)
    if after > before - max(2.0, math.sqrt(before)):
        return None
    grown = added(old, learnt(old, [*new, *ours]))
    return replace(grown, threshold=_THRESHOLDS[places[0]], firm_threshold=_THRESHOLDS[places[1]])


def _stored(models: dict[str, Classifier]) -> dict[str, NDArray[np.generic]]:
    arrays: dict[str, NDArray[np.generic]] = {"characters": np.array("".join(models))}
    for character, model in models.items():
        arrays[f"{character} readings"] = np.array(" ".join(model.readings))
        arrays[f"{character} weights"] = model.weights
        arrays[f"{character} scale"] = np.float32(model.scale)
        arrays[f"{character} bias"] = model.bias
        thresholds = (model.threshold, model.firm_threshold)
        arrays[f"{character} thresholds"] = np.array(thresholds, np.float32)
    return arrays


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    models = {c: widened(model, size_of(c)) for c, model in classifiers().items()}
    found: defaultdict[str, tuple[list[Example], list[Example]]] = defaultdict(lambda: ([], []))
    for number, rows in enumerate([own_sentences(), *map(labelled, options.labelled)]):
        for text, index, reading in rows:
            old = models.get(text[index])
            made = example(text, index, reading) if old and reading in old.readings else None
            if made is not None:
                found[text[index]][0 if number else 1].append(made)
    for character, (new, ours) in found.items():
        if not new:
            continue
        print(character, end=": ")
        models[character] = onward(models[character], new, ours) or models[character]
    if options.write:
        np.savez_compressed(_TARGET, **_stored(models))


if __name__ == "__main__":
    main()
