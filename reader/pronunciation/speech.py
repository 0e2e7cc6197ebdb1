"""The door: from a line to clauses of syllables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from reader.errors import Unpronounceable
from reader.pronunciation.clauses import is_clause_mark, strongest_mark, within_breath
from reader.pronunciation.context_model import context_model
from reader.pronunciation.inventory import speakable
from reader.pronunciation.latin import latin_syllables
from reader.pronunciation.mainland import mainland_readings
from reader.pronunciation.model import Clause, Syllable, Word
from reader.pronunciation.sandhi import with_one_and_not, with_third_tones
from reader.pronunciation.segment import word_lengths
from reader.pronunciation.simplify import simplified
from reader.pronunciation.taiwan import taiwan_readings
from reader.script.model import Line

Accent = Literal["tw", "cn"]

_TOKEN = re.compile(
    r"(?P<han>[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|(?P<latin>[A-Za-z]+)|(?P<marks>[，。！？；：、—…（）]+)"
    r"|(?P<silent>[\s「」『』《》〈〉“”‘’\"'·・\-]+)|(?P<other>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word before sandhi: its characters' span and readings."""

    start: int
    spans: tuple[tuple[int, int], ...]
    readings: tuple[str, ...]


def _unpronounceable(line: Line, at: int) -> Unpronounceable:
    character = line.spoken[at]
    message = (
        f"No reading for {character!r} (U+{ord(character):04X}) in {line.spoken!r}: "
        "give it one in the lexicon"
    )
    return Unpronounceable(message)


def _speakable(line: Line, at: int, reading: str) -> tuple[str, ...]:
    said = speakable(reading)
    if said is None:
        message = f"The voice has no syllable {reading!r} (in {line.spoken!r} at {at})"
        raise Unpronounceable(message)
    return said


def _fixed(line: Line) -> dict[int, tuple[int, tuple[str, ...]]]:
    return {r.start: (r.end, r.syllables) for r in line.readings}


def _guesses(text: str) -> list[str | None]:
    """The context model's reading of each polyphone of `text`, None elsewhere.

    The model takes the end of the text for the end of a sentence, marked by its full stop.
    """
    model = context_model()
    plain = simplified(text)
    positions = [i for i, c in enumerate(plain) if len(model.candidates(c)) > 1]
    guesses: list[str | None] = [None] * len(text)
    ended = plain if plain[-1:] in "。！？" else plain + "。"
    for at, guess in zip(positions, model(ended, positions), strict=True):
        guesses[at] = guess or None
    return guesses


def _readings_of(line: Line, accent: Accent) -> tuple[list[str | None], list[int]]:
    """Reading of every character of the line that is Han, and where words end."""
    readings: list[str | None] = [None] * len(line.spoken)
    ends: list[int] = []
    guesses = _guesses(line.spoken)
    for match in _TOKEN.finditer(line.spoken):
        if match.lastgroup == "han":
            text = match.group()
            lengths = word_lengths(text)
            guessed = guesses[match.start() : match.end()]
            readings[match.start() : match.end()] = (
                taiwan_readings(text, lengths, guessed)
                if accent == "tw"
                else mainland_readings(text, guessed)
            )
            at = match.start()
            for length in lengths:
                at += length
                ends.append(at)
        else:
            ends.append(match.end())
    return readings, ends


def _units(line: Line, accent: Accent) -> Iterator[_Unit | str]:
    """Words of the line, and runs of clause marks between them."""
    readings, ends = _readings_of(line, accent)
    fixed = _fixed(line)
    said = with_one_and_not(line.spoken, readings)
    text = line.spoken
    start = 0
    for end in ends:
        if end <= start:
            continue
        piece = text[start:end]
        if is_clause_mark(piece[0]) or piece[0] in "（）":
            yield piece
        elif piece[0].isascii() and piece[0].isalpha():
            syllables = latin_syllables(piece)
            yield _Unit(start, ((start, end),) * len(syllables), syllables)
        elif readings[start] is not None or ord(piece[0]) >= 0x3400:
            spans: list[tuple[int, int]] = []
            voiced: list[str] = []
            at = start
            while at < end:
                if at in fixed:
                    stop, syllables = fixed[at]
                    for offset, syllable in enumerate(syllables):
                        where = at + min(offset, stop - at - 1)
                        span = (where, where + 1) if len(syllables) == stop - at else (at, stop)
                        for one in _speakable(line, at, syllable):
                            spans.append(span)
                            voiced.append(one)
                    at = stop
                    continue
                reading = said[at]
                if reading is None:
                    raise _unpronounceable(line, at)
                for one in _speakable(line, at, reading):
                    spans.append((at, at + 1))
                    voiced.append(one)
                at += 1
            yield _Unit(start, tuple(spans), tuple(voiced))
            end = at
        elif _TOKEN.match(piece).lastgroup == "other":  # type: ignore[union-attr]
            raise _unpronounceable(line, start)
        start = end


def _sentences(units: Iterable[_Unit | str]) -> Iterator[tuple[list[_Unit], str]]:
    """Words up to each run of marks, and the strongest mark of the run."""
    words: list[_Unit] = []
    marks = ""
    for unit in units:
        if isinstance(unit, str):
            marks += unit
            continue
        if marks and words:
            yield words, strongest_mark(marks)
            words = []
        marks = ""
        words.append(unit)
    if words:
        yield words, strongest_mark(marks)


def pronounce(line: Line, accent: Accent = "tw") -> tuple[Clause, ...]:
    """`line` as it is heard, with all tone sandhi: clauses of words of syllables.

    Raises:
        Unpronounceable: a character has no reading.
    """
    clauses: list[Clause] = []
    for units, mark in _sentences(_units(line, accent)):
        said = with_third_tones([unit.readings for unit in units])
        words = [
            Word(tuple(Syllable(p, *s) for p, s in zip(pinyins, unit.spans, strict=True)))
            for unit, pinyins in zip(units, said, strict=True)
        ]
        clauses.extend(within_breath(words, mark))
    return tuple(clauses)


def pinyin(line: Line, accent: Accent = "tw") -> list[str]:
    """One syllable an item: 一 and 不 after their sandhi, third tones before theirs.

    Raises:
        Unpronounceable: a character has no reading.
    """
    return [s for unit in _units(line, accent) if isinstance(unit, _Unit) for s in unit.readings]
