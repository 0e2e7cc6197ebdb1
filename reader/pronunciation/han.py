"""Words and readings of the Han characters of a line, by accent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reader.pronunciation.across import LINKED, joined_clause
from reader.pronunciation.context_model import context_model
from reader.pronunciation.mainland import mainland_readings
from reader.pronunciation.segment import word_lengths
from reader.pronunciation.taiwan import taiwan_readings
from reader.pronunciation.tokens import Kind, Run
from reader.script.simplify import simplified

Accent = Literal["tw", "cn"]


@dataclass(frozen=True, slots=True)
class HanReadings:
    """Reading of each character of a line (None: no Han, or unknown), and where words end."""

    readings: tuple[str | None, ...]
    word_ends: frozenset[int]


def han_guesses(text: str) -> list[str | None]:
    """The context model's reading of each polyphone of `text`, None elsewhere.

    The model knows the end of a sentence by its full stop, so it is given one.
    """
    model = context_model()
    plain = simplified(text)
    positions = [i for i, c in enumerate(plain) if len(model.candidates(c)) > 1]
    guesses: list[str | None] = [None] * len(text)
    ended = plain if plain[-1:] in "。！？" else plain + "。"
    for at, guess in zip(positions, model(ended, positions), strict=True):
        guesses[at] = guess or None
    return guesses


def han_readings(text: str, parts: Iterable[Run], accent: Accent) -> HanReadings:
    """Readings, before sandhi, of the Han characters of `text`, whose runs are `parts`."""
    guesses = han_guesses(text)
    readings: list[str | None] = [None] * len(text)
    ends: list[int] = []
    read = taiwan_readings if accent == "tw" else mainland_readings
    for run in parts:
        if run.kind is not Kind.HAN:
            continue
        lengths = word_lengths(run.text)
        readings[run.start : run.end] = read(run.text, lengths, guesses[run.start : run.end])
        if accent == "tw" and not LINKED.isdisjoint(run.text):
            _read_past_quotes(text, run, readings)
        at = run.start
        for length in lengths:
            at += length
            ends.append(at)
    return HanReadings(tuple(readings), frozenset(ends))


def _read_past_quotes(text: str, run: Run, readings: list[str | None]) -> None:
    """Chooses again for 為, 還 and 得 where their clause goes on behind a quotation mark."""
    for at in range(run.start, run.end):
        joined = joined_clause(text, at) if text[at] in LINKED else None
        if joined is None:
            continue
        clause, place = joined
        lengths = word_lengths(clause)
        readings[at] = taiwan_readings(clause, lengths, [readings[at]] * len(clause))[place]
