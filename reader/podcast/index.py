"""What a run asks of the archive, without reading all of it: a table beside the records.

The records are the truth, one small file each; the table is made anew from them whenever anything
but a run of ours has changed a folder that it tells of, or a run was ended before its end. So a
day's run of an old show reads and writes as much as that of a young one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from reader.podcast.dates import TAIPEI, in_utc
from reader.podcast.index_table import Table
from reader.podcast.record import Record
from reader.podcast.tombstone import Removed

_MOST_ALIKE: Final = 64
"""Of the episodes that a source, or a title, has had, so many of the newest are compared with."""
_COLUMNS: Final = (
    "guid, is_removed, is_listed, moment, place, day, second, title, words, source, canonical,"
    " name, audio_bytes, number, missing, body"
)
_FEED_ORDER: Final = "ORDER BY moment DESC, place, guid"


@dataclass(frozen=True, slots=True)
class Listed:
    """An episode as a feed lists it."""

    record: Record
    missing: frozenset[str]
    """Ends of the names of its files that are not there."""


class Index:
    """The table of one run, which holds the folder's lock. Every method raises StorageError."""

    def __init__(self, path: Path) -> None:
        self._table = Table(path)

    def close(self) -> None:
        self._table.close()

    def is_settled(self, times: str) -> bool:
        """Whether the last run ended, and left the folders in the state that `times` tells of.
        Until `settle` no other run may trust the table."""
        is_settled = self.fact("settled") == times
        self.keep_fact("settled", "")
        return is_settled

    def settle(self, times: str) -> None:
        """The run has ended, and all that the table says is true."""
        self.keep_fact("settled", times)

    def fill(self, records: Iterable[Record], removed: Iterable[Removed]) -> None:
        """Make the table anew, in the order of time: the newest, which are asked for together, lie
        together on the disk."""
        with self._table.changing():
            for name in ("episode", "stale"):
                self._table.run(f"DELETE FROM {name}")
            self._table.run("DELETE FROM fact WHERE name <> 'n_listed'")
            for record in sorted(records, key=lambda record: in_utc(record.published)):
                self._put(record)
            for gone in removed:
                self._put(gone.as_record(), is_removed=True)

    def keep(self, record: Record) -> None:
        """An episode of which all files are there."""
        with self._table.changing():
            self._touch(record.guid, record.name)
            self._put(record)

    def forget(self, gone: Removed) -> None:
        """An episode was withdrawn."""
        with self._table.changing():
            self._touch(gone.guid, "")
            self._put(gone.as_record(), is_removed=True)

    def restore(self, guid: str) -> None:
        """It is as if it had never been withdrawn."""
        self._table.run("DELETE FROM episode WHERE guid = ? AND is_removed = 1", guid)

    def lacks(self, record: Record, missing: Iterable[str]) -> None:
        """Of this episode these files are missing; or none, any more."""
        ends = " ".join(missing)
        if self._table.value("SELECT missing FROM episode WHERE guid = ?", record.guid) == ends:
            return
        with self._table.changing():
            self._touch(record.guid, record.name)
            is_listed = int(".mp3" not in ends.split())
            sql = "UPDATE episode SET missing = ?, is_listed = ? WHERE guid = ?"
            self._table.run(sql, ends, is_listed, record.guid)

    def holds(self, guid: str) -> bool:
        """Whether there is an episode with this GUID that was not withdrawn."""
        sql = "SELECT 1 FROM episode WHERE guid = ? AND is_removed = 0"
        return self._table.value(sql, guid) is not None

    def is_broken(self, guid: str) -> bool:
        """Whether files of the episode are missing, or it is not there."""
        missing = self._table.value("SELECT missing FROM episode WHERE guid = ?", guid)
        return bool(missing != "")

    def record(self, guid: str) -> Record | None:
        """The episode; of one that was withdrawn, what its tombstone says."""
        return next(iter(self._records("guid = ?", guid)), None)

    def of_words(self, digest: str) -> str | None:
        """GUID of the episode with these words, of those without an address."""
        where = "words = ? AND canonical = '' ORDER BY is_removed, guid LIMIT 1"
        return next((r.guid for r in self._records(where, digest)), None) if digest else None

    def of_source(self, source: str, title: str = "") -> list[Record]:
        """The newest episodes made of what has this name, and those with that title."""
        if not source:
            return []
        newest = f"ORDER BY moment DESC LIMIT {_MOST_ALIKE}"
        found = [
            *self._records(f"source = ? AND is_removed = 0 {newest}", source),
            *self._records(f"source = ? AND is_removed = 1 {newest}", source),
            *self._records(f"source = ? AND title = ? {newest}", source, title),
        ]
        return list({record.guid: record for record in found}.values())

    def of_title(self, title: str) -> list[Record]:
        """The newest episodes with this title, of those without an address."""
        where = "title = ? AND canonical = '' AND words <> '' ORDER BY moment DESC"
        return self._records(f"{where} LIMIT {_MOST_ALIKE}", title)

    def latest_second(self, day: str) -> int:
        """Of the episodes that name this day only, the second that the last one was given."""
        return int(self._table.value("SELECT max(second) FROM episode WHERE day = ?", day) or 0)

    def broken(self) -> list[Record]:
        """The episodes of which files are missing."""
        return self._records("missing <> '' ORDER BY guid")

    def after(self, guid: str, n: int) -> list[tuple[str, str, int]]:
        """GUID, name of the files and bytes of the sound of the next `n` episodes in the order of
        GUIDs: of an index alone, which tells of fifty on a page of the disk."""
        sql = "SELECT guid, name, audio_bytes FROM episode WHERE is_removed = 0 AND guid > ?"
        return self._table.rows(f"{sql} ORDER BY guid LIMIT {n}", guid)

    def last_number(self) -> int:
        sql = "SELECT max(number) FROM episode WHERE is_removed = 0"
        return int(self._table.value(sql) or 0)

    def unnumbered(self) -> list[Record]:
        """The episodes without a number, the oldest first."""
        return self._records("is_removed = 0 AND number = 0 ORDER BY moment, place DESC, guid")

    def n_listed(self) -> int:
        return int(self.fact("n_listed") or 0)

    def listed(self, start: int, stop: int) -> Iterator[Listed]:
        """Episodes of the feed, the newest first, from place `start` to before `stop`."""
        sql = f"SELECT body, missing FROM episode WHERE is_listed = 1 {_FEED_ORDER}"
        for body, missing in self._table.rows(f"{sql} LIMIT ? OFFSET ?", stop - start, start):
            yield Listed(Record.from_json(body), frozenset(missing.split()))

    def changed_from(self) -> float:
        """Moment of the oldest episode that has changed since the feed was written."""
        moment = self.fact("changed_from")
        return -math.inf if moment is None else float(moment)

    def feed_is_written(self) -> None:
        """The feed says what the table says."""
        self.keep_fact("changed_from", math.inf)

    def stale(self) -> list[str]:
        """Names of the files of earlier editions, and of what was withdrawn."""
        return [name for (name,) in self._table.rows("SELECT name FROM stale")]

    def drop_stale(self) -> None:
        self._table.run("DELETE FROM stale")

    def fact(self, name: str) -> str | float | None:
        """What `keep_fact` kept."""
        value: str | float | None = self._table.value("SELECT value FROM fact WHERE name=?", name)
        return value

    def keep_fact(self, name: str, value: str | float) -> None:
        self._table.run("INSERT OR REPLACE INTO fact VALUES (?, ?)", name, value)

    def _records(self, where: str, *values: object) -> list[Record]:
        rows = self._table.rows(f"SELECT body FROM episode WHERE {where}", *values)
        return [Record.from_json(body) for (body,) in rows]

    def _put(self, record: Record, *, is_removed: bool = False) -> None:
        moment = 0.0 if is_removed else in_utc(record.published).timestamp()
        day, second = _day_of(record) if record.is_day_only else ("", 0)
        self._table.run("DELETE FROM episode WHERE guid = ?", record.guid)
        self._table.run(
            f"INSERT INTO episode ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            record.guid, int(is_removed), int(not is_removed), moment, record.order, day, second,
            record.title, record.words, record.source, record.canonical, record.name,
            record.audio_bytes, record.number, "", record.to_json(),
        )  # fmt: skip
        if not is_removed:
            self._change(moment)

    def _touch(self, guid: str, name: str) -> None:
        """What there was of the episode is to go, from the feed, and its files if `name` is not
        theirs."""
        sql = "SELECT name, moment FROM episode WHERE guid = ? AND is_removed = 0"
        for old, moment in self._table.rows(sql, guid):
            if old and old != name:
                self._table.run("INSERT OR REPLACE INTO stale VALUES (?)", old)
            self._change(moment)

    def _change(self, moment: float) -> None:
        sql = "UPDATE fact SET value = min(value, ?) WHERE name = 'changed_from'"
        self._table.run(sql, moment)


def _day_of(record: Record) -> tuple[str, int]:
    """The day in Taipei, and the second of it."""
    moment = datetime.fromisoformat(record.published).astimezone(TAIPEI)
    return f"{moment:%Y-%m-%d}", moment.hour * 3600 + moment.minute * 60 + moment.second
