"""The network of 為 while it learns; `reader/pronunciation/network.py` runs what came out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from reader.pronunciation.network import ATTENTION_SCALE, N_AFTER, N_BEFORE

_N_UNITS = 48
_N_TAG, _N_LENGTH, _N_HIDDEN = 16, 4, 64
_N_EPOCHS, _BATCH = 20, 128
_FASTEST = 2e-3
_LOST = 0.4
"""Share of what each layer tells that is dropped while learning; of words a seventh."""
_LOST_WORDS = 0.15
_SURE = 0.985
"""What a label counts for: one in a hundred is wrong."""
_VECTORS_STAY = 1.5e-6
_Weights = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Places:
    """Labelled places: `words` [n, 3, slots], `rules` [n, 2]; `is_it` [n], whether it is ㄨㄟˋ."""

    words: NDArray[np.int32]
    rules: NDArray[np.float32]
    is_it: NDArray[np.float32]

    def at(self, places: NDArray[np.int64]) -> Places:
        return Places(self.words[places], self.rules[places], self.is_it[places])


def begun(vectors: NDArray[np.float32], n_tags: int) -> _Weights:
    """Weights before any learning."""
    draw = np.random.default_rng(1)

    def some(*shape: int, size: float | None = None) -> NDArray[np.float32]:
        return (draw.normal(size=shape) * (size or shape[0] ** -0.5)).astype(np.float32)

    n_seen = vectors.shape[1] + _N_TAG + _N_LENGTH
    weights = {
        "words": np.zeros_like(vectors),
        "tags": some(n_tags + 1, _N_TAG, size=0.3),
        "lengths": some(5, _N_LENGTH, size=0.3),
        "places": some(N_BEFORE + N_AFTER, n_seen, size=0.05),
        "entry": some(n_seen, _N_UNITS),
        "attention": some(2 * _N_UNITS, _N_UNITS),
        "hidden": some(5 * _N_UNITS + 2, _N_HIDDEN),
        "hidden bias": np.zeros(_N_HIDDEN, np.float32),
        "last": some(_N_HIDDEN, 1),
        "last bias": np.zeros(1, np.float32),
    }
    for side in ("before", "after"):
        weights[f"{side} input"] = some(_N_UNITS, 3 * _N_UNITS)
        weights[f"{side} state"] = some(_N_UNITS, 3 * _N_UNITS)
        weights[f"{side} bias"] = np.zeros(3 * _N_UNITS, np.float32)
    return weights


def _passed(weights: _Weights, side: str, seen: Any, is_there: Any) -> tuple[Any, Any]:
    """The last state [n, units] and all states [n, words, units], the farthest word first."""

    def step(state: Any, given: tuple[Any, Any]) -> tuple[Any, Any]:
        seen, is_there = given
        kept = state @ weights[f"{side} state"]
        given = seen @ weights[f"{side} input"] + weights[f"{side} bias"]
        gates = jax.nn.sigmoid(given[:, : 2 * _N_UNITS] + kept[:, : 2 * _N_UNITS])
        reset, update = gates[:, :_N_UNITS], gates[:, _N_UNITS:]
        fresh = jnp.tanh(given[:, 2 * _N_UNITS :] + reset * kept[:, 2 * _N_UNITS :])
        state = jnp.where(is_there[:, None], (1 - update) * fresh + update * state, state)
        return state, state

    start = jnp.zeros((len(seen), _N_UNITS))
    along = (seen.swapaxes(0, 1), is_there.swapaxes(0, 1))
    last, states = jax.lax.scan(step, start, along, reverse=True)
    return last, states.swapaxes(0, 1)


def log_odds(weights: _Weights, words: Any, rules: Any, key: Any = None) -> Any:
    """[n]; with a key, while learning, a part of what each layer tells is dropped."""

    def dropped(values: Any, share: float, shape: Any = None) -> Any:
        nonlocal key
        if key is None:
            return values
        key, mine = jax.random.split(key)
        kept = jax.random.bernoulli(mine, 1 - share, shape or values.shape)
        return values * kept / (1 if shape else 1 - share)

    number, tag, length = words[:, 0], words[:, 1], words[:, 2]
    is_there = number > 0
    vectors = dropped(weights["words"][number], _LOST_WORDS, (*number.shape, 1))
    seen = jnp.concatenate((vectors, weights["tags"][tag], weights["lengths"][length]), -1)
    seen = dropped(jnp.tanh((seen + weights["places"]) @ weights["entry"]), _LOST)
    before, passed_before = _passed(weights, "before", seen[:, :N_BEFORE], is_there[:, :N_BEFORE])
    after, passed_after = _passed(weights, "after", seen[:, N_BEFORE:], is_there[:, N_BEFORE:])
    ends = jnp.concatenate((before, after), -1)
    passed = jnp.concatenate((passed_before, passed_after), 1)
    scores = (passed @ (ends @ weights["attention"])[..., None])[..., 0] / ATTENTION_SCALE
    shares = jax.nn.softmax(jnp.where(is_there, scores, -1e9), -1)
    attended = (passed * shares[..., None]).sum(1)
    found = jnp.concatenate((ends, attended, seen[:, N_BEFORE], seen[:, 0], rules), -1)
    hidden = jax.nn.relu(dropped(found, _LOST) @ weights["hidden"] + weights["hidden bias"])
    return (hidden @ weights["last"] + weights["last bias"])[:, 0]


def learnt(vectors: NDArray[np.float32], n_tags: int, places: Places) -> _Weights:
    """Weights after learning, those of the words with the vectors they began as."""
    n_steps = _N_EPOCHS * (len(places.is_it) // _BATCH)
    rule = optax.adamw(optax.cosine_decay_schedule(_FASTEST, n_steps), weight_decay=1e-3)
    weights = begun(vectors, n_tags)
    state = rule.init(weights)

    def whole(weights: _Weights) -> _Weights:
        return weights | {"words": vectors + weights["words"]}

    def loss(weights: _Weights, words: Any, rules: Any, is_it: Any, key: Any) -> Any:
        odds = log_odds(whole(weights), words, rules, key)
        meant = is_it * (2 * _SURE - 1) + 1 - _SURE
        moved = (weights["words"] ** 2).sum() * _VECTORS_STAY
        return optax.sigmoid_binary_cross_entropy(odds, meant).mean() + moved

    @jax.jit
    def step(weights: _Weights, state: Any, *batch: Any) -> tuple[_Weights, Any]:
        changes, state = rule.update(jax.grad(loss)(weights, *batch), state, weights)
        return optax.apply_updates(weights, changes), state

    draw, key = np.random.default_rng(1), jax.random.PRNGKey(1)
    for _ in range(_N_EPOCHS):
        order = draw.permutation(len(places.is_it))
        for start in range(0, len(order) - _BATCH + 1, _BATCH):
            some = places.at(order[start : start + _BATCH])
            key, mine = jax.random.split(key)
            weights, state = step(weights, state, some.words, some.rules, some.is_it, mine)
    return {name: np.asarray(value) for name, value in whole(weights).items()}
