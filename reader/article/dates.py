"""Dates as pages write them, as ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

_DATE = re.compile(
    r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s,，]*(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_UTC = re.compile(r"(?:Z|[+-]00:?00)$")
TAIPEI = timezone(timedelta(hours=8))


def iso_date(text: str) -> str:
    """ISO 8601 of the first date in the text, as exact as it is; "" where there is none."""
    found = _DATE.search(text)
    if not found:
        return ""
    year, month, day, hour, minute, second, zone = found.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return ""
    date = f"{year}-{int(month):02}-{int(day):02}"
    if hour is None or int(hour) > 23:
        return date
    if zone and len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{date}T{int(hour):02}:{minute}" + (f":{second}" if second else "") + (zone or "")


def to_taipei(stamp: str, shown: str = "") -> str:
    """A time in UTC as Taiwan's clock has it; other times as they are.

    `shown` is the time on the page: where it reads the same hour and minute as the stamp, the
    page calls its own time UTC, and only the zone is put right.
    """
    if not _UTC.search(stamp):
        return stamp
    try:
        moment = datetime.fromisoformat(_UTC.sub("+00:00", stamp))
    except ValueError:
        return stamp
    if shown[:16] == stamp[:16]:
        moment = moment.replace(tzinfo=TAIPEI)
    return moment.astimezone(TAIPEI).isoformat()
