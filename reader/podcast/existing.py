"""Episodes of another feed that stay listed beside ours."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from reader.article.access import Access
from reader.article.fetch import fetch_page
from reader.errors import SourceUnreadable
from reader.podcast.elements import ATOM, ITUNES, PODCAST, parsed
from reader.podcast.folder import FIRST_PAGE, Folder
from reader.podcast.options import PodcastOptions
from reader.podcast.outcome import Outcome
from reader.podcast.sources import is_address

_KEPT: Final = "merged.xml"
_SHOW: Final = "show-guid"
_MOST_PAGES: Final = 100
_OURS: Final = frozenset(
    f"{PODCAST}{name}" for name in ("guid", "medium", "locked", "person", "funding")
)
_PROOFS: Final = frozenset((f"{ITUNES}applepodcastsverify",))


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


def keep_foreign(folder: Folder, options: PodcastOptions, outcome: Outcome) -> None:
    """Remember the feed to merge with: that of the options, or else a `feed.xml` that lies in the
    folder and is not ours.

    One that cannot be read now is a failure, and what an earlier run kept of it stays listed.
    Raises SourceUnreadable if nothing was kept: its episodes would be gone; StorageError.
    """
    merge = options.merge
    if not merge and folder.state(_SHOW) is None and folder.read(FIRST_PAGE) is not None:
        merge = str(folder.root / FIRST_PAGE)
    if not merge:
        return
    try:
        folder.keep_state(_KEPT, _whole(merge, options.access))
    except SourceUnreadable as error:
        if folder.state(_KEPT) is None:
            raise
        outcome.fail(merge, error, -1)


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


def foreign_tags(folder: Folder) -> list[Any]:
    """What the merged feed says of the show in other vocabularies than those we write, such as
    `podcast:value`, or that proves who owns it."""
    data = folder.state(_KEPT)
    channel = parsed(data).find("channel") if data else ()
    return [tag for tag in channel if _is_kept(tag)]


def _is_kept(tag: Any) -> bool:
    name = etree.QName(tag) if isinstance(tag.tag, str) else None  # comments have no name
    if name is None or name.namespace is None or name.text in _OURS:
        return False
    return name.text in _PROOFS or f"{{{name.namespace}}}" not in (ITUNES, ATOM)


def _whole(merge: str, access: Access) -> bytes:
    """The feed with the items of all its pages (RFC 5005)."""
    first = _root_of(merge, access)
    channel = first.find("channel")
    page, at, seen = channel, merge, {merge}
    while following := _next_page(page, at):
        if following in seen or len(seen) == _MOST_PAGES:
            break
        seen.add(following)
        page, at = _root_of(following, access).find("channel"), following
        channel.extend(page.findall("item"))
    data: bytes = etree.tostring(first, xml_declaration=True, encoding="UTF-8")
    return data


def _next_page(channel: Any, at: str) -> str:
    """Where the page after the one at `at` is: of a file, the file beside it, if there is one."""
    links = channel.findall(f"{ATOM}link")
    href = next((link.get("href", "") for link in links if link.get("rel") == "next"), "")
    if not href or is_address(at):
        return urljoin(at, href) if href else ""
    beside = Path(at).parent / urlsplit(href).path.rsplit("/", 1)[-1]
    return str(beside) if beside.is_file() else href if is_address(href) else ""


def _root_of(feed: str, access: Access) -> Any:
    try:
        root = parsed(_bytes_of(feed, access))
    except ValueError as error:
        raise SourceUnreadable("feed-not-xml", feed=feed, reason=error) from error
    if root.find("channel") is None:
        raise SourceUnreadable("feed-not-rss", feed=feed)
    return root


def _bytes_of(merge: str, access: Access) -> bytes:
    if is_address(merge):
        return fetch_page(merge, feeds=True, access=access).content
    try:
        return Path(merge).read_bytes()
    except OSError as error:
        raise SourceUnreadable("feed-unreadable", feed=merge, reason=error.strerror) from error


def _moment(date: str) -> float:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return 0.0
