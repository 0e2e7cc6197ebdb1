"""How a script is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reader.errors import BadOptions

_LEAST_CHARS = 20
_LONGEST_PAUSE_MS = 10_000


@dataclass(frozen=True, slots=True)
class ScriptOptions:
    """Choices about the script. Raises BadOptions on a value that cannot work.

    The pauses are silence after an utterance, on top of what the voice itself leaves.
    """

    max_chars: int = 120
    """A longer sentence is cut at its clauses."""
    clause_pause_ms: int = 150
    """After a piece of a sentence that was too long."""
    sentence_pause_ms: int = 350
    paragraph_pause_ms: int = 700
    headline_pause_ms: int = 1000
    """After the headline, and after the byline."""
    foreign_in_brackets: Literal["once", "both"] = "once"
    """賴海哲（Robert Lighthizer） said in Chinese alone, or in both languages."""
    read_byline: bool = True
    name_addresses: bool = True
    """Say 網址 and 電子信箱 where an address stands; else it is skipped."""

    def __post_init__(self) -> None:
        if self.max_chars < _LEAST_CHARS:
            raise BadOptions(
                f"max_chars is {self.max_chars}: a sentence cannot be cut finer than {_LEAST_CHARS}"
                f" characters; give {_LEAST_CHARS} or more"
            )
        if self.foreign_in_brackets not in ("once", "both"):
            raise BadOptions(
                f"foreign_in_brackets is {self.foreign_in_brackets!r}: give 'once' or 'both'"
            )
        for name in (
            "clause_pause_ms",
            "sentence_pause_ms",
            "paragraph_pause_ms",
            "headline_pause_ms",
        ):
            value = getattr(self, name)
            if not 0 <= value <= _LONGEST_PAUSE_MS:
                raise BadOptions(f"{name} is {value}: give 0 to {_LONGEST_PAUSE_MS} milliseconds")
