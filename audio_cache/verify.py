"""Reading everything, to find what is damaged before anybody asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from audio_cache.checked import remote_chunks
from audio_cache.envelope import Corrupt, unseal
from audio_cache.layout import SCHEMA, key_of, path_of, plain_sha256
from audio_cache.store import NOT_FOUND, ObjectEntry, Store, is_leftover

_AT_A_TIME: Final = 2
_AT_A_TIME_FAR: Final = 16
"""Across the network most of the time is waiting."""
_BATCH: Final = 512

Needs = Callable[[str, bytes], Iterable[str]]
"""By key and payload of a sealed object: the keys without which it says what is not true."""


@dataclass(slots=True)
class Verified:
    """Result of a verification: what was read, and what was wrong with it."""

    n_objects: int = 0
    n_bytes: int = 0
    damaged: dict[str, str] = field(default_factory=dict)
    """Keys and what was wrong; they are set aside."""
    n_half_written: int = 0
    """Left by a writer that was killed, or still being written: in nobody's way."""


class Verification:
    """Reads every object of one store. Blocks for long: run it in a thread."""

    def __init__(self, store: Store, set_aside: Callable[[str, str], None], needs: Needs) -> None:
        self._store, self._set_aside, self._needs = store, set_aside, needs

    def run(self) -> Verified:
        """Raises CacheUnavailable."""
        done = Verified()
        pool = ThreadPoolExecutor(_AT_A_TIME_FAR if self._store.is_remote else _AT_A_TIME)
        try:
            with self._store.errors("cache-unreadable"):
                entries = self._store.entries(SCHEMA)
                while batch := list(islice(entries, _BATCH)):
                    whole = [entry for entry in batch if not is_leftover(entry)]
                    done.n_half_written += len(batch) - len(whole)
                    for entry, is_there, wrong in pool.map(self._check, whole):
                        self._tell(done, entry, is_there, wrong)
        finally:
            pool.shutdown(cancel_futures=True)
        return done

    def _tell(self, done: Verified, entry: ObjectEntry, is_there: bool, wrong: str) -> None:
        if wrong:
            done.damaged[key_of(entry.path)] = wrong
            self._set_aside(entry.path, wrong)
        elif is_there:
            done.n_objects += 1
            done.n_bytes += entry.n_bytes

    def _check(self, entry: ObjectEntry) -> tuple[ObjectEntry, bool, str]:
        """Whether it is still there, and what is wrong with it."""
        try:
            return entry, self._read(entry), ""
        except Corrupt as error:
            return entry, True, str(error)

    def _read(self, entry: ObjectEntry) -> bool:
        """Whether it is still there. Raises Corrupt."""
        wanted = plain_sha256(entry.path)
        if wanted:
            return self._read_plain(entry.path, wanted)
        stored = self._store.get(entry.path)
        if stored is None:
            return False
        payload = unseal(stored)
        for key in self._needs(key_of(entry.path), payload):
            if not self._is_there(path_of(key)) and self._is_there(entry.path):
                raise Corrupt(f"what it names is gone: {key}")
        return True

    def _read_plain(self, path: str, wanted: str) -> bool:
        digest = hashlib.sha256()
        try:
            for chunk in remote_chunks(self._store, path):
                digest.update(chunk)
        except NOT_FOUND:
            return False
        if digest.hexdigest() != wanted:
            raise Corrupt("the hash is not the one in its name")
        return True

    def _is_there(self, path: str) -> bool:
        try:
            self._store.head(path)
        except NOT_FOUND:
            return False
        return True
