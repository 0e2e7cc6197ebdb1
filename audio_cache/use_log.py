"""Use log: when objects were last used, to the hour; what eviction goes by.

Times of access are no guide: many disks do not keep them, buckets have none, and a backup
would refresh all. So each process notes what it uses and writes it down now and then, in one
object an hour, whatever the number of objects: `used/v2/HOUR-PROCESS`, a path a line. A killed
process loses a minute of notes, and with it nothing but precision.

Where processes cannot lock (buckets), the notes are also what keeps an object in use from
being evicted: of what is held, the first use in an hour is written down at once.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
import weakref
from collections.abc import Container, Iterator
from contextlib import suppress
from typing import Final

from audio_cache.envelope import Corrupt, seal, unseal
from audio_cache.layout import USED
from audio_cache.observer import log
from audio_cache.store import FAILED, Store, is_leftover

HOUR_S: Final = 3600
_FLUSH_S: Final = 60.0
_TIDY_HOURS: Final = 24


class UseLog:
    """Notes of this process; `last_used_s` reads those of all."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._name = uuid.uuid4().hex
        self._notes: dict[int, set[str]] = {}
        self._dirty = False
        self._timer: threading.Timer | None = None
        self._guard = threading.Lock()
        self._flushing = threading.Lock()
        """So that no older notes are written over newer ones."""
        if store.root is not None:  # a bucket may hang, and that must not delay the end
            weakref.finalize(self, _write, store, self._name, self._notes)

    def note(self, path: str) -> bool:
        """`path` is being used. Whether that is new in this hour."""
        hour = int(time.time()) // HOUR_S
        with self._guard:
            used = self._notes.setdefault(hour, set())
            if path in used:
                return False
            used.add(path)
            self._dirty = True
            if self._timer is None:
                self._timer = threading.Timer(_FLUSH_S, self._flush_in_thread)
                self._timer.daemon = True
                self._timer.start()
        return True

    def _flush_in_thread(self) -> None:
        """The timer is a daemon, so that nobody waits for it at the end; a daemon must not be
        inside the store then: the process would abort."""
        with suppress(RuntimeError):  # at the end no thread can be started: `finalize` writes
            threading.Thread(target=self.flush).start()

    def flush(self) -> None:
        """Write down what is not yet. Failing costs precision only, and is logged."""
        with self._flushing:
            notes = self._new_notes()
            _write(self._store, self._name, notes)
        if len(notes) > 1 and max(notes) % _TIDY_HOURS == 0:  # also where nobody ever clears
            with suppress(*FAILED):
                self.compact()

    def _new_notes(self) -> dict[int, set[str]]:
        """A copy of them, if there is anything new; whole hours are forgotten with it."""
        with self._guard:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if not self._dirty:
                return {}
            self._dirty = False
            notes = {hour: set(paths) for hour, paths in self._notes.items()}
            for hour in sorted(notes)[:-1]:
                del self._notes[hour]
        return notes

    def last_used_s(self) -> dict[str, float]:
        """By path: the end of the last hour in which any process used it."""
        self.flush()
        last: dict[str, float] = {}
        for _, hour, paths in self._read_all():
            moment = float((hour + 1) * HOUR_S)
            for used in paths:
                last[used] = max(moment, last.get(used, 0.0))
        return last

    def compact(self, still_there: Container[str] | None = None) -> None:
        """Bring the notes of past hours into one object an hour, without what is gone."""
        now = int(time.time()) // HOUR_S
        merged: dict[int, set[str]] = {}
        old: list[str] = []
        for path, hour, paths in self._read_all():
            if hour < now - 1:  # a process may still write down the last hour
                kept = (p for p in paths if still_there is None or p in still_there)
                merged.setdefault(hour, set()).update(kept)
                old.append(path)
        if len(old) > len(merged):
            seen: set[str] = set()
            for hour in sorted(merged, reverse=True):  # the last use is the one that counts
                merged[hour] -= seen
                seen |= merged[hour]
            _write(self._store, uuid.uuid4().hex, merged)
            self._store.delete(old)

    def _read_all(self) -> Iterator[tuple[str, int, list[str]]]:
        """Path, hour and notes of each object; no notes if it is damaged or gone."""
        for entry in self._store.entries(USED):
            hour = entry.path.rpartition("/")[2].split("-")[0]
            if is_leftover(entry) or not hour.isdecimal():
                continue
            try:
                notes = unseal(self._store.get(entry.path) or b"").decode().splitlines()
            except (Corrupt, UnicodeDecodeError):
                notes = []
            yield entry.path, int(hour), notes


def _write(store: Store, name: str, notes: dict[int, set[str]]) -> None:
    for hour, paths in list(notes.items()):
        sealed = seal("\n".join(sorted(paths)).encode())
        try:
            if paths:
                store.put(f"{USED}/{hour}-{os.getpid()}-{name}", sealed)
        except FAILED as error:
            log.debug("cannot note what was used: %s", error)
            return
