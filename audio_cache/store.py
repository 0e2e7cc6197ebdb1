"""A store and where it is; how its errors become ours."""

from __future__ import annotations

import asyncio
import contextvars
import errno
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit

import obstore
import platformdirs
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from audio_cache.errors import BadCacheUrl, CacheUnavailable
from audio_cache.held_open import is_held_open, wait_until_closed
from audio_cache.layout import LEFTOVER, plain_sha256
from audio_cache.observer import log

if TYPE_CHECKING:
    from obstore import ObjectMeta

T = TypeVar("T")

_CALLS_AT_A_TIME: Final = 32
"""To one store across the network: 20 ms each make 1,600 a second."""
_PARTS_AT_A_TIME: Final = 2
"""Of 5 MiB each, of a large file: obstore's own 12 took 60 MiB for a book's audio."""
_CANNOT_SYNC: Final = frozenset((errno.EINVAL, errno.EACCES, errno.EPERM, errno.ENOTSUP))
NOT_FOUND: Final = (NotFoundError, FileNotFoundError)
FAILED: Final = (BaseError, OSError)


@dataclass(frozen=True, slots=True)
class Patience:
    """Time limits of a store across the network."""

    retry_s: float = 20.0
    """From the first try to the last, of one call that is refused or told to slow down."""
    answer_s: float = 30.0
    """For one answer."""
    connect_s: float = 5.0


class ObjectEntry(NamedTuple):
    """An object in a listing."""

    path: str
    n_bytes: int
    modified_s: float
    """When it was written, seconds of Unix time."""


@dataclass(frozen=True, slots=True)
class Store:
    """Objects by path. Methods block: call them in threads. They raise what the store raises;
    `errors` translates."""

    store: ObjectStore
    location: str
    root: Path | None = None
    """The folder, if it is one on this machine."""
    _known_folders: set[Path] = field(default_factory=set, compare=False)
    """Whose names are on the disk for good: syncing costs some 4 ms each."""

    _pool: ThreadPoolExecutor | None = field(default=None, compare=False)

    @classmethod
    def of(cls, store: ObjectStore, location: str, root: Path | None) -> Store:
        """With threads of its own, if it is across the network."""
        made = cls(store, location, root)
        pool = ThreadPoolExecutor(_CALLS_AT_A_TIME, "tingwen-store") if made.is_remote else None
        return replace(made, _pool=pool)

    @property
    def is_remote(self) -> bool:
        return self.root is None and not isinstance(self.store, MemoryStore)

    async def in_thread(self, call: Callable[..., T], *arguments: object) -> T:
        """Like `asyncio.to_thread`; a store across the network has threads of its own, so that
        waiting for it takes none from whoever computes."""
        context = contextvars.copy_context()
        calling = partial(context.run, call, *arguments)
        return await asyncio.get_running_loop().run_in_executor(self._pool, calling)

    @contextmanager
    def errors(self, kind: str) -> Iterator[None]:
        """Raises CacheUnavailable of this kind for whatever the store raises inside."""
        try:
            yield
        except FAILED as error:
            raise CacheUnavailable(kind, location=self.location, reason=_brief(error)) from error

    def file(self, path: str) -> str:
        """The file of an object of a folder."""
        return f"{self.root}/{path}"

    def get(self, path: str) -> bytes | None:
        try:
            return bytes(obstore.get(self.store, path).bytes())
        except NOT_FOUND:
            return None

    def head(self, path: str) -> ObjectMeta:
        return obstore.head(self.store, path)

    def put(self, path: str, data: bytes) -> None:
        wait_until_closed(lambda: obstore.put(self.store, path, data))

    def put_file(self, path: str, source: Path, content_type: str) -> None:
        # The local store refuses attributes; a bucket answers browsers with them.
        attributes: Any = {"Content-Type": content_type} if self.is_remote else None
        put = partial(obstore.put, self.store, path, source, attributes=attributes)
        try:
            wait_until_closed(partial(put, max_concurrency=_PARTS_AT_A_TIME))
        except FAILED as error:
            if not (is_held_open(error) and self._is_there(path, source.stat().st_size)):
                raise  # else somebody hears the same bytes: their hash is in the name

    def _is_there(self, path: str, n_bytes: int) -> bool:
        with suppress(*FAILED):
            return bool(plain_sha256(path)) and self.head(path)["size"] == n_bytes
        return False

    def make_durable(self, path: str) -> None:
        """Return when the object survives a power cut; stores across the network promise that.

        A file is synced under its final name, after the rename: what names it, a manifest, is
        written only after this returns, and a name that points to nothing yet is found damaged.
        """
        if self.root is None:
            return
        file = self.root / path
        _sync(file)
        _sync(file.parent)
        folder = file.parent
        while folder not in self._known_folders and folder != self.root:
            _sync(folder.parent)  # it may be new, too
            self._known_folders.add(folder)
            folder = folder.parent

    def move(self, path: str, to: str) -> bool:
        """Whether there was something to move."""
        try:
            wait_until_closed(lambda: obstore.rename(self.store, path, to))
        except NOT_FOUND:
            return False
        return True

    def delete(self, paths: Iterable[str]) -> None:
        """Remove objects: what is gone already is no error, what Windows holds open is left."""
        if self.root is None:
            wanted = list(paths)
            if wanted:
                with suppress(*NOT_FOUND):
                    obstore.delete(self.store, wanted)
            return
        for path in paths:
            try:
                (self.root / path).unlink(missing_ok=True)
            except OSError as error:
                if not is_held_open(error):
                    raise
                log.debug("%s is open and stays: %s", path, error)

    def entries(self, prefix: str) -> Iterator[ObjectEntry]:
        """Everything below `prefix`; of a folder also the files left half written."""
        if self.root is not None:
            yield from _walk(self.root / prefix, prefix)
            return
        for batch in obstore.list(self.store, prefix=prefix):
            for meta in batch:
                yield ObjectEntry(meta["path"], meta["size"], meta["last_modified"].timestamp())


def open_store(location: str, patience: Patience) -> Store:
    """Open the store that `location` names; "" means TINGWEN_CACHE or the user's cache folder.

    Raises BadCacheUrl, or CacheUnavailable if the folder cannot be made.
    """
    location = location or os.environ.get("TINGWEN_CACHE", "")
    if not location:
        location = str(platformdirs.user_cache_path("tingwen"))
    if urlsplit(location).scheme == "memory":
        return Store(MemoryStore(), location)
    try:
        if (folder := folder_of(location)) is not None:
            root = folder.absolute()
            with Store(MemoryStore(), str(root)).errors("cache-unmade"):
                _make_private(root)
            return Store(LocalStore(root), str(root), root)
        retries: Any = {"retry_timeout": timedelta(seconds=patience.retry_s)}
        client: Any = {
            "timeout": timedelta(seconds=patience.answer_s),
            "connect_timeout": timedelta(seconds=patience.connect_s),
            "allow_http": True,  # a store of one's own, beside the service
        }
        store = from_url(location, retry_config=retries, client_options=client)
        return Store(store, location)
    except BaseError as error:
        raise BadCacheUrl("cache-unopenable", location=location, reason=_brief(error)) from error


def _make_private(root: Path) -> None:
    """A folder that was not there is for its owner alone: what is in it may be articles that are
    not public. Whoever shares one with a group makes it before, or opens it afterwards."""
    root.parent.mkdir(parents=True, exist_ok=True)
    root.mkdir(mode=0o700, exist_ok=True)


def folder_of(location: str) -> Path | None:
    """The folder that a path or a `file:` URL names, None for another store's URL. A single
    letter is a drive (`D:\\cache`), no scheme; `file:///D:/cache` names the same."""
    parts = urlsplit(location)
    if parts.scheme == "file":
        path = unquote(parts.path)
        if sys.platform == "win32":
            path = re.sub(r"^/(?=[A-Za-z]:)", "", path)
            if parts.netloc not in ("", "localhost"):  # `file://server/share/cache`
                path = f"//{parts.netloc}{path}"
        return Path(path)
    return Path(location) if len(parts.scheme) < 2 else None


def _sync(path: Path) -> None:
    """To the disk. Folders of some systems (Windows, some network disks) cannot be synced; a
    file must be open for writing there."""
    try:
        fd = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC or not path.is_dir():
            raise


def is_leftover(entry: ObjectEntry) -> bool:
    """Whether a writer has not finished this, or never will."""
    return LEFTOVER.search(entry.path) is not None


def _walk(folder: Path, prefix: str) -> Iterator[ObjectEntry]:
    """Without obstore: its listing hides half-written files (and takes 1.2 to 1.5 times as long,
    measured on 20,000)."""
    try:
        with os.scandir(folder) as found:
            inside = list(found)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in inside:
        path = f"{prefix}/{entry.name}" if prefix else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, path)
            continue
        with suppress(FileNotFoundError):
            stat = entry.stat(follow_symlinks=False)
            yield ObjectEntry(path, stat.st_size, stat.st_mtime)


def _brief(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
