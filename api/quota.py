"""How many narrations may be in the making at a time, in all and for one client."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from starlette.exceptions import HTTPException

_WAIT_S: Final = 10
"""A guess at when one of them ends: an article of 1,000 characters takes the embedded voice
some 10 s on one core."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One narration in the making."""

    client: str
    began_s: float = field(default_factory=time.monotonic)


class Quota:
    """Who has what in the making."""

    def __init__(self, in_all: int, each: int) -> None:
        self._in_all = in_all
        self._each = each
        self._places: set[Place] = set()
        self._n_of: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._places)

    def take(self, client: str) -> Place:
        """A place for a narration that begins. Raises what `check` does."""
        self.check(client)
        place = Place(client)
        self._places.add(place)
        self._n_of[client] += 1
        return place

    def check(self, client: str) -> None:
        """Raises HTTPException: 429 if `client` has too many in the making, 503 if all
        together have."""
        headers = {"Retry-After": str(_WAIT_S)}
        if client and self._n_of[client] >= self._each:
            raise HTTPException(
                429,
                f"{self._each} of your narrations are in the making; wait until one is ready",
                headers,
            )
        if len(self) >= self._in_all:
            raise HTTPException(
                503, f"{self._in_all} narrations are in the making; ask again later", headers
            )

    def release(self, place: Place) -> float:
        """Its narration has ended, in whatever way; seconds since it began."""
        self._places.remove(place)
        self._n_of[place.client] -= 1
        if not self._n_of[place.client]:
            del self._n_of[place.client]
        return time.monotonic() - place.began_s
