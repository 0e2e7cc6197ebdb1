"""Headlines of articles, also of those that have none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_MOST_CHARS: Final = 40


def headline_of(title: str, paragraphs: Sequence[str]) -> str:
    """The title, or the first line of the article as far as a list can show it."""
    if title or not paragraphs:
        return title
    line = " ".join(paragraphs[0].split())
    return line if len(line) <= _MOST_CHARS else f"{line[: _MOST_CHARS - 1]}…"
