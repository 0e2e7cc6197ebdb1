"""Text in the columns of a terminal: a Han character takes two."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

COLUMNS: Final = 100
"""What a line of the command line should fit."""
_PIECE: Final = re.compile(r"[!-~]+|.", re.DOTALL)
"""What is not broken: a Latin word or number with its marks; any other character stands alone."""
_NEVER_FIRST: Final = "，。、；：？！）」』…"


def width(text: str) -> int:
    """Columns of a terminal that `text` takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def shortened(text: str, columns: int) -> str:
    """Beginning and end of a text that is too wide, with … between."""
    if width(text) <= columns:
        return text
    half = (columns - 1) // 2
    return f"{_within(text, half)}…{_within(text[::-1], columns - 1 - half)[::-1]}"


def wrapped(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns, broken between words or Han characters."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if line and width(line + piece.rstrip()) > columns and piece not in _NEVER_FIRST:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _within(text: str, columns: int) -> str:
    kept = 0
    for at, char in enumerate(text):
        kept += width(char)
        if kept > columns:
            return text[:at]
    return text
