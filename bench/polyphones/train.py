"""Trains the classifiers of `reader/pronunciation/trained.py` and says how good each is.

    python -m bench.polyphones.train [LABELLED.jsonl …] [--write]

Needs `scikit-learn`. Data: the sentences of `training_sentences.txt`, our own, and files of
labelled sentences, one `{"text": …, "index": …, "pinyin": …}` a line. The weights in the package
were also trained on 4,700 characters in Taiwan's news of 2021 and 2022 (public collections of
headlines and articles of 中國時報 and others on GitHub), labelled by hand where no word decides.
Their texts belong to their publishers and are not kept here; no word of them is in the weights,
which are hashed. Nothing of 國語小字典, of the CPP corpus or of the cases that judge is used.

A character keeps its classifier where, in ten-fold cross-validation, it makes a sixth
and at least three fewer errors than the rules alone; its threshold is the one with the fewest.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from reader.pronunciation.across import LINKED, joined_clause
from reader.pronunciation.features import SIZE, hashed_features, is_firm, size_of
from reader.pronunciation.han import han_guesses
from reader.pronunciation.segment import word_lengths
from reader.pronunciation.taiwan import ruled_readings

_OWN = Path(__file__).with_name("training_sentences.txt")
_TARGET = Path("reader/pronunciation/data/readings.npz")
_RUN = re.compile("[\u3007\u3400-\u9fff]+")
_THRESHOLDS = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.1)
_STRENGTH = 0.5
"""Inverse of the regularisation."""
_FREQUENT = 3.0
"""A feature of more than eight examples is shrunk by the root of their number."""
_RAREST = 4
_LEAST = 0.55
_FIRMEST = 0.8
"""The least probability that overrules a line of a table."""
_OWN_WEIGHT = 2.0
"""Ours are short and chosen for what they show."""


@dataclass(frozen=True, slots=True)
class Example:
    """A polyphone in a sentence: what is seen of it, what the rules say, what is right."""

    features: dict[int, float]
    ruled: str | None
    right: str
    is_firm: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Trained:
    """A character's classifier and its errors under cross-validation."""

    readings: Sequence[str]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: tuple[float, float]
    """Where the rules guess, and where a table decides."""
    errors: int
    ruled_errors: int
    count: int


def own_sentences() -> Iterator[tuple[str, int, str]]:
    """Text, place and reading of each sentence of ours."""
    character = reading = ""
    for line in _OWN.read_text("utf-8").splitlines():
        head = re.fullmatch(r"(.) ([a-z]+[1-5])", line)
        if head:
            character, reading = head[1], head[2]
        elif line and not line.startswith("#"):
            marked = line.find("[")
            text = line.replace("[", "").replace("]", "")
            yield text, marked if marked >= 0 else text.index(character), reading


def labelled(path: Path) -> Iterator[tuple[str, int, str]]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["text"], row["index"], row["pinyin"]


def clause_around(text: str, index: int) -> tuple[str, int, list[str | None]]:
    """What the reader sees of a character at run time: its clause, its place, the guesses."""
    joined = joined_clause(text, index) if text[index] in LINKED else None
    guesses = han_guesses(text)
    if joined is not None:
        return *joined, [guesses[index]] * len(joined[0])
    run = next(r for r in _RUN.finditer(text) if r.start() <= index < r.end())
    return run[0], index - run.start(), guesses[run.start() : run.end()]


def example(text: str, index: int, reading: str, weight: float = 1) -> Example | None:
    """The example, None where a word or a name decides it."""
    clause, at, guesses = clause_around(text, index)
    ruled = ruled_readings(clause, word_lengths(clause), guesses)[at]
    if not ruled.is_open:
        return None
    return Example(
        hashed_features(clause, at, str(ruled)), ruled.reading, reading, is_firm(str(ruled)), weight
    )


def feature_matrix(
    rows: Sequence[dict[int, float]], size: int = SIZE
) -> tuple[csr_matrix, NDArray[np.float32]]:
    """The features of all examples, the frequent ones shrunk, and by how much each is."""
    places = [(number, place) for number, row in enumerate(rows) for place in row]
    values = [value for row in rows for value in row.values()]
    numbers, columns = zip(*places, strict=True)
    matrix = csr_matrix((values, (numbers, columns)), shape=(len(rows), size))
    frequency = np.asarray((matrix != 0).sum(axis=0)).ravel()
    shrink = np.minimum(1, _FREQUENT / np.sqrt(frequency + 1)).astype(np.float32)
    return csr_matrix(matrix.multiply(shrink)), shrink


def trained(examples: Sequence[Example], size: int = SIZE) -> Trained | None:
    """The classifier of one character; None where only one reading has examples enough."""
    right = [e.right for e in examples]
    readings = sorted(r for r in set(right) if right.count(r) >= _RAREST)
    if len(readings) < 2:
        return None
    kept = [e for e in examples if e.right in readings]
    rights = np.array([e.right for e in kept])
    features, shrink = feature_matrix([e.features for e in kept], size)
    weights_of = {"sample_weight": np.array([e.weight for e in kept])}
    model = LogisticRegression(C=_STRENGTH, max_iter=500)
    folds = StratifiedKFold(
        min(10, min(right.count(r) for r in readings)), shuffle=True, random_state=1
    )
    shares = cross_val_predict(
        model, features, rights, cv=folds, method="predict_proba", params=weights_of
    )
    best, sure = np.array(readings)[shares.argmax(1)], shares.max(1)
    ruled = np.array([e.ruled or "" for e in kept])
    firm = np.array([e.is_firm for e in kept])
    fewest, thresholds = 0, []
    for group, least in ((~firm, _LEAST), (firm, _FIRMEST)):
        tried = [t for t in _THRESHOLDS if t >= least]
        wrong = [int((np.where(sure >= t, best, ruled) != rights)[group].sum()) for t in tried]
        place = int(np.argmin(wrong))
        fewest, thresholds = fewest + wrong[place], [*thresholds, tried[place]]
    model.fit(features, rights, **weights_of)
    weights, bias = model.coef_ * shrink, model.intercept_
    if len(readings) == 2:
        weights, bias = (
            np.stack((-weights[0] / 2, weights[0] / 2)),
            np.array((-bias[0] / 2, bias[0] / 2)),
        )
    return Trained(
        readings,
        weights,
        bias,
        (thresholds[0], thresholds[1]),
        fewest,
        int((ruled != rights).sum()),
        len(kept),
    )


def stored(models: dict[str, Trained]) -> dict[str, NDArray[np.generic]]:
    """The arrays of the weights' file."""
    arrays: dict[str, NDArray[np.generic]] = {"characters": np.array("".join(models))}
    for character, model in models.items():
        scale = float(np.abs(model.weights).max()) / 127
        arrays[f"{character} readings"] = np.array(" ".join(model.readings))
        arrays[f"{character} weights"] = np.round(model.weights / scale).astype(np.int8)
        arrays[f"{character} scale"] = np.float32(scale)
        arrays[f"{character} bias"] = model.bias.astype(np.float32)
        arrays[f"{character} thresholds"] = np.array(model.thresholds, np.float32)
    return arrays


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path, nargs="*")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sources = [own_sentences(), *map(labelled, options.labelled)]
    examples: defaultdict[str, list[Example]] = defaultdict(list)
    for number, source in enumerate(sources):
        for text, index, reading in source:
            found = example(text, index, reading, weight=1 if number else _OWN_WEIGHT)
            if found is not None:
                examples[text[index]].append(found)
    models = {}
    print("character  examples  rules' errors  errors  threshold")
    for character, rows in examples.items():
        model = trained(rows, size_of(character))
        if model is None:
            continue
        keep = model.errors <= min(5 / 6 * model.ruled_errors, model.ruled_errors - 3)
        print(
            character,
            model.count,
            model.ruled_errors,
            model.errors,
            model.thresholds,
            "" if keep else "dropped",
            sep="\t",
        )
        if keep:
            models[character] = model
    if options.write:
        np.savez_compressed(_TARGET, **stored(models))


if __name__ == "__main__":
    main()
