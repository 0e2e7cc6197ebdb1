"""No assigned Han character ends an article."""

from __future__ import annotations

import unicodedata

import pytest

from reader.pronunciation import pronounce
from reader.script import speak_form
from reader.script.model import Line

_COMMON = [(0x4E00, 0xA000), (0x3400, 0x4DC0)]
_RARE = [(0xF900, 0xFB00), (0x20000, 0x323B0)]


def _sweep(ranges: list[tuple[int, int]], every: int) -> list[str]:
    failed = []
    for first, end in ranges:
        for code in range(first, end, every):
            character = chr(code)
            if unicodedata.category(character) != "Lo":
                continue
            spoken = speak_form(character)
            if not spoken or not pronounce(Line(spoken)):
                failed.append(character)
    return failed


def test_a_sample_of_all_han_characters_is_said() -> None:
    assert _sweep(_COMMON + _RARE, 97) == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_han_character_is_said() -> None:
    assert _sweep(_COMMON + _RARE, 1) == []
