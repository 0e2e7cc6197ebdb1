"""Reading everything, to find what is damaged before anybody asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from audio_cache.checked import remote_chunks
from audio_cache.envelope import Corrupt, unseal
from audio_cache.layout import SCHEMA, key_of, path_of, plain_sha256
from audio_cache.place import NOT_FOUND, Entry, Place, is_leftover

Needs = Callable[[str, bytes], Iterable[str]]
"""By key and payload of a sealed object: the keys without which it says what is not true."""


@dataclass(slots=True)
class Verified:
    """What was read, and what was wrong with it."""

    n_objects: int = 0
    n_bytes: int = 0
    damaged: dict[str, str] = field(default_factory=dict)
    """Keys and what was wrong; they are set aside."""
    n_half_written: int = 0
    """Left by a writer that was killed, or still being written: in nobody's way."""


class Verification:
    """Reads every object of one place. Blocks for long: run it in a thread."""

    def __init__(self, place: Place, set_aside: Callable[[str, str], None], needs: Needs) -> None:
        self._place, self._set_aside, self._needs = place, set_aside, needs

    def run(self) -> Verified:
        """Raises CacheUnavailable."""
        done = Verified()
        with self._place.errors("read"):
            for entry in self._place.entries(SCHEMA):
                if is_leftover(entry):
                    done.n_half_written += 1
                    continue
                try:
                    is_there = self._read(entry)
                except Corrupt as error:
                    done.damaged[key_of(entry.path)] = str(error)
                    self._set_aside(entry.path, str(error))
                else:
                    done.n_objects += is_there
                    done.n_bytes += entry.n_bytes if is_there else 0
        return done

    def _read(self, entry: Entry) -> bool:
        """Whether it is still there. Raises Corrupt."""
        wanted = plain_sha256(entry.path)
        if wanted:
            return self._read_plain(entry.path, wanted)
        stored = self._place.get(entry.path)
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
            for chunk in remote_chunks(self._place, path):
                digest.update(chunk)
        except NOT_FOUND:
            return False
        if digest.hexdigest() != wanted:
            raise Corrupt("the hash is not the one in its name")
        return True

    def _is_there(self, path: str) -> bool:
        try:
            self._place.head(path)
        except NOT_FOUND:
            return False
        return True
