"""Trains the classifiers of `reader/pronunciation/trained.py` and says how good each is.

    python -m bench.polyphones.train [LABELLED.jsonl …] [--write]

Data: the sentences of `training_sentences.txt`, our own, and files of labelled sentences, one
`{"text": …, "index": …, "pinyin": …}` a line. The weights in the package were also trained on
2,900 sentences of Taiwan's news of 2021 and 2022 (public collections of headlines and articles of
中國時報 and others on GitHub), in which we labelled by hand each character that no word decides.
Their texts belong to their publishers and are not kept here; no word of them is in the weights,
which are hashed. Nothing of 國語小字典, of the CPP corpus or of the cases that judge is used.

A character keeps its classifier where, in ten-fold cross-validation, it makes a twentieth
fewer errors than the rules alone; its threshold is the one that makes the fewest.
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
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from reader.pronunciation.han import han_guesses
from reader.pronunciation.segment import word_lengths
from reader.pronunciation.taiwan import ruled_readings
from reader.pronunciation.trained import hashed_features

_OWN = Path(__file__).with_name("training_sentences.txt")
_TARGET = Path("reader/pronunciation/data/readings.npz")
_RUN = re.compile("[\u3007\u3400-\u9fff]+")
_THRESHOLDS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
_STRENGTH = 0.2
"""Inverse of the regularisation."""
_RAREST = 4


@dataclass(frozen=True, slots=True)
class Example:
    """A polyphone in a sentence: what is seen of it, what the rules say, what is right."""

    features: NDArray[np.float32]
    ruled: str | None
    right: str


@dataclass(frozen=True, slots=True)
class Trained:
    """A character's classifier and its errors under cross-validation."""

    readings: Sequence[str]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    threshold: float
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


def example(text: str, index: int, reading: str) -> Example | None:
    """The example, None where a word or a name decides it."""
    run = next(r for r in _RUN.finditer(text) if r.start() <= index < r.end())
    at, guesses = index - run.start(), han_guesses(text)[run.start() : run.end()]
    ruled = ruled_readings(run[0], word_lengths(run[0]), guesses)[at]
    if not ruled.is_open:
        return None
    return Example(hashed_features(run[0], at, str(ruled)), ruled.reading, reading)


def trained(examples: Sequence[Example]) -> Trained | None:
    """The classifier of one character; None where only one reading has examples enough."""
    right = [e.right for e in examples]
    readings = sorted(r for r in set(right) if right.count(r) >= _RAREST)
    if len(readings) < 2:
        return None
    kept = [e for e in examples if e.right in readings]
    features, rights = np.stack([e.features for e in kept]), np.array([e.right for e in kept])
    model = LogisticRegression(C=_STRENGTH, max_iter=500)
    folds = StratifiedKFold(min(10, min(right.count(r) for r in readings)), shuffle=True, random_state=1)
    shares = cross_val_predict(model, features, rights, cv=folds, method="predict_proba")
    best, sure = np.array(readings)[shares.argmax(1)], shares.max(1)
    ruled = np.array([e.ruled or "" for e in kept])
    errors = [int((np.where(sure >= t, best, ruled) != rights).sum()) for t in _THRESHOLDS]
    fewest = int(np.argmin(errors))
    model.fit(features, rights)
    weights, bias = model.coef_, model.intercept_
    if len(readings) == 2:
        weights, bias = np.stack((-weights[0] / 2, weights[0] / 2)), np.array((-bias[0] / 2, bias[0] / 2))
    return Trained(readings, weights, bias, _THRESHOLDS[fewest], errors[fewest], int((ruled != rights).sum()), len(kept))


def stored(models: dict[str, Trained]) -> dict[str, NDArray[np.generic]]:
    """The arrays of the weights' file."""
    arrays: dict[str, NDArray[np.generic]] = {"characters": np.array("".join(models))}
    for character, model in models.items():
        scale = float(np.abs(model.weights).max()) / 127
        arrays[f"{character} readings"] = np.array(" ".join(model.readings))
        arrays[f"{character} weights"] = np.round(model.weights / scale).astype(np.int8)
        arrays[f"{character} scale"] = np.float32(scale)
        arrays[f"{character} bias"] = model.bias.astype(np.float32)
        arrays[f"{character} threshold"] = np.float32(model.threshold)
    return arrays


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path, nargs="*")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sources = [own_sentences(), *map(labelled, options.labelled)]
    examples: defaultdict[str, list[Example]] = defaultdict(list)
    for source in sources:
        for text, index, reading in source:
            found = example(text, index, reading)
            if found is not None:
                examples[text[index]].append(found)
    models = {}
    print("character  examples  rules' errors  errors  threshold")
    for character, rows in examples.items():
        model = trained(rows)
        if model is None:
            continue
        keep = model.errors <= 0.95 * model.ruled_errors
        print(character, model.count, model.ruled_errors, model.errors, model.threshold, "" if keep else "dropped", sep="\t")
        if keep:
            models[character] = model
    if options.write:
        np.savez_compressed(_TARGET, **stored(models))


if __name__ == "__main__":
    main()
