"""A pronouncing dictionary on disk: nothing of it stays in memory but what is looked up."""

from __future__ import annotations

import mmap
from pathlib import Path


class PronouncingDictionary:
    """Words and their phonemes in a file of lines `word TAB phonemes`, sorted by the words'
    bytes. Thread-safe."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def phonemes(self, word: str) -> str | None:
        """Of exactly this word; None if it is not there."""
        wanted = word.encode()
        low, high = 0, len(self._lines)
        while low < high:
            start = self._lines.rfind(b"\n", 0, (low + high) // 2) + 1
            end = self._lines.find(b"\n", start)
            found, _, phonemes = self._lines[start:end].partition(b"\t")
            if found == wanted:
                return phonemes.decode()
            if found < wanted:
                low = end + 1
            else:
                high = start
        return None


def write_dictionary(entries: dict[str, str], path: Path) -> None:
    """Write `entries` as `PronouncingDictionary` reads them."""
    lines = sorted((word.encode(), phonemes.encode()) for word, phonemes in entries.items())
    path.write_bytes(b"".join(b"%b\t%b\n" % line for line in lines))
