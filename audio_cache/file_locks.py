"""Locks on open files that the system takes back when their process ends, however it ends.

POSIX has two kinds: flock on whole files, shared or not, and lockf on bytes, which belongs to the
process and also reaches across NFS. Windows has one, on bytes, which belongs to the open file and
keeps others from reading what is locked: a whole file is locked there by one byte far behind its
end. The package `filelock` has neither bytes nor shared locks.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_TAKEN: Final = frozenset((errno.EACCES, errno.EAGAIN, errno.EDEADLK))
_NO_LOCKS: Final = frozenset((errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL))
"""What file systems without locks answer."""
_BINARY: Final[int] = getattr(os, "O_BINARY", 0)
_WHOLE: Final = 2**30 - 1
"""The byte that stands for the whole file on Windows, where an offset has 31 bits to be safe."""
_POLL_S: Final = 0.002


def open_for_locks(path: Path, *, create: bool = True) -> int:
    """A descriptor of the file, made if it is not there; another user's can be locked as well.
    Raises OSError."""
    try:
        return os.open(path, os.O_RDWR | _BINARY | (os.O_CREAT if create else 0), 0o666)
    except PermissionError:
        return os.open(path, os.O_RDONLY | _BINARY)


def lock_file(fd: int, *, shared: bool = False) -> None:
    """Wait for the lock on a whole file, alone or `shared` with others who share it (Windows has
    no such lock: there all take turns). Closing the descriptor gives it back. Raises OSError."""
    if sys.platform == "win32":
        while not try_lock_file(fd):
            time.sleep(_POLL_S)
    else:
        fcntl.flock(fd, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)


def try_lock_file(fd: int) -> bool:
    """Take the lock on a whole file, alone, if nobody has it. Returns whether it was had. Raises
    OSError."""
    try:
        if sys.platform == "win32":
            _lock_byte(fd, _WHOLE)
        else:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True


def unlock_file(fd: int) -> None:
    """Give the lock on a whole file back at once: Windows may take its time after a close."""
    if sys.platform == "win32":
        _unlock_byte(fd, _WHOLE)
    else:
        fcntl.flock(fd, fcntl.LOCK_UN)


def try_lock_byte(fd: int, offset: int) -> bool:
    """Lock one byte for this process, whether or not the file reaches so far. Returns whether it
    was had: a file system without locks grants every one. Raises OSError.

    POSIX does not refuse a process what the process itself holds.
    """
    try:
        if sys.platform == "win32":
            _lock_byte(fd, offset % _WHOLE)
        else:
            fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, offset)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        if not has_no_locks(error):
            raise
    return True


def unlock_byte(fd: int, offset: int) -> None:
    """Give a byte's lock back. Raises OSError."""
    try:
        if sys.platform == "win32":
            _unlock_byte(fd, offset % _WHOLE)
        else:
            fcntl.lockf(fd, fcntl.LOCK_UN, 1, offset)
    except OSError as error:
        if not has_no_locks(error):
            raise


def has_no_locks(error: OSError) -> bool:
    """Whether a lock failed because the file system has none."""
    return error.errno in _NO_LOCKS


if sys.platform == "win32":

    def _lock_byte(fd: int, offset: int) -> None:
        os.lseek(fd, offset, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

    def _unlock_byte(fd: int, offset: int) -> None:
        os.lseek(fd, offset, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)
