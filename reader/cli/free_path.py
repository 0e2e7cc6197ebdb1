"""Names that nobody gave: they never replace a file that is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from reader.errors import StorageError


@contextmanager
def reserve_path(wanted: Path) -> Iterator[Path]:
    """`wanted`, or the first of `wanted (2)`, `wanted (3)` … that is free, taken with an empty file
    so that no other process gets it; the file goes again if it is still empty at the end.

    Raises StorageError if the folder cannot be written.
    """
    path = _take(wanted)
    try:
        yield path
    finally:
        with suppress(OSError):
            if not path.stat().st_size:
                path.unlink()


def _take(wanted: Path) -> Path:
    for number in count(1):
        path = wanted if number == 1 else wanted.with_name(_numbered(wanted, number))
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            continue
        except OSError as error:
            raise StorageError("output-unwritable", path=path, reason=error.strerror) from error
        return path
    raise AssertionError("count has no end")


def _numbered(path: Path, number: int) -> str:
    return f"{path.stem} ({number}){path.suffix}"
