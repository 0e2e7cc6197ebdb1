"""Pins: what is in use just now on a local folder, so that no process evicts it.

Each process writes what it uses into a file of its own, `pins/PROCESS`, which it keeps locked:
the system takes the lock back when the process ends, however it ends, and a file without its
lock counts for nothing. `pins/gate` is held shared while something is pinned and alone while
something is removed, so that whoever pins first and then looks sees either the object or
that it is gone.

Where nothing can be written (disk full, read-only) reading goes on without pins: whoever has
a file open keeps it.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from audio_cache.file_locks import lock_file, open_for_locks, try_lock_file, unlock_file
from audio_cache.layout import PINS
from audio_cache.observer import log

LINGER_S: Final = 600.0
"""A listener asks for the next range within this time, or starts anew."""


class Pins:
    """The pins of this process, and a look at all; without a folder there are none."""

    def __init__(self, root: Path | None) -> None:
        self._folder = (root or Path()) / PINS
        self._has_folder = root is not None
        self._until_s: dict[str, float] = {}
        """As written down, in Unix time."""
        self._fd = -1
        self._n_lines = 0
        self._pid = 0
        self._guard = threading.Lock()

    def hold(self, family: str) -> None:
        """Keep `family` for a while. Blocks for a moment: call it in a thread."""
        if not self._has_folder:
            return
        now = time.time()
        with self._guard:
            if self._pid == os.getpid() and self._until_s.get(family, 0) > now + LINGER_S / 2:
                return
            try:
                with _lock(self._folder / "gate", shared=True):
                    self._open_own()
                    self._until_s[family] = now + LINGER_S
                    self._write(family)
            except OSError as error:
                self._until_s.pop(family, None)
                log.debug("cannot pin %s: %s", family, error)

    @contextmanager
    def removing(self) -> Iterator[frozenset[str]]:
        """Families that must not be removed; nobody can pin another one meanwhile."""
        if not self._has_folder:
            yield frozenset()
            return
        with _lock(self._folder / "gate"):
            yield frozenset(self._all_pins())

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether no other process evicts: one at a time is enough."""
        if not self._has_folder:
            yield True
            return
        fd = _open(self._folder / "evicting")
        try:
            is_alone = try_lock_file(fd)
            yield is_alone
            if is_alone:
                unlock_file(fd)
        finally:
            os.close(fd)

    def _open_own(self) -> None:
        if self._pid == os.getpid():
            return
        if self._fd >= 0:  # after a fork: that file is the parent's
            os.close(self._fd)
        self._fd = _open(self._folder / f"{os.getpid()}-{uuid.uuid4().hex}")
        lock_file(self._fd)
        self._pid, self._n_lines, self._until_s = os.getpid(), 0, {}

    def _write(self, family: str) -> None:
        """A line a pin; now and then all anew, without those that have run out."""
        lines = [f"{self._until_s[family]:.0f} {family}\n"]
        if self._n_lines > 2 * len(self._until_s) + 100:
            now = time.time()
            self._until_s = {f: until for f, until in self._until_s.items() if until > now}
            lines = [f"{until:.0f} {f}\n" for f, until in self._until_s.items()]
            os.ftruncate(self._fd, 0)
            self._n_lines = 0
        os.lseek(self._fd, 0, os.SEEK_END)
        os.write(self._fd, "".join(lines).encode())
        self._n_lines += len(lines)

    def _all_pins(self) -> Iterator[str]:
        now = time.time()
        for file in self._folder.iterdir():
            if file.name not in ("gate", "evicting"):
                with suppress(FileNotFoundError):
                    yield from _pins_of(file, now)

    def __del__(self) -> None:
        if self._fd >= 0 and self._pid == os.getpid():
            os.close(self._fd)


def _pins_of(file: Path, now: float) -> Iterator[str]:
    """The families that a living process holds; the file of one that has ended is removed."""
    if not _is_locked(file):
        with suppress(PermissionError):  # another user's, who will see to it
            file.unlink(missing_ok=True)
        return
    for line in file.read_bytes().decode().splitlines():
        until, _, family = line.partition(" ")
        if until.isdecimal() and int(until) > now:
            yield family


def _is_locked(file: Path) -> bool:
    fd = open_for_locks(file, create=False)
    try:
        return not try_lock_file(fd)
    finally:
        os.close(fd)


@contextmanager
def _lock(file: Path, *, shared: bool = False) -> Iterator[None]:
    fd = _open(file)
    try:
        lock_file(fd, shared=shared)
        yield
        unlock_file(fd)
    finally:
        os.close(fd)


def _open(file: Path) -> int:
    file.parent.mkdir(parents=True, exist_ok=True)
    return open_for_locks(file)
