"""The podcast's folder: every file whole or absent, and nothing in it that the feed does not need.

feed.xml, feed-2.xml …   the feed and its further pages
cover.png                the artwork
show.toml                the show's settings; never served
episodes/                the sound, transcripts and chapters of each episode
.tingwen/                what the next run must know: a record an episode, the show's GUID, and a
                         table of the records, which can be made anew
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

from audio_cache.file_locks import has_no_locks, try_lock_file
from reader.atomic_file import replacing
from reader.errors import StorageError
from reader.podcast.episode_files import PART, EpisodeFiles, storage
from reader.podcast.index import Index
from reader.podcast.record import Record
from reader.podcast.tombstone import Removed

FIRST_PAGE: Final = "feed.xml"
_STATE: Final = ".tingwen"
_TABLE: Final = "index.db"


class Folder:
    """Every method raises StorageError if the disk fails."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = EpisodeFiles(root / "episodes")
        self._index: Index | None = None
        self._is_known = False
        """Whether the table was true when it was opened."""
        with storage(root):
            (root / "episodes").mkdir(parents=True, exist_ok=True)
            (root / _STATE / "episodes").mkdir(parents=True, exist_ok=True)
            for name in ("removed", "pages"):
                (root / _STATE / name).mkdir(exist_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else works in the folder meanwhile: two runs would sweep each other's files.

        The kernel takes the lock back when a process is killed.
        """
        with storage(self.root):
            file = (self.root / _STATE / "lock").open("ab")
        with file:
            if not _lock(file):
                raise StorageError("folder-locked", folder=self.root)
            self._index = Index(self.root / _STATE / _TABLE)
            try:
                self._is_known = self._index.is_settled(self._times())
                if not self._is_known:
                    self._index.fill(self.records(), self.tombstones())
                    self.files.look_at_all(self._index, self.records())
                else:
                    self.files.look_at_some(self._index)
                yield
            finally:
                self._index.close()
                self._index = None

    @property
    def index(self) -> Index:
        """What the archive is asked: while the folder is locked."""
        if self._index is None:
            raise StorageError("folder-locked", folder=self.root)
        return self._index

    def settle(self) -> None:
        """End a run: take away what no record names, and let the next run trust the table.

        Only after the feed is written: until then it may name it.
        """
        if self._is_known:
            for name in self.index.stale():
                self.files.drop(name)
        else:
            self._sweep()
        self.index.drop_stale()
        self.index.settle(self._times())

    @contextmanager
    def replacing(self, path: str) -> Iterator[BinaryIO]:
        """A file that takes the place of `path` when it is whole and on the disk."""
        target = self.root / path
        with storage(target), replacing(target, PART) as out:
            yield out

    def write(self, path: str, data: bytes) -> None:
        """Put `data` at `path`, whole; a file that holds it already is left alone."""
        if self.read(path) == data:
            return
        with self.replacing(path) as out:
            out.write(data)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None."""
        with storage(self.root / path):
            try:
                return (self.root / path).read_bytes()
            except FileNotFoundError:
                return None

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        with storage(self.root):
            return (self.root / path).is_file()

    def state(self, name: str) -> bytes | None:
        """What an earlier run left under `name`."""
        return self.read(f"{_STATE}/{name}")

    def keep_state(self, name: str, data: bytes) -> None:
        """Leave `data` for later runs."""
        self.write(f"{_STATE}/{name}", data)

    def append_state(self, name: str, line: bytes, most: int) -> None:
        """Add a line to what is kept under `name`; of more than twice `most`, that many stay."""
        path = self.root / _STATE / name
        with storage(path):
            with path.open("ab+") as out:
                if out.tell() and out.seek(-1, os.SEEK_END) and out.read(1) != b"\n":
                    out.write(b"\n")  # a run was ended within its line
                out.write(line + b"\n")
                is_long = out.tell() > 2 * most * len(line)
            if is_long:
                lines = path.read_bytes().splitlines(keepends=True)
                self.write(f"{_STATE}/{name}", b"".join(lines[-most:]))

    def drop_state(self, place: str, kept: Set[str]) -> None:
        """Take away what earlier runs left in `place`, but what is named in `kept`."""
        with storage(self.root):
            for path in (self.root / _STATE / place).iterdir():
                if f"{place}/{path.name}" not in kept:
                    path.unlink(missing_ok=True)

    def record(self, guid: str) -> Record | None:
        """The episode with this GUID, None if there is none that can be read."""
        data = self.state(f"episodes/{guid}.json")
        try:
            return Record.from_json(data) if data else None
        except (ValueError, KeyError, TypeError):
            return None  # another release's: made again

    def keep(self, record: Record) -> None:
        """Call the episode ready: all its files are there."""
        data = record.to_json()
        if self.state(f"episodes/{record.guid}.json") != data:
            self.keep_state(f"episodes/{record.guid}.json", data)
        elif not self.index.is_broken(record.guid):
            return
        self.index.keep(record)

    def records(self) -> Iterator[Record]:
        """Every episode, one at a time."""
        with storage(self.root):
            names = sorted(p.stem for p in (self.root / _STATE / "episodes").glob("*.json"))
        for guid in names:
            record = self.record(guid)
            if record is not None:
                yield record

    def forget(self, gone: Removed) -> None:
        """Withdraw an episode: its record goes, a tombstone stays. Its files go with `settle`."""
        self.keep_state(f"removed/{gone.guid}.json", gone.to_json())
        self.drop(f"episodes/{gone.guid}.json")
        if self._index is not None:
            self._index.forget(gone)

    def restore(self, guid: str) -> bool:
        """Let a withdrawn episode be made again; whether it was withdrawn."""
        if self._index is not None:
            self._index.restore(guid)
        return self.drop(f"removed/{guid}.json")

    def tombstones(self) -> Iterator[Removed]:
        """Of what was withdrawn; those that can be read."""
        with storage(self.root):
            places = sorted((self.root / _STATE / "removed").glob("*.json"))
        for path in places:
            data = self.read(f"{_STATE}/removed/{path.name}")
            with suppress(ValueError, TypeError):
                if data is not None:
                    yield Removed.from_json(data)

    def drop(self, name: str) -> bool:
        path = self.root / _STATE / name
        with storage(path):
            was_there = path.is_file()
            path.unlink(missing_ok=True)
        return was_there

    def _times(self) -> str:
        """When the folders that the table tells of were changed last; what never is equal, where
        the disk counts in seconds: two changes within one would be told as one."""
        state = self.root / _STATE
        with storage(self.root):
            places = (self.root / "episodes", state / "episodes", state / "removed")
            times = [place.stat().st_mtime_ns for place in places]
        return " ".join(map(str, times)) if any(t % 1_000_000_000 for t in times) else uuid4().hex

    def _sweep(self) -> None:
        """Take away unfinished files and episodes before their edit."""
        self.files.sweep({record.name for record in self.records()})
        state = self.root / _STATE
        with storage(self.root):
            for place in (self.root, state, state / "episodes"):
                for path in place.glob(f"{PART}*"):
                    path.unlink(missing_ok=True)

    def drop_pages_after(self, last: int) -> None:
        """Take away the feed's pages beyond number `last`."""
        with storage(self.root):
            for path in self.root.glob("feed-*.xml"):
                number = path.stem.removeprefix("feed-")
                if number.isdecimal() and int(number) > last:
                    with suppress(FileNotFoundError):
                        path.unlink()


def _lock(file: BinaryIO) -> bool:
    """Whether the lock could be had at once. Some network file systems have none: there the
    user must see to it."""
    try:
        return try_lock_file(file.fileno())
    except OSError as error:
        if has_no_locks(error):
            return True
        raise
