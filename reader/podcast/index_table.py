"""The table of `reader.podcast.index`: SQLite in one file, which can always be made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any, Final

from reader.errors import StorageError

_VERSION: Final = 2
"""Raised when the table changes: it is made anew then."""
_SCHEMA: Final = (
    """CREATE TABLE episode (
        guid TEXT PRIMARY KEY, is_removed INTEGER, is_listed INTEGER, moment REAL, place INTEGER,
        day TEXT, second INTEGER, title TEXT, words TEXT, source TEXT, canonical TEXT, name TEXT,
        audio_bytes INTEGER, number INTEGER, missing TEXT, body BLOB)""",
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value)",
    "CREATE TABLE stale (name TEXT PRIMARY KEY)",
    "CREATE INDEX listed ON episode (is_listed, moment DESC, place, guid)",
    "CREATE INDEX titled ON episode (title, moment)",
    "CREATE INDEX worded ON episode (words)",
    "CREATE INDEX sourced ON episode (source, is_removed, moment)",
    "CREATE INDEX dated ON episode (day, second)",
    "CREATE INDEX numbered ON episode (is_removed, number)",
    "CREATE INDEX sized ON episode (is_removed, guid, name, audio_bytes)",
    "CREATE INDEX broken ON episode (guid) WHERE missing <> ''",
    """CREATE TRIGGER more AFTER INSERT ON episode BEGIN
        UPDATE fact SET value = value + new.is_listed WHERE name = 'n_listed'; END""",
    """CREATE TRIGGER fewer AFTER DELETE ON episode BEGIN
        UPDATE fact SET value = value - old.is_listed WHERE name = 'n_listed'; END""",
    """CREATE TRIGGER other AFTER UPDATE OF is_listed ON episode BEGIN
        UPDATE fact SET value = value + new.is_listed - old.is_listed
        WHERE name = 'n_listed'; END""",
    "INSERT INTO fact VALUES ('n_listed', 0)",
    f"PRAGMA user_version = {_VERSION}",
)


class Table:
    """One connection, shared by threads. Every method raises StorageError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = RLock()
        with self._storage():
            self._connection = _opened(path)

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.close()

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """All rows of a query."""
        with self._lock, self._storage():
            return self._connection.execute(sql, _writable(values)).fetchall()

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row; None where there is none."""
        rows = self.rows(sql, *values)
        return rows[0][0] if rows else None

    def run(self, sql: str, *values: Any) -> None:
        """A statement that answers nothing."""
        with self._lock, self._storage():
            self._connection.execute(sql, _writable(values))

    @contextmanager
    def changing(self) -> Iterator[None]:
        """All statements within take effect together, or none."""
        with self._lock:
            self.run("BEGIN")
            try:
                yield
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
            self.run("COMMIT")

    @contextmanager
    def _storage(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StorageError("folder-unusable", path=self._path, reason=error) from error


def _writable(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values, with what is no Unicode replaced."""
    return tuple(v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in values)


def _opened(path: Path) -> sqlite3.Connection:
    """The table that is there, or an empty one in place of what is none of this release."""
    with suppress(sqlite3.DatabaseError):
        found = _connected(path)
        if found.execute("PRAGMA user_version").fetchone() == (_VERSION,):
            return found
        found.close()
    for name in (path.name, f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)
    fresh = _connected(path)
    fresh.execute("BEGIN")
    for statement in _SCHEMA:
        fresh.execute(statement)
    fresh.execute("COMMIT")
    return fresh


def _connected(path: Path) -> sqlite3.Connection:
    """The folder's own lock keeps others away: SQLite's would fail on some network disks."""
    place = f"{path.absolute().as_uri()}?nolock=1"
    table = sqlite3.connect(place, uri=True, isolation_level=None, check_same_thread=False)
    table.execute("PRAGMA locking_mode = EXCLUSIVE")
    table.execute("PRAGMA synchronous = NORMAL")
    return table
