"""The size limit, kept in the background while objects are written."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from typing import Final

from audio_cache.errors import BadCacheLimit, CacheError
from audio_cache.eviction import Eviction, Goal
from audio_cache.observer import CacheObserver, log
from audio_cache.pins import Pins
from audio_cache.sizes import format_bytes, parse_bytes

VARIABLE: Final = "TINGWEN_CACHE_MAX_BYTES"
_TARGET: Final = 0.9
"""Clear down to this share of the limit, so that it is not done for every object."""
_STEP: Final = 0.02
"""Look again when this share of the limit has been written by this process: four processes
that write side by side stay below the limit."""


def limit_from_environment() -> int | None:
    """Bytes, None without a limit. Raises BadCacheLimit."""
    text = os.environ.get(VARIABLE, "").strip()
    if not text:
        return None
    try:
        return parse_bytes(text)
    except ValueError as error:
        raise BadCacheLimit("cache-limit-bad", variable=VARIABLE, text=text) from error


class Limit:
    """Counts what is written and clears in a thread of its own, never in whoever writes."""

    def __init__(
        self, max_bytes: int | None, eviction: Eviction, pins: Pins, observer: CacheObserver
    ) -> None:
        self.max_bytes = max_bytes
        self._eviction, self._pins, self._observer = eviction, pins, observer
        self._n_written = max_bytes or 0  # so that the first write looks
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()

    def wrote(self, n_bytes: int) -> None:
        if self.max_bytes is None:
            return
        with self._guard:
            self._n_written += n_bytes
            is_running = self._thread is not None and self._thread.is_alive()
            if self._n_written < self.max_bytes * _STEP or is_running:
                return
            self._n_written = 0
            clearing = threading.Thread(
                target=self._clear, args=(self.max_bytes,), name="tingwen-cache"
            )
            with suppress(RuntimeError):  # no thread to be had, or the end: another time
                clearing.start()
                self._thread = clearing

    def settle(self) -> None:
        """Wait for what is being cleared."""
        if self._thread is not None:
            self._thread.join()

    def _clear(self, max_bytes: int) -> None:
        goal = Goal(max_bytes=int(max_bytes * _TARGET), above_bytes=max_bytes)
        try:
            with self._pins.alone() as is_alone:
                if not is_alone:
                    return
                removed = self._eviction.run(goal)
        except (CacheError, OSError) as error:
            log.warning("the cache could not be cleared: %s", error)
            return
        for kind, n_objects in removed.objects.items():
            self._observer.removed(kind, n_objects)
        if removed.n_objects:
            left = f"{format_bytes(removed.bytes_left)} are left of {format_bytes(max_bytes)}"
            log.info("cleared %d objects, %s", removed.n_objects, left)
