"""Dates of episodes: as the article says, in Taiwan's time where it names no other."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Final

TAIPEI: Final = timezone(timedelta(hours=8), "CST")
"""Taiwan has had no summer time since 1980."""
_WEEKDAYS: Final = "一二三四五六日"


def now() -> datetime:
    """The time, or the moment that SOURCE_DATE_EPOCH names (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch) if epoch.isdecimal() else int(time.time()), TAIPEI)


def with_offset(published: str) -> str:
    """ISO 8601 with an offset, "" for what is no date. A day alone begins at midnight."""
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return ""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=TAIPEI)
    return moment.replace(microsecond=0).isoformat()


def is_day(published: str) -> bool:
    """Whether ISO 8601 text names a day without a time."""
    return len(published.strip()) <= len("2026-05-04")


def of_epoch(seconds: float) -> str:
    return datetime.fromtimestamp(int(seconds), TAIPEI).isoformat()


def rfc822(published: str) -> str:
    """`Mon, 04 May 2026 06:30:00 +0800`, as RSS 2.0 wants it."""
    return format_datetime(datetime.fromisoformat(published))


def in_utc(published: str) -> datetime:
    """To sort by."""
    return datetime.fromisoformat(published).astimezone(UTC)


def spoken_day(day: datetime) -> str:
    """`2026年5月4日，星期一`."""
    return f"{day.year}年{day.month}月{day.day}日，星期{_WEEKDAYS[day.weekday()]}"
