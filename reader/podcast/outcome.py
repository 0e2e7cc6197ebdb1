"""What a run did, and what it could not do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from reader.errors import TingwenError

_UNEXPECTED: Final = "unexpected {kind}: {error}; please report it"


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that did not become an episode."""

    location: str
    error: Exception
    order: int = 0


@dataclass(slots=True)
class Outcome:
    """What a run did."""

    n_made: int = 0
    n_known: int = 0
    """Episodes that were there already, unchanged."""
    n_listed: int = 0
    """Episodes in the feed."""
    n_spoken: int = 0
    """Sentences that a voice was asked for."""
    failures: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What the user should know, though nothing failed."""

    def fail(self, location: str, error: Exception, order: int = 0) -> None:
        """Remember a failure; a mistake of ours must not stop the other sources."""
        if not isinstance(error, TingwenError):
            text = _UNEXPECTED.format(kind=type(error).__name__, error=error)
            error = RuntimeError(text)
        self.failures.append(Failure(location, error, order))
