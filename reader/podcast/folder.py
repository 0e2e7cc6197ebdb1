"""The podcast's folder: every file whole or absent, and nothing in it that the feed does not need.

feed.xml, feed-2.xml …   the feed and its further pages
cover.png                the artwork
show.toml                the show's settings; never served
episodes/                the sound, transcripts and chapters of each episode
.tingwen/                what the next run must know: a record an episode, the show's GUID
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from audio_cache.file_locks import has_no_locks, try_lock_file
from reader.atomic_file import replacing
from reader.errors import StorageError
from reader.podcast.record import Record

FIRST_PAGE: Final = "feed.xml"
SUFFIXES: Final = (".mp3", ".vtt", ".srt", ".html", ".chapters.json")
"""The files of an episode."""
_OURS: Final = re.compile(
    r"\d{8}-[0-9a-f]{12}-[0-9a-f]{12}(\.mp3|\.vtt|\.srt|\.html|\.chapters\.json|\.jpg|\.png)"
)
_PART: Final = ".part-"
_STATE: Final = ".tingwen"


class Folder:
    """Every method raises StorageError if the disk fails."""

    def __init__(self, root: Path) -> None:
        self.root = root
        with _storage(root):
            (root / "episodes").mkdir(parents=True, exist_ok=True)
            (root / _STATE / "episodes").mkdir(parents=True, exist_ok=True)
            for name in ("removed", "pages"):
                (root / _STATE / name).mkdir(exist_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else works in the folder meanwhile: two runs would sweep each other's files.

        The kernel takes the lock back when a process is killed.
        """
        with _storage(self.root):
            file = (self.root / _STATE / "lock").open("ab")
        with file:
            if not _lock(file):
                raise StorageError("folder-locked", folder=self.root)
            yield

    @contextmanager
    def replacing(self, path: str) -> Iterator[BinaryIO]:
        """A file that takes the place of `path` when it is whole and on the disk."""
        target = self.root / path
        with _storage(target), replacing(target, _PART) as out:
            yield out

    def write(self, path: str, data: bytes) -> None:
        """Put `data` at `path`, whole; a file that holds it already is left alone."""
        if self.read(path) == data:
            return
        with self.replacing(path) as out:
            out.write(data)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None."""
        with _storage(self.root / path):
            try:
                return (self.root / path).read_bytes()
            except FileNotFoundError:
                return None

    def state(self, name: str) -> bytes | None:
        """What an earlier run left under `name`."""
        return self.read(f"{_STATE}/{name}")

    def keep_state(self, name: str, data: bytes) -> None:
        """Leave `data` for later runs."""
        self.write(f"{_STATE}/{name}", data)

    def drop_state(self, place: str, kept: Set[str]) -> None:
        """Take away what earlier runs left in `place`, but what is named in `kept`."""
        with _storage(self.root):
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
        self.keep_state(f"episodes/{record.guid}.json", record.to_json())

    def records(self) -> Iterator[Record]:
        """Every episode, one at a time."""
        with _storage(self.root):
            names = sorted(p.stem for p in (self.root / _STATE / "episodes").glob("*.json"))
        for guid in names:
            record = self.record(guid)
            if record is not None:
                yield record

    def forget(self, guid: str, tombstone: bytes) -> None:
        """Withdraw an episode: its record goes, `tombstone` stays. Its files go with `sweep`."""
        self.keep_state(f"removed/{guid}.json", tombstone)
        self.drop(f"episodes/{guid}.json")

    def restore(self, guid: str) -> bool:
        """Let a withdrawn episode be made again; whether it was withdrawn."""
        return self.drop(f"removed/{guid}.json")

    def removed(self) -> Iterator[bytes]:
        """The tombstones of what was withdrawn."""
        with _storage(self.root):
            places = sorted((self.root / _STATE / "removed").glob("*.json"))
        for path in places:
            data = self.read(f"{_STATE}/removed/{path.name}")
            if data is not None:
                yield data

    def drop(self, name: str) -> bool:
        path = self.root / _STATE / name
        with _storage(path):
            was_there = path.is_file()
            path.unlink(missing_ok=True)
        return was_there

    def files(self) -> dict[str, int]:
        """Bytes of every file of the episodes, by its name: one look for all of them."""
        with _storage(self.root), os.scandir(self.root / "episodes") as found:
            return {entry.name: entry.stat().st_size for entry in found if entry.is_file()}

    def is_whole(self, record: Record, files: Mapping[str, int] | None = None) -> bool:
        """Whether every file of the episode is there, the sound in its length; by `files`, as
        `Folder.files` gives them, or by a look of its own."""
        there = self.files() if files is None else files
        size = there.get(f"{record.name}.mp3")
        return size == record.audio_bytes and all(
            f"{record.name}{suffix}" in there for suffix in SUFFIXES
        )

    def sweep(self, records: Iterable[Record] | None = None) -> None:
        """Take away what no record names: unfinished files and episodes before their edit.

        Only after the feed is written: until then it may name them.
        """
        kept = {record.name for record in (self.records() if records is None else records)}
        with _storage(self.root):
            places = (self.root, self.root / "episodes", self.root / _STATE)
            for path in (p for place in (*places, places[2] / "episodes") for p in place.iterdir()):
                match = _OURS.fullmatch(path.name)
                orphan = match and path.name.removesuffix(match[1]) not in kept
                if path.name.startswith(_PART) or (orphan and path.parent.name == "episodes"):
                    path.unlink(missing_ok=True)

    def drop_pages_after(self, last: int) -> None:
        """Take away the feed's pages beyond number `last`."""
        with _storage(self.root):
            for path in self.root.glob("feed-*.xml"):
                number = path.stem.removeprefix("feed-")
                if number.isdecimal() and int(number) > last:
                    with suppress(FileNotFoundError):
                        path.unlink()


@contextmanager
def _storage(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError("folder-unusable", path=path, reason=reason) from (error)


def _lock(file: BinaryIO) -> bool:
    """Whether the lock could be had at once. Some network file systems have none: there the
    user must see to it."""
    try:
        return try_lock_file(file.fileno())
    except OSError as error:
        if has_no_locks(error):
            return True
        raise
