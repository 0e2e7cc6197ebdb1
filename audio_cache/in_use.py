"""Objects in use by this process, noted so that others do not evict them."""

from __future__ import annotations

import time
from typing import Final

from audio_cache.layout import family_of
from audio_cache.pins import Pins
from audio_cache.store import Store
from audio_cache.use_log import UseLog

_HELD_S: Final = 60.0
"""What is asked for at every range is held anew once in so long, well before it runs out."""
_MOST_HELD: Final = 10_000


class InUse:
    """Notes for what was used, pins for what is being used."""

    def __init__(self, store: Store) -> None:
        self.uses, self.pins = UseLog(store), Pins(store.root)
        self._store = store
        self._held_s: dict[str, float] = {}

    def hold(self, path: str) -> None:
        """`path` and its family are in use, for some minutes. Blocks for a moment."""
        now = time.monotonic()
        if now - self._held_s.get(path, -_HELD_S) < _HELD_S:
            return
        if len(self._held_s) > _MOST_HELD:
            self._held_s.clear()
        self._held_s[path] = now
        if self.uses.note(path) and self._store.is_remote:
            self.uses.flush()
        self.pins.hold(family_of(path))
