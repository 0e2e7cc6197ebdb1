"""The podcast's folder: every file whole or absent, and nothing in it that the feed does not need.

feed.xml, feed-2.xml …   the feed and its further pages
cover.png                the artwork
episodes/                the sound, transcripts and chapters of each episode
.tingwen/                what the next run must know: a record an episode, the show's GUID
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    r"\d{8}-[0-9a-f]{12}-[0-9a-f]{12}(\.mp3|\.vtt|\.srt|\.html|\.chapters\.json)"
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

    def is_whole(self, record: Record) -> bool:
        """Whether every file of the episode is there, the sound in its length."""
        try:
            size = (self.root / record.path(".mp3")).stat().st_size
        except OSError:
            return False
        return size == record.audio_bytes and all(
            (self.root / record.path(suffix)).is_file() for suffix in SUFFIXES
        )

    def sweep(self) -> None:
        """Take away what no record names: unfinished files and episodes before their edit.

        Only after the feed is written: until then it may name them.
        """
        kept = {record.name for record in self.records()}
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
