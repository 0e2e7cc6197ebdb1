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
            raise BadOptions("sentence-limit-bad", max_chars=self.max_chars, least=_LEAST_CHARS)
        if self.foreign_in_brackets not in ("once", "both"):
            raise BadOptions("brackets-bad", value=self.foreign_in_brackets)
        for name in (
            "clause_pause_ms",
            "sentence_pause_ms",
            "paragraph_pause_ms",
            "headline_pause_ms",
        ):
            value = getattr(self, name)
            if not 0 <= value <= _LONGEST_PAUSE_MS:
                raise BadOptions("pause-bad", name=name, value=value, most=_LONGEST_PAUSE_MS)
