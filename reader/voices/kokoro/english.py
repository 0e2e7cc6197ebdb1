"""English letters and words as Kokoro's phonemes: the same alphabet, the same voice."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_VOWELS: Final = frozenset("aeiouyAEIOUY")
_LONGEST_SPELLED: Final = 3
"""Capitals in a row that are said letter by letter where no dictionary knows them."""
_LONGEST_PART: Final = 16
"""Letters that the network writes in one go; a longer word is made of several."""
_SHORTEST_HALF: Final = 4
"""Letters of a word that may be half of another."""
_STRESSES: Final = "ˈˌ"
_VOWEL_SIGNS: Final = frozenset("AIOWYiuæɑəɛɪʊʌɜɔɐᵻ")
_ASPIRATED: Final = re.compile(r"(^|(?<!s))[ptk](?=[jwɹl]?[ˈˌ]?[jwɹl]?[AIOWYiuæɑɛɪʊʌɜɔ])|^[ptk]")
"""A stop that begins a word or a syllable whose vowel is not reduced, but not after s (Ladefoged
and Johnson, A Course in Phonetics)."""


def among_mandarin(phonemes: str) -> str:
    """English `phonemes` for a row that is Mandarin otherwise: the breath after p, t, k written.

    In English rows the model breathes unasked. Among Mandarin syllables a bare p is ㄅ: MVP was
    heard as MVB, Bitcoin as 必公, Toyota as 獨有.
    """
    return _ASPIRATED.sub(lambda stop: f"{stop[0]}ʰ", phonemes)


class English:
    """How an English word or letter is said."""

    def __init__(
        self, known: Callable[[str], str | None], by_letters: Callable[[str], str]
    ) -> None:
        self._known = known
        self._by_letters = by_letters
        self.phonemes: Callable[[str], str] = lru_cache(maxsize=4096)(self._phonemes)
        """Of a Latin letter or word, ASCII letters only."""

    def _phonemes(self, token: str) -> str:
        if len(token) == 1:
            return self._letter(token)
        known = self._listed(token)
        if known:
            return known
        parts = _PARTS.findall(token)
        if len(parts) > 1:
            return "".join(self.phonemes(part) for part in parts)
        if _VOWELS.isdisjoint(token) or (token.isupper() and len(token) <= _LONGEST_SPELLED):
            return "".join(self._letter(letter) for letter in token)
        return self._inflected(token.lower()) or self._compound(token.lower()) or self._new(token)

    def _letter(self, letter: str) -> str:
        return _stressed(self._known(letter.upper()) or "")

    def _listed(self, word: str) -> str | None:
        for form in dict.fromkeys((word, word.lower(), word.capitalize())):
            known = self._known(form)
            if known:
                return _stressed(known)
        return None

    def _inflected(self, word: str) -> str | None:
        """Plurals, past tenses and the like of listed words."""
        for ending, instead, spoken in _ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                stem = self._listed(word.removesuffix(ending) + instead)
                if stem:
                    return stem + spoken(stem[-1])
        return None

    def _compound(self, word: str) -> str | None:
        """Of two listed words, the stress on the first."""
        for cut in range(len(word) - _SHORTEST_HALF, _SHORTEST_HALF - 1, -1):
            first, second = self._listed(word[:cut]), self._listed(word[cut:])
            if first and second:
                return first + second.replace("ˈ", "ˌ")
        return None

    def _new(self, word: str) -> str:
        return "".join(
            _stressed(self._by_letters(word[at : at + _LONGEST_PART]))
            for at in range(0, len(word), _LONGEST_PART)
        )


def _plural(last: str) -> str:
    return "ᵻz" if last in "szʃʒʧʤ" else "s" if last in "ptkfθ" else "z"


def _past(last: str) -> str:
    return "ᵻd" if last in "td" else "t" if last in "pkfθʃsʧ" else "d"


def _progressive(_: str) -> str:
    return "ɪŋ"


_ENDINGS: Final = (
    ("s", "", _plural),
    ("es", "", _plural),
    ("ies", "y", _plural),
    ("ed", "", _past),
    ("d", "", _past),
    ("ied", "y", _past),
    ("ing", "", _progressive),
    ("ing", "e", _progressive),
)
"""How a form is spelled, what its stem has instead, and how the ending sounds after the stem."""


def _stressed(phonemes: str) -> str:
    """With a stress, which a word in the middle of Chinese always carries."""
    if not phonemes or any(stress in phonemes for stress in _STRESSES):
        return phonemes
    at = next((i for i, sign in enumerate(phonemes) if sign in _VOWEL_SIGNS), 0)
    return phonemes[:at] + "ˈ" + phonemes[at:]
