"""Traditional to Simplified, character for character: what a model of Simplified text reads."""

from __future__ import annotations

from functools import cache

import opencc


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _simplified_character(character: str) -> str:
    simplified: str = _converter().convert(character)
    return simplified if len(simplified) == 1 else character


def simplified(text: str) -> str:
    """`text` in Simplified characters, as long as before, position by position.

    OpenCC looks at phrases (乾燥 → 干燥, but 乾隆 stays); where a phrase would change the
    length, the characters are converted one by one.
    """
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(map(_simplified_character, text))
