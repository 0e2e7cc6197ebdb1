"""A time for articles that name their day only: steady, and in the order they were given in.

Apps sort by time: articles of one day at midnight would stand in any order. The first that was
given is the newest; what a later run brings of the same day comes after all of the runs before.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from reader.podcast.folder import Folder
from reader.podcast.sources import ENTRIES, Source, is_address

_STATE: Final = "day-starts.json"
_LAST_S: Final = 86_399
_STEPS: Final = (100, 1)
"""Seconds for the entries of a feed, where there is room for them."""
_MOST_SPREAD: Final = 200


class DayPlaces:
    """The places of one run. What a killed run gave is given again. Raises StorageError."""

    def __init__(self, folder: Folder, sources: Sequence[Source]) -> None:
        self._folder = folder
        may_be_feeds = any(is_address(s.location) or s.location.endswith("xml") for s in sources)
        n_slots = 1 + max((s.order // ENTRIES for s in sources), default=0)
        self._step = _STEPS[0] if may_be_feeds and n_slots <= _MOST_SPREAD else _STEPS[1]
        self._n_places = n_slots * self._step
        self._starts: dict[str, int] = _starts_of(folder.state(_STATE))

    def moment(self, published: str, order: int) -> str:
        """ISO 8601 with the time that the article of this place has on its day."""
        day = datetime.fromisoformat(published)
        name = f"{day:%Y-%m-%d}"
        if name not in self._starts:
            self._starts[name] = self._folder.index.latest_second(name)
            self._folder.keep_state(_STATE, json.dumps(self._starts, sort_keys=True).encode())
        slot, entry = divmod(order, ENTRIES)
        place = slot * self._step + min(entry, self._step - 1)
        second = min(_LAST_S, self._starts[name] + self._n_places - place)
        return (day.replace(hour=0, minute=0, second=0) + timedelta(seconds=second)).isoformat()

    def finish(self) -> None:
        """The run has ended: the next one begins behind it."""
        self._folder.drop(_STATE)


def _starts_of(state: bytes | None) -> dict[str, int]:
    try:
        return {str(day): int(second) for day, second in json.loads(state or b"{}").items()}
    except (ValueError, AttributeError, TypeError):
        return {}
