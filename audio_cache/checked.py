"""Plain objects that are served as they lie: hashed before the first byte goes out.

What was hashed once in this process is trusted while its stamp stays the same: of a file its
size, inode, and times of change and modification; of an object elsewhere its ETag, time and
size. Every way of writing to a file changes its time of change (ctime), also where the time of
modification is put back, and that one cannot be set; a range is looked at again after it is
read and before it is sent. Windows keeps no time of change (its ctime is when the file was made):
there the time of modification must do. What leaves no stamp, a disk that rots, `tingwen cache
verify` finds.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import closing
from typing import Any, BinaryIO, Final

import obstore
from obstore.exceptions import BaseError

from audio_cache.envelope import Corrupt
from audio_cache.layout import plain_sha256
from audio_cache.store import NOT_FOUND, Store

CHUNK_BYTES: Final = 1 << 20
_MOST_KNOWN: Final = 20_000
_TICK_NS: Final = 20_000_000
"""File times advance in ticks of 1 to 10 ms: a file hashed in the tick in which it was changed
could be changed again unseen, so it is hashed again next time."""

FileStamp = tuple[object, ...]


class Checked:
    """Record of the objects that were hashed in this process, with the stamp they had."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, FileStamp] = {}
        self._guard = threading.Lock()

    def is_known(self, path: str, stamp: FileStamp) -> bool:
        return bool(stamp) and self._known.get(path) == stamp

    def remember(self, path: str, stamp: FileStamp) -> None:
        with self._guard:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[path] = stamp

    def is_unchanged(self, path: str) -> bool:
        """Whether a file is as it was hashed: one look, no reading."""
        if self._store.root is None:
            return path in self._known
        try:
            stat = os.stat(self._store.file(path))  # noqa: PTH116 (a Path costs more than the look)
        except OSError:
            return False
        return self.is_known(path, file_stamp(stat))

    def check(self, path: str) -> int | None:
        """Bytes of a plain object whose hash is what its name says, None if there is none.
        Raises Corrupt."""
        if self._store.root is not None:
            try:
                with closing(self.open(path)) as file:
                    return file.n_bytes
            except NOT_FOUND:
                return None
        try:
            meta = self._store.head(path)
        except NOT_FOUND:
            return None
        stamp: FileStamp = (meta.get("e_tag"), meta["last_modified"], meta["size"])
        if not self.is_known(path, stamp):
            _compare(path, remote_chunks(self._store, path, meta.get("e_tag")))
            self.remember(path, stamp)
        return meta["size"]

    def open(self, path: str) -> CheckedFile:
        """A plain object of a folder. Raises FileNotFoundError, Corrupt."""
        return CheckedFile(self, self._store.file(path), path)

    def range(self, path: str, start: int, end: int) -> bytes:
        """Part of an object elsewhere, of the very version that was hashed."""
        e_tag = self._known.get(path, (None,))[0]
        options: Any = {"range": (start, end)} | ({"if_match": e_tag} if e_tag else {})
        try:
            return bytes(obstore.get(self._store.store, path, options=options).bytes())
        except BaseError:
            self._known.pop(path, None)  # gone or another: to be looked at again
            raise


class CheckedFile:
    """An open file whose bytes are what its name says, also while it is read.

    Raises Corrupt if they are not; FileNotFoundError if there is none.
    """

    def __init__(self, checked: Checked, file: str, path: str) -> None:
        self._checked, self._path = checked, path
        self._guard = threading.Lock()
        self._is_reading = self._is_closed = False
        self._file = open(file, "rb", buffering=0)  # noqa: PTH123, SIM115  (as above; closed below)
        try:
            self._stamp: FileStamp = ()
            self.n_bytes = self._ensure()
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """At once, or when the read in another thread is over whose listener has left: its
        number could be another file's by then."""
        with self._guard:
            if not self._is_closed and not self._is_reading:
                self._file.close()
            self._is_closed = True

    def read(self, at: int, n_bytes: int) -> bytes:
        """One read at a time."""
        with self._guard:
            if self._is_closed:
                raise ValueError("the file is closed")
            self._is_reading = True
        try:
            self._file.seek(at)  # Windows has no pread
            data = self._file.read(n_bytes)
            self._ensure()  # after it, so that nothing changed before it goes unseen
            return data
        finally:
            with self._guard:
                self._is_reading = False
                if self._is_closed:
                    self._file.close()

    def _ensure(self) -> int:
        """Bytes of the file, which are what its name says. Raises Corrupt."""
        before = os.fstat(self._file.fileno())
        stamp = file_stamp(before)
        if stamp == self._stamp or self._checked.is_known(self._path, stamp):
            self._stamp = stamp
            return before.st_size
        _compare(self._path, _file_chunks(self._file))
        if time.time_ns() - _changed_ns(before) > _TICK_NS:
            self._stamp = stamp
            self._checked.remember(self._path, stamp)
        return before.st_size


def file_stamp(stat: os.stat_result) -> FileStamp:
    return (stat.st_size, stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns)


def _changed_ns(stat: os.stat_result) -> int:
    return stat.st_mtime_ns if sys.platform == "win32" else stat.st_ctime_ns


def remote_chunks(store: Store, path: str, e_tag: str | None = None) -> Iterable[bytes]:
    options: Any = {"if_match": e_tag} if e_tag else {}
    found = obstore.get(store.store, path, options=options)
    for chunk in found.stream(min_chunk_size=CHUNK_BYTES):
        yield memoryview(chunk)  # type: ignore[misc]  # a buffer, as hashlib takes it


def _file_chunks(file: BinaryIO) -> Iterable[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def _compare(path: str, chunks: Iterable[bytes]) -> None:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    if digest.hexdigest() != plain_sha256(path):
        raise Corrupt("the hash is not the one in its name")
