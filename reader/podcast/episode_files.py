"""The files of the episodes: which are there, which are missing, which nobody names any more."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from reader.errors import StorageError
from reader.podcast.index import Index
from reader.podcast.record import Record

SUFFIXES: Final = (".mp3", ".vtt", ".srt", ".html", ".chapters.json")
"""The files of an episode."""
PART: Final = ".part-"
_PICTURES: Final = (".jpg", ".png")
_OURS: Final = re.compile(
    r"(\d{8}-[0-9a-f]{12}-[0-9a-f]{12})(\.mp3|\.vtt|\.srt|\.html|\.chapters\.json|\.jpg|\.png)"
)
_LOOKED_AT: Final = 64
"""Files of sound whose size a run compares, if nothing but runs has changed the folder: all of
them in turn."""


class EpisodeFiles:
    """The folder `episodes`. Every method raises StorageError if the disk fails."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def sizes(self) -> dict[str, int]:
        """Bytes of every file, by its name: one look for all of them."""
        with storage(self._place), os.scandir(self._place) as found:
            return {entry.name: entry.stat().st_size for entry in found if entry.is_file()}

    def missing(self, record: Record, sizes: Mapping[str, int] | None = None) -> list[str]:
        """Ends of the names of the episode's files that are not there, or of another size; by
        `sizes`, as `EpisodeFiles.sizes` gives them, or by a look of its own."""
        ends = (*SUFFIXES, record.image[-4:]) if record.image else SUFFIXES
        if sizes is None:
            sizes = self._sizes_of(f"{record.name}{end}" for end in ends)
        return [
            end
            for end in ends
            if (size := sizes.get(f"{record.name}{end}")) is None
            or (end == ".mp3" and size != record.audio_bytes)
        ]

    def is_whole(self, record: Record, sizes: Mapping[str, int] | None = None) -> bool:
        """Whether every file of the episode is there, the sound in its length. It can be without
        its picture."""
        return not set(self.missing(record, sizes)) & set(SUFFIXES)

    def look_at_all(self, index: Index, records: Iterable[Record]) -> None:
        """Find what is missing of all episodes."""
        sizes = self.sizes()
        for record in records:
            index.lacks(record, self.missing(record, sizes))

    def look_at_some(self, index: Index) -> None:
        """See whether what was missing still is, and compare the size of some files."""
        turn = index.after(str(index.fact("looked_at") or ""), _LOOKED_AT)
        index.keep_fact("looked_at", turn[-1][0] if len(turn) == _LOOKED_AT else "")
        for guid, name, audio_bytes in turn:
            sound = f"{name}.mp3"
            if self._sizes_of([sound]).get(sound) != audio_bytes:
                record = index.record(guid)
                if record is not None:
                    index.lacks(record, self.missing(record))
        for record in index.broken():
            index.lacks(record, self.missing(record))

    def drop(self, name: str) -> None:
        """Take away the files of one edition of an episode."""
        for end in (*SUFFIXES, *_PICTURES):
            path = self._place / f"{name}{end}"
            with storage(path):
                path.unlink(missing_ok=True)

    def sweep(self, kept: Container[str]) -> None:
        """Take away all but the editions with these names, and what else is not ours."""
        with storage(self._place):
            for path in self._place.iterdir():
                match = _OURS.fullmatch(path.name)
                if path.name.startswith(PART) or (match and match[1] not in kept):
                    path.unlink(missing_ok=True)

    def _sizes_of(self, names: Iterable[str]) -> dict[str, int]:
        sizes = {}
        for name in names:
            path = self._place / name
            with storage(path), suppress(FileNotFoundError):
                sizes[name] = path.stat().st_size
        return sizes


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """What the disk refuses, as an error of ours."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError("folder-unusable", path=path, reason=reason) from error
