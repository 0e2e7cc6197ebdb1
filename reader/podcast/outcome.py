"""What a run did, and what it could not do."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.errors import TingwenError


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that did not become an episode."""

    location: str
    error: TingwenError
    order: int = 0
    feed: str = ""
    """The feed that led there, if one did."""


@dataclass(slots=True)
class Outcome:
    """What a run did."""

    n_made: int = 0
    n_known: int = 0
    """Episodes that were there already, unchanged."""
    n_mended: int = 0
    """Episodes of which a file was missing."""
    n_listed: int = 0
    """Episodes in the feed."""
    n_spoken: int = 0
    """Sentences that a voice was asked for."""
    failures: list[Failure] = field(default_factory=list)
    notes: list[TingwenError] = field(default_factory=list)
    """What the user should know, though nothing failed."""

    def fail(self, location: str, error: Exception, order: int = 0, feed: str = "") -> None:
        """Remember a failure; a mistake of ours must not stop the other sources."""
        if not isinstance(error, TingwenError):
            error = TingwenError("unexpected-because", name=type(error).__name__, reason=error)
        self.failures.append(Failure(location, error, order, feed))
