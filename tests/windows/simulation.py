"""Windows as far as our packages could tell, on this machine.

`install` changes a Python process before any of our modules is imported, so that it is best
called by `sitecustomize` (see `environment`), which also reaches the children of a process.

What `reader`, `api` and `audio_cache` import is not the real `os`, `sys` and `signal` but views of
them: without what Windows lacks, with what it has. Other packages get the real ones: they have
been ported already. What files do is changed for everybody: one that Python has open can be
neither removed nor replaced, also by obstore; fsync needs a descriptor that may be written.
"""

from __future__ import annotations

import asyncio
import builtins
import errno
import fcntl
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import stat
import struct
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
OURS: Final = ("reader", "api", "audio_cache")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


NOT_IN_OS: Final = _names(
    """chown chroot fchmod fchown fork forkpty fdatasync getegid geteuid getgid getloadavg
    getpriority getuid initgroups kill killpg lchown lockf mkfifo mknod nice pread preadv
    posix_fadvise posix_fallocate posix_spawn PRIO_PROCESS pwrite pwritev register_at_fork
    sched_getaffinity sched_setaffinity sched_yield sendfile setegid seteuid setgid
    setpriority setsid setuid statvfs sync sysconf ttyname uname wait waitpid WIFSIGNALED"""
)
NOT_IN_SIGNAL: Final = _names(
    """SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGTTIN SIGTTOU
    SIGUSR1 SIGUSR2 SIGWINCH alarm pause pthread_kill pthread_sigmask setitimer siginterrupt
    sigpending sigwait"""
)
NO_MODULES: Final = _names("fcntl grp pwd posix pty resource syslog termios tty")

O_BINARY: Final = 0x8000
SHARING_VIOLATION, ACCESS_DENIED = 32, 5


class WindowsError(PermissionError):
    """What the system answers; `winerror` is its own number."""

    def __init__(self, path: object, code: int) -> None:
        super().__init__(errno.EACCES, "The process cannot access the file", str(path))
        self.winerror = code


class View(ModuleType):
    """A module without some of its names, and with others."""

    def __init__(self, real: ModuleType, lacks: frozenset[str], has: Mapping[str, object]) -> None:
        super().__init__(real.__name__, real.__doc__)
        self.__dict__.update(has)
        self.__dict__["_real"], self.__dict__["_lacks"] = real, lacks

    def __getattr__(self, name: str) -> object:
        if name in self.__dict__["_lacks"]:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r} on Windows")
        return getattr(self.__dict__["_real"], name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self.__dict__["_real"], name, value)


def environment(**more: str) -> dict[str, str]:
    """Of a process that is to run under the simulation, with streams in Taiwan's code page."""
    pythonpath = os.pathsep.join((str(ROOT / "tests" / "windows" / "site"), str(ROOT)))
    wanted = {"PYTHONPATH": pythonpath, "PYTHONIOENCODING": "cp950", **more}
    return {name: value for name, value in os.environ.items() if name != "LANG"} | wanted


def install() -> None:
    """Change this process; once."""
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return
    views = {
        "os": View(os, NOT_IN_OS, {"name": "nt", "O_BINARY": O_BINARY, "open": _open}),
        "sys": View(sys, frozenset(), {"platform": "win32"}),
        "signal": View(signal, NOT_IN_SIGNAL, {"SIGBREAK": 21}),
        "msvcrt": _msvcrt(),
    }
    sys.meta_path.insert(0, _Finder(views))
    _guard_open_files()
    _guard_loops()


class _Finder(importlib.abc.MetaPathFinder):
    """Finds our modules, which are then run with an `import` of their own."""

    def __init__(self, views: Mapping[str, ModuleType]) -> None:
        self._views = views

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] not in OURS:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
            spec.loader.views = self._views
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    views: Mapping[str, ModuleType]

    def exec_module(self, module: ModuleType) -> None:
        views = self.views

        def import_(name: str, *rest: Any, **options: Any) -> ModuleType:
            if name in NO_MODULES:
                raise ModuleNotFoundError(f"No module named {name!r} on Windows", name=name)
            if name in views:
                return views[name]
            if name == "os.path":
                return views["os"] if not (len(rest) > 2 and rest[2]) else os.path
            return builtins.__import__(name, *rest, **options)

        module.__dict__["__builtins__"] = {**builtins.__dict__, "__import__": import_}
        super().exec_module(module)


def _open(path: Any, flags: int, mode: int = 0o777, **options: Any) -> int:
    """As the C library of Windows: no folders, and text unless asked for bytes."""
    if os.path.isdir(path):  # noqa: PTH112
        raise PermissionError(errno.EACCES, "Permission denied", str(path))
    if not flags & O_BINARY and path != os.devnull and not flags & os.O_RDWR:
        raise AssertionError(f"{path} would be read or written as text, its line ends changed")
    return os.open(path, flags & ~O_BINARY, mode, **options)


def _msvcrt() -> ModuleType:
    """`locking` on bytes that belongs to the open file, as Linux has it, too."""
    module: Any = ModuleType("msvcrt")
    module.LK_UNLCK, module.LK_LOCK, module.LK_NBLCK = 0, 1, 2

    def locking(fd: int, mode: int, n_bytes: int) -> None:
        start = os.lseek(fd, 0, os.SEEK_CUR)
        if start + n_bytes > 2**31:
            raise OSError(errno.EINVAL, "Invalid argument")
        access = fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE
        kind = fcntl.F_RDLCK if access == os.O_RDONLY else fcntl.F_WRLCK
        kind = fcntl.F_UNLCK if mode == module.LK_UNLCK else kind
        wanted = struct.pack("hhqqi", kind, os.SEEK_SET, start, n_bytes, 0)
        try:
            fcntl.fcntl(fd, fcntl.F_OFD_SETLK, wanted)
        except OSError as error:
            raise PermissionError(errno.EACCES, "Permission denied") from error

    module.locking = locking
    return module


def _guard_open_files() -> None:
    real = {name: getattr(os, name) for name in ("unlink", "remove", "rename", "replace", "fsync")}

    def guarded(name: str, code: int, targets: int) -> Callable[..., None]:
        def call(*paths: Any, **options: Any) -> None:
            if not options:  # the file system's tree, relative to a folder's descriptor: leave it
                for path in paths[:targets]:
                    refuse_if_open(path, code)
            real[name](*paths, **options)

        return call

    os.unlink = guarded("unlink", SHARING_VIOLATION, 1)
    os.remove = guarded("remove", SHARING_VIOLATION, 1)
    os.rename = guarded("rename", SHARING_VIOLATION, 2)
    os.replace = guarded("replace", ACCESS_DENIED, 2)

    def fsync(file: Any) -> None:
        fd = file if isinstance(file, int) else file.fileno()
        if fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "Bad file descriptor")
        real["fsync"](fd)

    os.fsync = fsync
    _guard_obstore()


def _guard_obstore() -> None:
    """Rust lets others remove what it has open, but cannot replace what Python has open."""
    import obstore
    from obstore.exceptions import GenericError
    from obstore.store import LocalStore

    def guarded(real: Callable[..., Any], *, is_target_second: bool = False) -> Callable[..., Any]:
        def call(store: Any, path: str, *rest: Any, **options: Any) -> Any:
            if isinstance(store, LocalStore):
                target = rest[0] if is_target_second else path
                try:
                    for one in {path, target}:
                        refuse_if_open(f"{store.prefix}/{one}", ACCESS_DENIED)
                except WindowsError as error:
                    text = f"Unable to rename file: Access is denied. (os error {error.winerror})"
                    raise GenericError(f"Generic LocalFileSystem error: {text}") from error
            return real(store, path, *rest, **options)

        return call

    obstore.put = guarded(obstore.put)
    obstore.rename = guarded(obstore.rename, is_target_second=True)


def refuse_if_open(path: Any, code: int) -> None:
    """Raises WindowsError if this process has the file open."""
    try:
        wanted = os.lstat(path)
    except (OSError, ValueError, TypeError):
        return
    if stat.S_ISREG(wanted.st_mode) and any(
        (wanted.st_dev, wanted.st_ino) == (mine.st_dev, mine.st_ino) for mine in _open_files()
    ):
        raise WindowsError(path, code)


def _open_files() -> Iterator[os.stat_result]:
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            yield os.fstat(int(name))
        except OSError:
            continue


def _guard_loops() -> None:
    def none(*_: object) -> None:
        raise NotImplementedError

    for name in ("add_signal_handler", "remove_signal_handler"):
        setattr(asyncio.SelectorEventLoop, name, none)
