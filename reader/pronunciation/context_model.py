"""Readings of polyphones from their context: the weights of the PyPI package `g2pM`.

g2pM (Park & Lee 2020, Apache-2.0) is a one-layer bidirectional LSTM over the characters of
a Simplified sentence, trained on Mainland readings. Its package is used for its weights and
tables only; they are run here, since its own code takes three times as long.
"""

from __future__ import annotations

import importlib.util
import pickle
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.errors import VoiceMissing

_UNKNOWN, _BEGIN, _END = "<UNK>", "시", "끝"
_FLOATS = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Weights:
    """Gate blocks in PyTorch's order (input, forget, cell, output), forward then backward."""

    embedding: _FLOATS
    """[characters, 64]"""
    inputs: _FLOATS
    """[2, 64, 128]"""
    recurrent: _FLOATS
    """[2, 32, 128]"""
    bias: _FLOATS
    """[2, 128]"""
    hidden: _FLOATS
    """[64, 32]"""
    hidden_bias: _FLOATS
    output: _FLOATS
    """[32, classes]"""
    output_bias: _FLOATS


@dataclass(frozen=True, slots=True)
class ContextModel:
    """Mainland readings of Simplified characters in their sentence."""

    weights: _Weights
    character_ids: dict[str, int]
    class_ids: dict[str, int]
    readings: dict[str, tuple[str, ...]]
    """Every reading of a character, from CC-CEDICT."""

    def candidates(self, character: str) -> tuple[str, ...]:
        return self.readings.get(character, ())

    def __call__(self, text: str, positions: list[int]) -> list[str]:
        """The likeliest reading at each of `positions` of `text`, out of `candidates`."""
        if not positions:
            return []
        states = self._states(text)[positions]
        weights = self.weights
        hidden = np.maximum(states @ weights.hidden + weights.hidden_bias, 0)
        logits = hidden @ weights.output + weights.output_bias
        chosen = []
        for row, position in zip(logits, positions, strict=True):
            names = [n for n in self.candidates(text[position]) if n in self.class_ids]
            chosen.append(max(names, key=lambda n: float(row[self.class_ids[n]])) if names else "")
        return chosen

    def _states(self, text: str) -> _FLOATS:
        """[len(text), 64]: both directions' hidden states."""
        unknown = self.character_ids[_UNKNOWN]
        ids = [self.character_ids.get(c, unknown) for c in (_BEGIN, *text, _END)]
        embedded = self.weights.embedding[ids]
        gates = np.stack((embedded, embedded[::-1])) @ self.weights.inputs
        gates += self.weights.bias[:, None, :]
        recurrent = self.weights.recurrent
        size = recurrent.shape[1]
        hidden = np.zeros((2, 1, size), np.float32)
        cell = np.zeros((2, 1, size), np.float32)
        out = np.empty((2, len(ids), size), np.float32)
        for step in range(len(ids)):
            gate = gates[:, step : step + 1] + hidden @ recurrent
            squashed = 1 / (1 + np.exp(-gate))
            forget, enter = squashed[..., size : 2 * size], squashed[..., :size]
            cell[:] = forget * cell + enter * np.tanh(gate[..., 2 * size : 3 * size])
            hidden[:] = squashed[..., 3 * size :] * np.tanh(cell)
            out[:, step] = hidden[:, 0]
        states: _FLOATS = np.concatenate((out[0], out[1, ::-1]), axis=1)
        return states[1:-1]


def _package_folder() -> Path:
    spec = importlib.util.find_spec("g2pM")
    if spec is None or spec.origin is None:
        raise VoiceMissing("readings-missing", package="g2pM")
    return Path(spec.origin).parent


def _unpickle(name: str) -> Any:
    with (_package_folder() / name).open("rb") as file:
        return pickle.load(file)


def _weights(state: dict[str, _FLOATS]) -> _Weights:
    def both(name: str) -> _FLOATS:
        return np.stack((state[f"lstm.{name}_l0"], state[f"lstm.{name}_l0_reverse"]))

    return _Weights(
        embedding=state["embedding.weight"],
        inputs=both("weight_ih").transpose(0, 2, 1).copy(),
        recurrent=both("weight_hh").transpose(0, 2, 1).copy(),
        bias=both("bias_ih") + both("bias_hh"),
        hidden=state["logit_layer.0.weight"].T,
        hidden_bias=state["logit_layer.0.bias"],
        output=state["logit_layer.2.weight"].T,
        output_bias=state["logit_layer.2.bias"],
    )


def _pinyin(reading: str) -> str:
    return reading.replace("u:", "v")


@cache
def context_model() -> ContextModel:
    """The model, loaded once (about 20 ms)."""
    class_ids: dict[str, int] = _unpickle("class2idx.pkl")
    readings: dict[str, list[str]] = _unpickle("digest_cedict.pkl")
    return ContextModel(
        weights=_weights(_unpickle("np_ckpt.pkl")),
        character_ids=_unpickle("char2idx.pkl"),
        class_ids={_pinyin(name): index for name, index in class_ids.items()},
        readings={c: tuple(_pinyin(r) for r in rs) for c, rs in readings.items()},
    )
