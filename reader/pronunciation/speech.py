"""The door: from a line to clauses of syllables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reader.errors import Unpronounceable
from reader.pronunciation.clauses import clause_mark, within_breath
from reader.pronunciation.han import Accent, HanReadings, han_readings
from reader.pronunciation.inventory import speakable
from reader.pronunciation.latin import digit_readings, latin_syllables
from reader.pronunciation.model import Clause, Syllable, Word
from reader.pronunciation.moedict import moedict
from reader.pronunciation.polyphones import polyphones
from reader.pronunciation.rare import UNSAID, is_guessed, rare_reading
from reader.pronunciation.sandhi import with_one_and_not, with_third_tones
from reader.pronunciation.tokens import Kind, Run, runs
from reader.script.model import Line, Reading


@dataclass(frozen=True, slots=True)
class _Voiced:
    """One syllable before sandhi. `character` is its Han character, or a stand-in for Latin."""

    start: int
    end: int
    character: str
    reading: str


_VoicedWord = tuple[_Voiced, ...]
_LATIN = "A"


def _no_syllable(line: Line, reading: str) -> Unpronounceable:
    return Unpronounceable("reading-unspeakable", reading=reading, line=line.spoken)


def _voice(line: Line, start: int, end: int, character: str, reading: str) -> list[_Voiced]:
    said = speakable(reading)
    if said is None:
        raise _no_syllable(line, reading)
    return [_Voiced(start, end, character if not i else "兒", s) for i, s in enumerate(said)]


def _apply_fixed(line: Line, fixed: Reading) -> _VoicedWord:
    """The lexicon's syllables, one a character where the numbers agree."""
    out: list[_Voiced] = []
    one_each = len(fixed.syllables) == fixed.end - fixed.start
    for at, syllable in enumerate(fixed.syllables, fixed.start):
        start, end = (at, at + 1) if one_each else (fixed.start, fixed.end)
        character = line.spoken[at] if one_each else _LATIN
        out.extend(_voice(line, start, end, character, syllable))
    return tuple(out)


def _han_words(line: Line, start: int, run: Run, han: HanReadings) -> Iterator[_VoicedWord]:
    """Words of a run of Han characters from `start` on, the lexicon's entries as they are."""
    entries = {reading.start: reading for reading in line.readings}
    word: list[_Voiced] = []
    at = start
    while at < run.end:
        if at in entries and at < entries[at].end:
            if word:
                yield tuple(word)
                word = []
            yield _apply_fixed(line, entries[at])
            at = entries[at].end
            continue
        reading = han.readings[at]
        if reading is not None:  # else the character is passed over: see `doubtful_characters`
            word.extend(_voice(line, at, at + 1, line.spoken[at], reading))
        at += 1
        if at in han.word_ends and word:
            yield tuple(word)
            word = []
    if word:
        yield tuple(word)


def _words_of(line: Line, run: Run, han: HanReadings) -> Iterator[_VoicedWord]:
    entry = next((r for r in line.readings if r.start <= run.start < r.end), None)
    voiced_before = entry is not None and entry.start < run.start
    if run.kind is Kind.HAN:
        start = entry.end if entry is not None and voiced_before else run.start
        yield from _han_words(line, start, run, han)
    elif run.kind is Kind.SILENT or voiced_before:
        return
    elif entry is not None:
        yield _apply_fixed(line, entry)
    elif run.kind is Kind.LATIN:
        yield tuple(_Voiced(run.start, run.end, _LATIN, s) for s in latin_syllables(run.text))
    elif run.kind is Kind.DIGITS:
        yield tuple(
            _Voiced(at, at + 1, numeral, reading)
            for at, (numeral, reading) in enumerate(digit_readings(run.text), run.start)
        )


def _breaths(line: Line, accent: Accent) -> Iterator[tuple[list[_VoicedWord], str]]:
    """Words up to each run of marks, before sandhi, and the mark that ends them."""
    parts = list(runs(line.spoken))
    han = han_readings(line.spoken, parts, accent)
    words: list[_VoicedWord] = []
    said = False
    for run in parts:
        if run.kind is not Kind.MARKS:
            words.extend(word for word in _words_of(line, run, han) if word)
        elif words:
            yield words, clause_mark(run.text)
            words, said = [], True
    if words:
        yield words, ""
    elif not said and (unsaid := _unsaid(parts)) is not None:
        yield [(unsaid,)], ""


def _unsaid(parts: Sequence[Run]) -> _Voiced | None:
    """The placeholder for a line of which nothing can be said."""
    run = next((run for run in parts if run.kind in (Kind.HAN, Kind.OTHER)), None)
    return None if run is None else _Voiced(run.start, run.end, _LATIN, UNSAID)


@dataclass(frozen=True, slots=True)
class Doubts:
    """Characters of a line whose reading is a guess, and those that have none and are not said."""

    guessed: tuple[str, ...]
    unsaid: tuple[str, ...]


def doubtful_characters(line: Line) -> Doubts:
    """What an editor should look at: give such a character a reading in the lexicon."""
    parts = list(runs(line.spoken))
    fixed = {at for reading in line.readings for at in range(reading.start, reading.end)}
    han = [
        (at, line.spoken[at])
        for run in parts
        if run.kind is Kind.HAN
        for at in range(run.start, run.end)
        if at not in fixed
    ]
    rare = [character for _, character in han if character not in moedict().characters]
    unsaid = [c for c in rare if c not in polyphones() and rare_reading(c) is None]
    guessed = [c for c in rare if c not in polyphones() and c not in unsaid and is_guessed(c)]
    other = [run.text for run in parts if run.kind is Kind.OTHER]
    return Doubts(tuple(dict.fromkeys(guessed)), tuple(dict.fromkeys([*unsaid, *other])))


_UNCOMMON = re.compile("[\u3400-\u4dbf\u9fa6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""All Han characters outside these, Unicode's first block, have a reading (`tests/test_sweep`)."""


def unsaid_characters(lines: Iterable[Line]) -> tuple[str, ...]:
    """The Han characters that have no reading and are passed over, each once. A line of common
    characters costs no more than a look at it."""
    uncommon = (line for line in lines if _UNCOMMON.search(line.spoken))
    found = (c for line in uncommon for c in doubtful_characters(line).unsaid)
    return tuple(dict.fromkeys(found))


def _after_one_and_not(words: Sequence[_VoicedWord]) -> list[list[str]]:
    flat = [voiced for word in words for voiced in word]
    text = "".join(voiced.character for voiced in flat)
    said = iter(with_one_and_not(text, [voiced.reading for voiced in flat]))
    return [[next(said) for _ in word] for word in words]


def pronounce(line: Line, accent: Accent = "tw") -> tuple[Clause, ...]:
    """`line` as it is heard, with all tone sandhi: clauses of words of syllables.

    Raises:
        Unpronounceable: a reading of the lexicon is no syllable.
    """
    clauses: list[Clause] = []
    for words, mark in _breaths(line, accent):
        said = with_third_tones(_after_one_and_not(words))
        heard = [
            Word(tuple(Syllable(p, v.start, v.end) for p, v in zip(tones, word, strict=True)))
            for tones, word in zip(said, words, strict=True)
        ]
        clauses.extend(within_breath(heard, mark))
    return tuple(clauses)


def pinyin(line: Line, accent: Accent = "tw") -> list[str]:
    """One syllable an item: 一 and 不 after their sandhi, third tones before theirs.

    Raises:
        Unpronounceable: a reading of the lexicon is no syllable.
    """
    return [
        syllable
        for words, _ in _breaths(line, accent)
        for word in _after_one_and_not(words)
        for syllable in word
    ]
