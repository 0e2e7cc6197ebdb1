"""The table of polyphones is well formed."""

from importlib.resources import files

import pytest

from reader.pronunciation.inventory import speakable
from reader.pronunciation.latin import latin_syllables
from reader.pronunciation.polyphones import polyphones

HEADS = [
    line.split()
    for line in files("reader.pronunciation")
    .joinpath("data/polyphones.txt")
    .read_text("utf-8")
    .splitlines()
    if line and line[0] not in " #"
]


def test_no_character_is_listed_twice() -> None:
    characters = [c for characters, _ in HEADS for c in characters]
    assert len(characters) == len(set(characters))


def test_every_reading_can_be_said() -> None:
    for character, entry in polyphones().items():
        for reading in entry.readings:
            assert speakable(reading) == (reading,), character


def test_every_context_holds_its_character() -> None:
    for character, entry in polyphones().items():
        for place, context in entry.contexts:
            assert context[place] == character
            assert 2 <= len(context) <= 6


@pytest.mark.parametrize("name", ["letters", "foreign"])
def test_foreign_words_and_letters_can_be_said(name: str) -> None:
    table = files("reader.pronunciation").joinpath(f"data/{name}.tsv").read_text("utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            key, syllables = line.split("\t")
            assert all(speakable(s) == (s,) for s in syllables.split()), key
            assert latin_syllables(key) == tuple(syllables.split())
