"""Models in memory: loaded when they are first needed, let go when nobody has used them lately."""

from __future__ import annotations

import ctypes
import gc
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final, Generic, TypeVar

from reader.errors import BadOptions

T = TypeVar("T")

_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
"""M_MMAP_THRESHOLD and M_ARENA_MAX of glibc's malloc.h."""
_LARGE_BYTES: Final = 1 << 20


def idle_s_from_environment() -> float:
    """`TINGWEN_VOICE_IDLE_S`: seconds without work after which models are let go, 0 for never.

    Raises BadOptions for a value that cannot work.
    """
    text = os.environ.get("TINGWEN_VOICE_IDLE_S", "0")
    try:
        idle_s = float(text)
    except ValueError:
        idle_s = -1
    if not 0 <= idle_s < threading.TIMEOUT_MAX:
        raise BadOptions("idle-bad", value=text)
    return idle_s


class ModelPool(Generic[T]):
    """Models that `load` makes, alike and in number as many as are used at once.

    `shared`: one that many threads use at once, instead of one for each. `idle_s`: seconds
    after the last use after which all are let go, 0 for never. Thread-safe.
    """

    def __init__(self, load: Callable[[], T], *, shared: bool = False, idle_s: float = 0) -> None:
        self._load = load
        self._shared = shared
        self._idle_s = idle_s
        self._lock = threading.Lock()
        self._loading = threading.Lock()
        self._resting: list[T] = []
        self._n_users = 0
        self._timer: threading.Timer | None = None

    @property
    def n_resting(self) -> int:
        """Models in memory that can be used at once; a shared one counts while it is used."""
        with self._lock:
            return len(self._resting)

    @contextmanager
    def use(self) -> Iterator[T]:
        """A model for the length of a `with` block."""
        with self._lock:
            self._n_users += 1
            self._stop_timer()
        try:
            model = self._take()
            try:
                yield model
            finally:
                self._put_back(model)
        finally:
            with self._lock:
                self._n_users -= 1
                if self._n_users == 0 and self._idle_s and self._resting:
                    self._timer = threading.Timer(self._idle_s, self.clear)
                    self._timer.daemon = True
                    self._timer.start()

    def clear(self) -> None:
        """Let go of every model that nobody is using."""
        with self._lock:
            self._stop_timer()
            if self._n_users and self._shared:
                return
            had_some = bool(self._resting)
            self._resting.clear()
        if had_some:
            give_memory_back()

    def _take(self) -> T:
        with self._loading:  # where one is loaded, the others wait and share it
            with self._lock:
                if self._resting:
                    return self._resting[-1] if self._shared else self._resting.pop()
            keep_little_memory()
            model = self._load()
            give_memory_back()  # what loading took beside the model: 60 MB of graph with baker
            if self._shared:
                with self._lock:
                    self._resting.append(model)
            return model

    def _put_back(self, model: T) -> None:
        if not self._shared:
            with self._lock:
                self._resting.append(model)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def keep_little_memory() -> None:
    """Of what is freed: glibc maps large blocks by themselves, and each that is freed raises the
    size from which it does so, up to 32 MB; what is smaller stays with the process. 40 MB less
    with `baker` on two threads, in as much time. One arena for all threads: 13 MB less with
    `kokoro` on three."""
    with suppress(OSError, AttributeError, TypeError):  # another C library
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def give_memory_back() -> None:
    """To the system, what the allocator would keep: some 250 MB after speech, by glibc."""
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)
