"""Leases on a local folder: one byte of one file locked for each key.

The system takes a lock back when its process ends, however it ends; so a lease outlives
nobody, needs no clock, and leaves nothing to be swept up. Locks on bytes also reach across
machines where the folder is a network file system that has them (NFS).
"""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path
from typing import Final

from audio_cache.errors import CacheUnavailable
from audio_cache.file_locks import open_for_locks, try_lock_byte, unlock_byte
from audio_cache.lease import Held, Lease, take_in_thread

_FILE: Final = "leases"


class FolderLeases:
    """Leases of all processes that share the folder `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def acquire(self, key: str) -> Lease | None:
        # 62 bits: that two keys of one folder meet is not to be expected, and costs a wait.
        offset = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 2
        taken: list[_LockFile] = []

        def take() -> bool:
            taken.append(_LockFile.of(self._root))
            return taken[0].take(offset)

        def give_back(was_taken: bool) -> None:
            if was_taken:
                taken[0].give_back(offset)

        try:
            has_taken = await take_in_thread(take, give_back)
        except OSError as error:
            location = str(self._root)
            raise CacheUnavailable(
                "cache-unwritable", location=location, reason=str(error)
            ) from error
        return Held(lambda: give_back(True)) if has_taken else None


class _LockFile:
    """The lock file of a folder: one a process, never closed.

    Locks belong to the process, and closing any descriptor of the file drops them all.
    """

    _open: Final[dict[Path, _LockFile]] = {}
    _guard = threading.Lock()

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd = open_for_locks(path)
        self._held: set[int] = set()
        """The system does not refuse a process what the process itself holds; we do."""

    @classmethod
    def of(cls, root: Path) -> _LockFile:
        path = root / _FILE
        with cls._guard:
            if path not in cls._open:
                cls._open[path] = cls(path)
            return cls._open[path]

    @classmethod
    def forget_parent(cls) -> None:
        """After a fork: the locks stayed with the parent."""
        cls._open.clear()
        cls._guard = threading.Lock()

    def take(self, offset: int) -> bool:
        with self._guard:
            if offset in self._held:
                return False
            self._follow_the_path()
            if not try_lock_byte(self._fd, offset):
                return False
            self._held.add(offset)
            return True

    def _follow_the_path(self) -> None:
        """Lock the file that others open: where ours was removed, the one that stands there now,
        with all that is held. While there is no folder there is nobody to share with."""
        mine = os.fstat(self._fd)
        try:
            if os.path.samestat(mine, self._path.stat()):
                return
        except OSError:
            pass  # removed
        try:
            fd = open_for_locks(self._path)
        except OSError:
            return
        for offset in self._held:
            try_lock_byte(fd, offset)
        removed, self._fd = self._fd, fd
        os.close(removed)

    def give_back(self, offset: int) -> None:
        with self._guard:
            self._held.discard(offset)
            unlock_byte(self._fd, offset)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_LockFile.forget_parent)
