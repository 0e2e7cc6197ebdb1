"""Quota of narrations in the making at a time, in all and for one client."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from api.refusal import Refusal

_WAIT_S: Final = 10
"""A guess at when one of them ends: an article of 1,000 characters takes the embedded voice
some 10 s on one core."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One narration in the making."""

    client: str
    began_s: float = field(default_factory=time.monotonic)


class Quota:
    """Slots for narrations in the making, by client."""

    def __init__(self, in_all: int, each: int) -> None:
        self._in_all = in_all
        self._each = each
        self._slots: set[Slot] = set()
        self._n_of: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._slots)

    def take(self, client: str) -> Slot:
        """A slot for a narration that begins. Raises what `check` does."""
        self.check(client)
        slot = Slot(client)
        self._slots.add(slot)
        self._n_of[client] += 1
        return slot

    def check(self, client: str) -> None:
        """Raises HTTPException: 429 if `client` has too many in the making, 503 if all
        together have."""
        headers = {"Retry-After": str(_WAIT_S)}
        if client and self._n_of[client] >= self._each:
            raise Refusal(429, "too-many-yours", headers, most=self._each)
        if len(self) >= self._in_all:
            raise Refusal(503, "too-many-in-all", headers, most=self._in_all)

    def release(self, slot: Slot) -> float:
        """Its narration has ended, in whatever way; seconds since it began."""
        self._slots.remove(slot)
        self._n_of[slot.client] -= 1
        if not self._n_of[slot.client]:
            del self._n_of[slot.client]
        return time.monotonic() - slot.began_s
