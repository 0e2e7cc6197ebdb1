"""A line cut into runs: Han characters, Latin, marks that end a clause, and silent signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    HAN = "han"
    LATIN = "latin"
    DIGITS = "digits"
    MARKS = "marks"
    SILENT = "silent"
    OTHER = "other"


_RUN = re.compile(
    r"(?P<han>[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|(?P<latin>[A-Za-z]+)"
    r"|(?P<digits>[0-9]+)"
    r"|(?P<marks>[，。！？；：、—…（）]+)"
    r"|(?P<silent>[\s「」『』《》〈〉“”‘’\"'·・．.\-]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Run:
    kind: Kind
    start: int
    end: int
    text: str


def runs(text: str) -> Iterator[Run]:
    """The runs of `text`, in order and without gaps."""
    for match in _RUN.finditer(text):
        yield Run(Kind(match.lastgroup), match.start(), match.end(), match.group())
