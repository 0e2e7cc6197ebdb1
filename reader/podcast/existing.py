"""Episodes of another feed that stay listed beside ours."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

from reader.article.fetch import fetch_page
from reader.errors import SourceUnreadable
from reader.podcast.elements import PODCAST, parsed
from reader.podcast.folder import Folder
from reader.podcast.sources import is_address

_KEPT: Final = "merged.xml"
_SHOW: Final = "show-guid"


@dataclass(frozen=True, slots=True)
class Foreign:
    """An item that another program made: handed through as it is."""

    guid: str
    moment: float
    """Of its pubDate, in seconds since 1970; 0 if it has none that can be read."""
    item: Any

    def element(self) -> Any:
        """The item, free to be put into a document."""
        item = copy.deepcopy(self.item)
        item.tail = None
        return item


def keep_foreign(folder: Folder, merge: str) -> None:
    """Remember the feed to merge with: `merge`, a file or URL, or else a `feed.xml` that lies
    in the folder and is not ours. Raises SourceUnreadable, StorageError."""
    if merge:
        data = _bytes_of(merge)
    elif folder.state(_SHOW) is None and (found := folder.read("feed.xml")) is not None:
        merge, data = str(folder.root / "feed.xml"), found
    else:
        return
    try:
        channel = parsed(data).find("channel")
    except ValueError as error:
        raise SourceUnreadable(f"{merge} is no XML ({error}): give an RSS 2.0 feed") from error
    if channel is None:
        raise SourceUnreadable(f"{merge} is no RSS 2.0 feed: give one with a <channel>")
    folder.keep_state(_KEPT, data)


def foreign_items(folder: Folder) -> list[Foreign]:
    """The items of the feed to merge with; each GUID once."""
    data = folder.state(_KEPT)
    if data is None:
        return []
    found: dict[str, Foreign] = {}
    for item in parsed(data).find("channel").findall("item"):
        enclosure = item.find("enclosure")
        address = enclosure.get("url", "") if enclosure is not None else ""
        guid = (item.findtext("guid") or address or item.findtext("link") or "").strip()
        if guid and guid not in found:
            found[guid] = Foreign(guid, _moment(item.findtext("pubDate") or ""), item)
    return list(found.values())


def show_guid(folder: Folder, fresh: str) -> str:
    """The show's GUID: kept from the first run on, that of the merged feed, or `fresh`."""
    known = folder.state(_SHOW)
    if known is None:
        merged = folder.state(_KEPT)
        theirs = parsed(merged).findtext(f"channel/{PODCAST}guid") if merged else None
        known = (theirs or fresh).strip().encode()
        folder.keep_state(_SHOW, known)
    return known.decode()


def _bytes_of(merge: str) -> bytes:
    if is_address(merge):
        return fetch_page(merge, feeds=True).content
    try:
        return Path(merge).read_bytes()
    except OSError as error:
        raise SourceUnreadable(
            f"the feed {merge} cannot be read ({error.strerror}): check its name"
        ) from error


def _moment(date: str) -> float:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return 0.0
