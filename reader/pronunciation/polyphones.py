"""Our own table of Taiwan readings: characters, and the words and contexts that decide them.

`data/polyphones.txt` has a block a character: a head line `character default`, then lines of
`reading: context context …`. The default `*` leaves the choice to dictionaries and the
context model; `!` after it keeps dictionaries from overruling it.

A context is text around the character, which stands in it as itself; `[甲乙]` stands for one
of several characters, `{num}` for a numeral, `|` for the edge of a clause. Where two contexts
fit, the longer one decides, then the earlier. Where the character occurs twice in a context,
`(媽)` says which one is meant. `為…提供` is the character with the rest up to ten characters
after it in the same clause; it decides where no plain context does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

EDGE = "|"
ASK = "*"
CLOSED = "!"
_NUMERALS = "〇零一二三四五六七八九十百千萬億兩幾半數多"
_PART = re.compile(r"\[[^\]]+\]|\{num\}|.")
_LONGEST = 6
_GAP = "…"
_FRAME = 12


@dataclass(frozen=True, slots=True)
class Decision:
    """A reading, and the context that gave it: `length` characters from `start`."""

    reading: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Polyphone:
    """Readings of one character: by context, and where no context fits (None: ask others)."""

    default: str | None
    contexts: dict[tuple[int, str], tuple[int, str]]
    """(place of the character in the context, context) to its rank in the table and reading."""
    frames: tuple[tuple[str, str], ...]
    """(what follows in the same clause, reading)."""
    readings: frozenset[str]
    """Those that a dictionary may choose."""

    def in_context(self, text: str, at: int) -> Decision | None:
        """What the longest context around `text[at]` says, if one fits."""
        for length in range(_LONGEST, 1, -1):
            places = range(max(0, at + length - len(text)), min(length, at + 1))
            found = [
                (*self.contexts[key], place)
                for place in places
                if (key := (place, text[at - place : at - place + length])) in self.contexts
            ]
            if found:
                _, reading, place = min(found)
                return Decision(reading, at - place, length)
        return self._match_frame(text, at)

    def _match_frame(self, text: str, at: int) -> Decision | None:
        ahead = text[at + 1 : at + 1 + _FRAME]
        for rest, reading in self.frames:
            if ahead.find(rest) > 0:
                return Decision(reading, at, 1)
        return None


def _expand(context: str) -> Iterator[str]:
    for part in (parts := _PART.findall(context)):
        if "]" in part[:-1] or "[" in part[1:]:
            raise ValueError(f"A context of the table is malformed: {context}")
    choices = (part.strip("[]").replace("{num}", _NUMERALS) for part in parts)
    yield from map("".join, product(*choices))


def _places(context: str, character: str) -> tuple[str, list[int]]:
    """The context without its mark, and where in it the character stands."""
    marked = context.find("(")
    plain = context.replace("(", "").replace(")", "")
    if marked >= 0:
        return plain, [marked]
    return plain, [place for place, here in enumerate(plain) if here == character]


def _blocks(table: str) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    head: list[str] = []
    rows: list[tuple[str, str]] = []
    for line in table.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] != " ":
            if head:
                yield head[0], head[1], rows
            head, rows = line.split(), []
        else:
            reading, contexts = line.split(":")
            rows.extend((reading.strip(), context) for context in contexts.split())
    if head:
        yield head[0], head[1], rows


def _polyphone(character: str, default: str, rows: list[tuple[str, str]]) -> Polyphone:
    contexts: dict[tuple[int, str], tuple[int, str]] = {}
    frames = [(context.split(_GAP)[1], reading) for reading, context in rows if _GAP in context]
    for rank, (reading, context) in enumerate(rows):
        if _GAP in context:
            continue
        for expanded in _expand(context):
            text, places = _places(expanded, character)
            for place in places:
                contexts.setdefault((place, text), (rank, reading))
    first = None if default == ASK else default.rstrip(CLOSED)
    readings = {first} if first else set()
    if not default.endswith(CLOSED):
        readings |= {reading for _, reading in contexts.values()}
    return Polyphone(first, contexts, tuple(frames), frozenset(readings))


@cache
def polyphones() -> dict[str, Polyphone]:
    """The table, read once."""
    table = files("reader.pronunciation").joinpath("data/polyphones.txt").read_text("utf-8")
    return {
        character: _polyphone(character, default, rows)
        for characters, default, rows in _blocks(table)
        for character in characters
    }
