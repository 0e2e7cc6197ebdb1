"""The sentence around a character, past quotation marks and Latin words.

A run of Han characters ends at a quotation mark; what decides 為 in 市長為「兒童藝術節」揭幕 stands
behind it. A foreign word is some name (為Google打造).
"""

from __future__ import annotations

import re

LINKED = frozenset("為還得")
"""Characters whose reading rests on the clause that follows them."""
_HAN = "\u3007\u3400-\u9fff"
_CLAUSE = re.compile(rf"[{_HAN}「」『』《》〈〉A-Za-z0-9 .%]+")
_PIECE = re.compile(
    rf"(?P<han>[{_HAN}])|(?P<latin>[A-Za-z]+(?:[ .]*[A-Za-z]+)*)|(?P<digits>\d[\d.]*)"
)
_OPEN, _CLOSED = "「『《〈", "」』》〉"
_SOME_NAME, _SOME_NUMBER = "某某", "三百"


def joined_clause(text: str, at: int) -> tuple[str, int] | None:
    """The clause around `text[at]` in nothing but Han characters, and the character's place in
    it; None where the run of Han characters around it is all of the clause."""
    clause = next((m for m in _CLAUSE.finditer(text) if m.start() <= at < m.end()), None)
    if clause is None:
        return None
    start, end = _inside(text, at, clause.start(), clause.end())
    if re.fullmatch(f"[{_HAN}]+", text[start:end]):
        return None
    out, place = "", 0
    for piece in _PIECE.finditer(text, start, end):
        if piece.start() == at:
            place = len(out)
        if piece["han"]:
            out += piece["han"]
        else:
            out += _SOME_NAME if piece["latin"] else _SOME_NUMBER
    return out, place


def _inside(text: str, at: int, start: int, end: int) -> tuple[int, int]:
    """Where the innermost quotation that holds the character begins and ends, or the clause."""
    depth = 0
    for left in range(at - 1, start - 1, -1):
        depth += (text[left] in _CLOSED) - (text[left] in _OPEN)
        if depth < 0:
            start = left + 1
            break
    depth = 0
    for right in range(at + 1, end):
        depth += (text[right] in _OPEN) - (text[right] in _CLOSED)
        if depth < 0:
            return start, right
    return start, end
