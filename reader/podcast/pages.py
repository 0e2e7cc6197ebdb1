"""Which episodes stand on which page of the feed (RFC 5005).

`feed.xml` has the newest. The others are filled from the oldest on, `feed-2.xml` first: a full one
never changes, so a day's run writes two pages of however many.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from reader.podcast import dates
from reader.podcast.existing import Foreign
from reader.podcast.index import Index, Listed

OLDEST: Final = 2
"""Number of the page with the oldest entries, where there is more than one."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the feed: the entries from place `start` to before `stop`, the newest first."""

    number: int
    start: int
    stop: int
    next: int = 0
    """Number of the page with older entries; 0 is none."""
    previous: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the feed: one of our episodes, or one of another feed."""

    moment: float
    order: int
    guid: str
    item: Listed | Foreign

    @property
    def key(self) -> tuple[float, int, str]:
        """What entries are sorted by."""
        return -self.moment, self.order, self.guid


class Entries:
    """What the feed lists, the newest first."""

    def __init__(self, index: Index, foreign: Sequence[Foreign], limit: int = 0) -> None:
        self._index = index
        others = (Entry(f.moment, -1, f.guid, f) for f in foreign if not index.holds(f.guid))
        self._others = sorted(others, key=lambda entry: entry.key)
        n_all = index.n_listed() + len(self._others)
        self._n = min(n_all, limit) if limit else n_all
        self.is_steady = not self._others and not limit
        """Whether entries are only ever added before the others."""

    def __len__(self) -> int:
        return self._n

    def between(self, start: int, stop: int) -> list[Entry]:
        """Those from place `start` to before `stop`."""
        if not self._others:
            return [_entry(listed) for listed in self._index.listed(start, min(stop, self._n))]
        ours = map(_entry, self._index.listed(0, stop))
        both = heapq.merge(ours, self._others, key=lambda entry: entry.key)
        return list(islice(both, start, min(stop, self._n)))


def pages_of(n_entries: int, size: int) -> Iterator[Page]:
    """The pages of so many entries, the newest first."""
    size = size or max(1, n_entries)
    n_older = math.ceil(max(0, n_entries - size) / size)
    yield Page(1, 0, min(size, n_entries), next=n_older + 1 if n_older else 0)
    for number in range(n_older + 1, OLDEST - 1, -1):
        oldest = n_entries - (number - OLDEST) * size
        previous = 1 if number == n_older + 1 else number + 1
        following = number - 1 if number > OLDEST else 0
        yield Page(number, max(size, oldest - size), oldest, following, previous)


def _entry(listed: Listed) -> Entry:
    record = listed.record
    moment = dates.in_utc(record.published).timestamp()
    return Entry(moment, record.order, record.guid, listed)
