"""A sentence as captions: at most two lines of 16 full-width characters each, cut at clauses.

What must not be parted (a word, a number with its unit, a mark and what it belongs to) is one
unit; lines and cues are made of whole units. Breaks are chosen for the whole sentence at once,
so that no cue is left with a last word alone.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reader.pronunciation.segment import word_lengths

LINE_CELLS: Final = 32
"""Of half a full-width character each."""
_MOST_LINES: Final = 2

_OPENING: Final = frozenset("「『（《〈【〔“‘‹([{<")
_GLUED: Final = re.compile(r"[A-Za-z0-9.,:%/$'’°_+-]")
"""A number, a Latin word, an address: never cut between two of these."""
_MYRIADS: Final = frozenset("萬億兆")
_COUNTED: Final = frozenset("年月日時分秒人元名個歲萬億兆千百％℃度公里次位件家場座棟輛隻")
_BREAK_COST: Final = {"。": 0.0, "！": 0.0, "？": 0.0, "；": 0.05, "…": 0.1, "，": 0.15, "：": 0.3,
                      "—": 0.3, "、": 0.5, "」": 0.6, "』": 0.6, "）": 0.6, " ": 0.6}  # fmt: skip
_WORD_BREAK_COST: Final = 1.5
_CUE_COST: Final = 1.0
_SHORT_CELLS: Final = 16
_SHORT_COST: Final = 0.6


@dataclass(frozen=True, slots=True)
class CaptionBlock:
    """A cue's part of the text: the places where its lines begin and end."""

    lines: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.lines[0][0]

    @property
    def end(self) -> int:
        return self.lines[-1][1]


def blocks_of(text: str) -> list[CaptionBlock]:
    """The cues of `text`, which is one line without control characters. Joined they are it."""
    if cells(text) <= LINE_CELLS:
        return [CaptionBlock(((0, len(text)),))]
    edges = _edges(text)
    costs = [_break_cost(text, edge) for edge in edges]
    widths = [cells(text[:edge]) for edge in edges]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(edges)):
        found = (float("inf"), end - 1)
        for start in range(end - 1, -1, -1):
            if widths[end] - widths[start] > _MOST_LINES * LINE_CELLS + 2:
                break
            if _lines(text, edges, start, end) is None:
                continue
            cost = best[start][0] + _cue_cost(widths[end] - widths[start], costs[end])
            found = min(found, (cost, start))
        best.append(found)
    cuts = [len(edges) - 1]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    cuts.reverse()
    return [
        CaptionBlock(_lines(text, edges, start, end) or ((edges[start], edges[end]),))
        for start, end in itertools.pairwise(cuts)
    ]


def cells(text: str) -> int:
    """Width in half-width characters, the space at its end left out."""
    return sum(_cells(character) for character in text.rstrip())


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def words_of(text: str) -> list[tuple[int, int]]:
    """Start and end of each unit."""
    edges = _edges(text)
    return list(itertools.pairwise(edges))


def _edges(text: str) -> list[int]:
    """Places where `text` may be broken, its ends among them."""
    edges = [0]
    at = 0
    for length in word_lengths(text):
        at += length
        if at < len(text) and _may_break(text, at):
            edges.append(at)
    edges.append(len(text))
    return _without_overlong(text, edges)


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after == " " or before in _OPENING or unicodedata.combining(after):
        return False
    if _is_mark(after) and after not in _OPENING:
        return False
    if _GLUED.match(before) and _GLUED.match(after):
        return False
    if before in _MYRIADS and after.isdigit():
        return False
    return not (before.isdigit() and after in _COUNTED)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _without_overlong(text: str, edges: Sequence[int]) -> list[int]:
    """A unit longer than a line, such as an address, is cut where the line ends."""
    kept = [edges[0]]
    for end in edges[1:]:
        while cells(text[kept[-1] : end]) > LINE_CELLS:
            at = kept[-1] + 1
            while cells(text[kept[-1] : at + 1]) <= LINE_CELLS:
                at += 1
            kept.append(at)
        kept.append(end)
    return kept


def _lines(
    text: str, edges: Sequence[int], start: int, end: int
) -> tuple[tuple[int, int], ...] | None:
    """The lines of the units from `start` to `end`, None if they do not fit."""
    first, last = edges[start], edges[end]
    if cells(text[first:last]) <= LINE_CELLS:
        return ((first, last),)
    found: tuple[float, int] | None = None
    for middle in edges[start + 1 : end]:
        above, below = cells(text[first:middle]), cells(text[middle:last])
        if above > LINE_CELLS:
            break
        if below > LINE_CELLS:
            continue
        cost = _break_cost(text, middle) + abs(above - below) / LINE_CELLS
        if found is None or cost < found[0]:
            found = cost, middle
    return found and ((first, found[1]), (found[1], last))


def _break_cost(text: str, at: int) -> float:
    return _BREAK_COST.get(text[at - 1], _WORD_BREAK_COST) if at else 0.0


def _cue_cost(width: int, break_cost: float) -> float:
    short = _SHORT_COST if width < _SHORT_CELLS else 0.0
    return _CUE_COST + break_cost + short
