"""English words that are in no dictionary, from their letters.

The network of the PyPI package `g2p-en` (Apache-2.0): one GRU reads the letters, another
writes CMU's phones. Its weights are a few small matrices, so NumPy is enough.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_FIRST_LETTER_ID: Final = 3
_END_OF_WORD_ID: Final = 2
_START_ID, _END_ID, _FIRST_PHONE_ID = 2, 3, 4
_MOST_PHONES: Final = 24


def _phones(text: str) -> tuple[str, ...]:
    """Names of phones; one that ends in * is a vowel in its three stresses."""
    names = text.split()
    return tuple(
        form
        for name in names
        for form in ([name[:-1] + stress for stress in "012"] if name[-1] == "*" else [name])
    )


_PHONES: Final = _phones(
    "AA* AE* AH* AO* AW* AY* B CH D DH EH* ER* EY* F G HH IH* IY* JH K L M N NG OW* OY* "
    "P R S SH T TH UH* UW UW* V W Y Z ZH"
)
"""CMU's phones in the order of the network's outputs; vowels carry their stress."""
_SIGNS: Final = dict(
    zip(
        _phones(
            "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH "
            "UH UW V W Y Z ZH"
        ),
        _phones("ɑ æ ʌ ɔ W I b ʧ d ð ɛ ɜɹ A f ɡ h ɪ i ʤ k l m n ŋ O Y p ɹ s ʃ t θ ʊ u v w j z ʒ"),
        strict=True,
    )
)
"""Kokoro's signs for English, a diphthong in one letter."""
_UNSTRESSED: Final = {"AH": "ə", "ER": "əɹ", "IH": "ɪ"}
_STRESS: Final = {"1": "ˈ", "2": "ˌ"}

_Matrix = NDArray[np.float32]


class LetterToSound:
    """Phonemes of a word that nobody wrote down. Thread-safe: nothing is kept between words."""

    def __init__(self, weights: Path) -> None:
        with np.load(weights) as archive:
            self._weights: dict[str, _Matrix] = {name: archive[name] for name in archive.files}

    def phonemes(self, word: str) -> str:
        """Kokoro's phonemes of `word`, ASCII letters only."""
        ids = [_FIRST_LETTER_ID + _LETTERS.index(letter) for letter in word.lower()]
        state = np.zeros(self._weights["enc_w_hh"].shape[1], np.float32)
        for at in (*ids, _END_OF_WORD_ID):
            state = self._step("enc", at, state)
        phones: list[str] = []
        last = _START_ID
        while len(phones) < _MOST_PHONES:
            state = self._step("dec", last, state)
            last = int((self._weights["fc_w"] @ state + self._weights["fc_b"]).argmax())
            if last == _END_ID:
                break
            phones += _PHONES[last - _FIRST_PHONE_ID : last - _FIRST_PHONE_ID + 1]
        return _signs(phones)

    def _step(self, part: str, at: int, state: _Matrix) -> _Matrix:
        """One step of the GRU `part`, its input the embedding in row `at`."""
        weights = self._weights
        given = weights[f"{part}_w_ih"] @ weights[f"{part}_emb"][at] + weights[f"{part}_b_ih"]
        kept = weights[f"{part}_w_hh"] @ state + weights[f"{part}_b_hh"]
        size = len(state)
        reset, update = np.split(1 / (1 + np.exp(-(given + kept)[: 2 * size])), 2)
        new = np.tanh(given[2 * size :] + reset * kept[2 * size :])
        result: _Matrix = (1 - update) * new + update * state
        return result


def _signs(phones: list[str]) -> str:
    signs = []
    for phone in phones:
        name, stress = phone.rstrip("012"), phone[len(phone.rstrip("012")) :]
        if stress == "0" and name in _UNSTRESSED:
            signs.append(_UNSTRESSED[name])
        else:
            signs.append(_STRESS.get(stress, "") + _SIGNS[name])
    return "".join(signs)
