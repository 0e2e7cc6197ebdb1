"""The reader's own word list: what a word is said as, or how it is pronounced.

Longer words win over shorter ones, and 台 stands for 臺, too. A word that is not written in
Han characters may have 注音 as well: common characters of that sound are said for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from reader.errors import BadOptions
from reader.script.characters import LEXICON_MARKS, fold, is_han
from reader.script.model import Reading
from reader.script.names import surname_places
from reader.script.respell import character_for
from reader.script.syllables import is_toneless_pinyin, parse_syllables
from reader.script.taiwan import to_taiwan


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, what is said for it, and its syllables where those are fixed."""

    word: str
    say: str
    syllables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """Words with what is said for them; make one with `load_lexicon` or `from_words`."""

    entries: tuple[Entry, ...] = ()
    surnames: tuple[Entry, ...] = ()
    """Characters read so where they stand as surnames, and nowhere else."""

    @classmethod
    def empty(cls) -> Lexicon:
        """A lexicon without words."""
        return cls()

    @classmethod
    def from_words(cls, words: Mapping[str, str]) -> Lexicon:
        """Word → say-as text, 注音 or pinyin. Raises BadOptions, naming the word that is wrong."""
        return cls(tuple(entry_of(word, value) for word, value in words.items()))

    def with_words_of(self, other: Lexicon) -> Lexicon:
        """Both; where both have a word, it is said as `other` says."""
        named = {entry.say: entry for entry in (*self.surnames, *other.surnames)}
        return Lexicon((*self.entries, *other.entries), tuple(named.values()))

    def mark(self, text: str) -> tuple[str, dict[str, Entry]]:
        """The text with each word replaced by a character of its own, and what these stand for."""
        if not self.entries:
            return text, {}
        marks: dict[Entry, str] = {}
        out: list[str] = []
        at = 0
        while at < len(text):
            found = self._word_at(text, at)
            if found is None:
                out.append(text[at])
                at += 1
                continue
            entry, end = found
            if entry not in marks and len(marks) < len(LEXICON_MARKS):
                marks[entry] = chr(LEXICON_MARKS[len(marks)])
            out.append(marks.get(entry, text[at:end]))
            at = end
        return "".join(out), {mark: entry for entry, mark in marks.items()}

    def surname_readings(self, spoken: str, taken: Iterable[Reading]) -> list[Reading]:
        """Readings of the surnames of `[surnames]` where they stand as surnames in `spoken`."""
        busy = {at for reading in taken for at in range(reading.start, reading.end)}
        return [
            Reading(at, at + 1, entry.syllables)
            for entry in self.surnames
            for at in surname_places(spoken, entry.say)
            if at not in busy
        ]

    def _word_at(self, text: str, at: int) -> tuple[Entry, int] | None:
        """The longest word that begins at `at`, and where it ends."""
        for length in self._lengths.get(_one_tai(text[at]), ()):
            form, end = _one_tai(text[at : at + length]), at + length
            entry = self._by_form.get(form)
            if entry is None or end > len(text) or not _stands_alone(text, at, end):
                continue
            if form[-1].isascii() and form[-1].isalpha() and _HYPHEN.match(text, end):
                end += 1
            return entry, end
        return None

    @cached_property
    def _by_form(self) -> dict[str, Entry]:
        """Entries by their form; of a Latin word before a number also without the space."""
        forms: dict[str, Entry] = {}
        for entry in self.entries:
            form = _one_tai(_form(entry.word))
            forms[form] = entry
            forms.setdefault(_SPACED_NUMBER.sub("", form), entry)
        return forms

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """For each first character the lengths of its words, the longest first."""
        lengths: dict[str, set[int]] = {}
        for form in self._by_form:
            lengths.setdefault(form[0], set()).add(len(form))
        return {first: sorted(found, reverse=True) for first, found in lengths.items()}


_HYPHEN = re.compile(r"-(?=\d)")
_SPACED_NUMBER = re.compile(r"(?<=[A-Za-z]) (?=\d)")
_LATIN_BEFORE, _LATIN_AFTER = re.compile(r"[A-Za-z]$"), re.compile(r"[A-Za-z]|[$¥€£]\s?\d")
_DIGIT_BEFORE = re.compile(r"(?:\d[.,]?|[$¥€£]\s?)$")
_DIGIT_AFTER = re.compile(r"\d|[.,:/]\d|\s?[%‰°]")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a word is not a part of a longer one: US of US$100, 50 of 50% or 1,500."""
    first, last, before, after = text[start], text[end - 1], text[max(0, start - 3) : start], end
    if first.isascii() and first.isalpha() and _LATIN_BEFORE.search(before):
        return False
    if last.isascii() and last.isalpha() and _LATIN_AFTER.match(text, after):
        return False
    if first.isdigit() and _DIGIT_BEFORE.search(before):
        return False
    return not (last.isdigit() and _DIGIT_AFTER.match(text, after))


def surname_of(word: str, value: str) -> Entry:
    """An entry of `[surnames]`: one character, read so where it stands as a surname."""
    entry = entry_of(word, value)
    if len(entry.say) != 1 or len(entry.syllables) != 1:
        raise BadOptions("surname-bad", word=word)
    return entry


def entry_of(word: str, value: str) -> Entry:
    """What is said for a word. Raises BadOptions."""
    form = _form(word)
    if not form:
        raise BadOptions("word-empty", word=word)
    try:
        syllables = parse_syllables(value)
    except ValueError as error:
        raise BadOptions("syllable-bad", word=word, syllable=str(error)) from error
    if syllables is None:
        if is_toneless_pinyin(value, len(form)) and all(is_han(char) for char in form):
            raise BadOptions("pinyin-toneless", word=word, value=value)
        return Entry(word, value)
    if not all(is_han(char) for char in form):
        return Entry(word, "".join(character_for(s) or "" for s in syllables), syllables)
    if len(syllables) != len(form):
        raise BadOptions(
            "syllables-miscounted", word=word, n_characters=len(form), n_syllables=len(syllables)
        )
    return Entry(word, form, syllables)


def same_word(word: str) -> str:
    """What two spellings of one word have in common: 台灣 and 臺灣."""
    return _one_tai(_form(word))


def _form(word: str) -> str:
    """The word as the marked text has it."""
    return to_taiwan(fold(word)).strip()


def _one_tai(text: str) -> str:
    return text.replace("臺", "台")
