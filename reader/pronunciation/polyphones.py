"""Our own table of Taiwan readings: characters, and the words and contexts that decide them.

`data/polyphones.txt` has a block a character: a head line `character default`, then lines of
`reading: context context …`. The default `*` leaves the choice to dictionaries and the context
model. A context is text around the character, which stands in it as itself; `[甲乙]` stands
for one of several characters, `{num}` for a numeral, `|` for the edge of a clause. Where two
contexts fit, the longer one decides.
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
_NUMERALS = "〇零一二三四五六七八九十百千萬億兩幾半數多"
_PART = re.compile(r"\[[^\]]+\]|.")
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Polyphone:
    """Readings of one character: by context, and where no context fits (None: ask others)."""

    default: str | None
    contexts: dict[tuple[int, str], str]
    """(place of the character in the context, context) to reading."""

    def in_context(self, text: str, at: int) -> tuple[str, int] | None:
        """Reading of `text[at]` and the length of the longest context that says so."""
        for length in range(_LONGEST, 1, -1):
            for place in range(length):
                start = at - place
                if start < 0 or start + length > len(text):
                    continue
                reading = self.contexts.get((place, text[start : start + length]))
                if reading is not None:
                    return reading, length
        return None


def _expanded(context: str) -> Iterator[str]:
    parts = _PART.findall(context.replace("{num}", f"[{_NUMERALS}]"))
    yield from map("".join, product(*(part.strip("[]") for part in parts)))


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


@cache
def polyphones() -> dict[str, Polyphone]:
    """The table, read once."""
    table = files("reader.pronunciation").joinpath("data/polyphones.txt").read_text("utf-8")
    out: dict[str, Polyphone] = {}
    for characters, default, rows in _blocks(table):
        for character in characters:
            contexts: dict[tuple[int, str], str] = {}
            for reading, context in rows:
                for text in _expanded(context):
                    for place, here in enumerate(text):
                        if here == character:
                            contexts.setdefault((place, text), reading)
            out[character] = Polyphone(None if default == ASK else default, contexts)
    return out
