"""Which leases a store can give."""

from __future__ import annotations

import threading
from pathlib import Path

from obstore.store import LocalStore, MemoryStore, ObjectStore

from audio_cache.folder_leases import FolderLeases
from audio_cache.lease import Held, Lease, Leases
from audio_cache.object_leases import ObjectLeases


def leases_of(store: ObjectStore, location: str, root: Path | None) -> Leases:
    """Locks that die with their process on a folder, objects that expire on other stores."""
    if root is not None:
        return FolderLeases(root)
    if isinstance(store, MemoryStore | LocalStore):
        return ProcessLeases()
    return ObjectLeases(store, location)


class ProcessLeases:
    """Leases among the tasks and threads of one process."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._guard = threading.Lock()

    async def acquire(self, key: str) -> Lease | None:
        with self._guard:
            if key in self._held:
                return None
            self._held.add(key)
        return Held(lambda: self._held.discard(key))
