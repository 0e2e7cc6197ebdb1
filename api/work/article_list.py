"""List of articles: all that the service has made, makes, or has withdrawn, a page at a time."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final, Literal

from api.headlines import headline_of
from api.models import Status
from api.work.jobs import Jobs
from api.work.pending_requests import FOLDER as ORDERS
from api.work.pending_requests import parsed_request
from audio_cache import Cache, CacheError
from reader.article.canonical import canonical_address
from reader.errors import StorageError, TingwenError
from reader.narration.model import Narration
from reader.narration.withdrawals import Withdrawal, Withdrawals

ListedStatus = Literal["pending", "speaking", "ready", "failed", "withdrawn"]
CURSOR: Final = "[0-9a-f]{1,16}-[0-9a-f]{32}"
_LOOKED_AT: Final = 500
"""Articles that one page looks through; behind them the next page goes on."""
_AT_A_TIME: Final = 16
_ID: Final = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which articles are wanted; what is left out filters nothing."""

    status: ListedStatus | None = None
    since: datetime | None = None
    """Made, asked for or withdrawn then or later; a time without a zone is UTC."""
    until: datetime | None = None
    """Before this."""
    address: str = ""
    """What the article's address begins with, scheme and `www.` aside: a host, or more."""

    def takes_moment(self, at: datetime) -> bool:
        is_late_enough = self.since is None or at >= _in_utc(self.since)
        return is_late_enough and (self.until is None or at < _in_utc(self.until))

    def takes_address(self, url: str) -> bool:
        if not self.address:
            return True
        wanted = canonical_address(f"https://{_without_scheme(self.address)}/-").removesuffix("/-")
        found = canonical_address(url)
        return bool(wanted) and (found == wanted or found.startswith((f"{wanted}/", f"{wanted}?")))


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """One row. Of what was withdrawn only id, address and time are known."""

    id: str
    status: ListedStatus
    at: datetime
    """When it was made, asked for or withdrawn."""
    title: str = ""
    byline: str = ""
    address: str = ""
    voice: str = ""
    wanted_voice: str = ""
    why: tuple[TingwenError, ...] = ()
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """An article before it is read."""

    at: datetime
    id: str
    kind: Literal["narrations", "orders", "withdrawn"]
    address: str = ""

    @property
    def cursor(self) -> str:
        return f"{int(self.at.timestamp() * 1_000_000):x}-{self.id}"

    @property
    def rank(self) -> tuple[int, str]:
        return _rank(self.cursor)


class ArticleList:
    """Lists the articles of one cache, the newest first. Raises StorageError."""

    def __init__(self, cache: Cache, withdrawals: Withdrawals, jobs: Jobs) -> None:
        self._cache, self._withdrawals, self._jobs = cache, withdrawals, jobs

    async def page(
        self, wanted: ListFilter, limit: int, cursor: str = ""
    ) -> tuple[list[ListedArticle], str]:
        """At most `limit` articles behind `cursor`, and the cursor of the next page, "" for none.
        A page may hold fewer, or none, while there is a next one."""
        entries = [entry for entry in await self._entries() if wanted.takes_moment(entry.at)]
        entries = [e for e in entries if not cursor or e.rank < _rank(cursor)]
        found: list[ListedArticle] = []
        looked_at = 0
        for batch in _batches(entries[:_LOOKED_AT]):
            rows = await asyncio.gather(*map(self._row, batch))
            for entry, row in zip(batch, rows, strict=True):
                looked_at += 1
                if row is not None and _takes(wanted, row):
                    found.append(row)
                if len(found) == limit:
                    return found, entry.cursor if looked_at < len(entries) else ""
        is_all = len(entries) <= _LOOKED_AT
        return found, "" if is_all else entries[_LOOKED_AT - 1].cursor

    async def _entries(self) -> list[_Entry]:
        """Every article once, the newest first."""
        by_id: dict[str, _Entry] = {}
        try:
            for kind in (ORDERS, "narrations"):
                for key, at in await self._cache.recent(kind, ".json", sys.maxsize):
                    stem = PurePosixPath(key).stem
                    if _ID.fullmatch(stem):
                        by_id[stem] = _Entry(at, stem, "orders" if kind == ORDERS else "narrations")
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        for withdrawal in await self._withdrawals.all():
            by_id |= {entry.id: entry for entry in _entries_of(withdrawal)}
        return sorted(by_id.values(), key=lambda entry: entry.rank, reverse=True)

    async def _row(self, entry: _Entry) -> ListedArticle | None:
        """None for what has gone meanwhile, or another release kept otherwise."""
        if entry.kind == "withdrawn":
            return ListedArticle(entry.id, "withdrawn", entry.at, address=entry.address)
        try:
            key = f"{entry.kind}/{entry.id[:2]}/{entry.id}.json"
            data = await self._cache.get(key, is_use=False)
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        if data is None:
            return None
        if entry.kind == "narrations":
            return await asyncio.to_thread(_of_manifest, entry, data)
        return self._of_order(entry, data)

    def _of_order(self, entry: _Entry, data: bytes) -> ListedArticle | None:
        job = self._jobs.get(entry.id)
        request = parsed_request(data)
        if request is None or (job is not None and job.narration is not None):
            return None  # another voice has read it: the narration is listed
        script = request.script
        status: Status = "pending" if job is None else job.status
        return ListedArticle(
            entry.id,
            status,
            entry.at,
            title=headline_of(script.title, script.paragraphs),
            byline=script.byline,
            address=script.url,
            voice="" if job is None else job.voice,
            wanted_voice=request.options.voice,
            why=() if job is None else job.why,
        )


def _of_manifest(entry: _Entry, data: bytes) -> ListedArticle | None:
    try:
        told = Narration.from_json(data)
    except (ValueError, KeyError, TypeError):
        return None
    return ListedArticle(
        entry.id,
        "ready",
        entry.at,
        title=headline_of(told.title, told.paragraphs),
        byline=told.byline,
        address=told.url,
        voice=told.voice,
        wanted_voice=told.wanted_voice,
        why=told.why,
        duration_s=told.duration_s,
    )


def _takes(wanted: ListFilter, row: ListedArticle) -> bool:
    return wanted.status in (None, row.status) and wanted.takes_address(row.address)


def _entries_of(withdrawal: Withdrawal) -> Iterator[_Entry]:
    try:
        at = _in_utc(datetime.fromisoformat(withdrawal.at))
    except ValueError:
        at = datetime.fromtimestamp(0, UTC)  # a damaged tombstone
    for narration_id in withdrawal.ids:
        if _ID.fullmatch(narration_id):
            yield _Entry(at, narration_id, "withdrawn", withdrawal.address)


def _batches(entries: Sequence[_Entry]) -> Iterator[Sequence[_Entry]]:
    for start in range(0, len(entries), _AT_A_TIME):
        yield entries[start : start + _AT_A_TIME]


def _rank(cursor: str) -> tuple[int, str]:
    moment, _, narration_id = cursor.partition("-")
    return int(moment, 16), narration_id


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _without_scheme(address: str) -> str:
    return address.strip().split("://", 1)[-1].rstrip("/")
