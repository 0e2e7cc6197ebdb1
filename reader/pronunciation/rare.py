"""Readings of characters that the official table lacks."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from reader.pronunciation.cedict import cedict_reading
from reader.pronunciation.context_model import context_model
from reader.pronunciation.simplify import simplified


def _from_unihan(character: str) -> str | None:
    """pypinyin's reading, from Unihan; the package is loaded (0.2 s) only when asked here."""
    pypinyin = import_module("pypinyin")
    found = pypinyin.lazy_pinyin(
        character,
        style=pypinyin.Style.TONE3,
        errors="ignore",
        neutral_tone_with_five=True,
        v_to_u=False,
    )
    return found[0] if found else None


@lru_cache(maxsize=4096)
def rare_reading(character: str) -> str | None:
    """CC-CEDICT's reading (Taiwan's, if it gives one), else the context model's or Unihan's."""
    listed = cedict_reading(character)
    if listed is not None:
        return listed[0][0]
    candidates = context_model().candidates(simplified(character))
    return candidates[0] if candidates else _from_unihan(character)
