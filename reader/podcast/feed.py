"""`feed.xml`: RSS 2.0 with what Apple, Spotify and the podcast namespace ask for.

Sources: the RSS 2.0 specification (rssboard.org), Apple's "Podcaster's guide to RSS", Spotify's
delivery specification, podcastindex.org's namespace 1.0, RFC 5005 for pages.
"""

from __future__ import annotations

import copy
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from reader.podcast import dates
from reader.podcast.elements import ATOM, ITUNES, NAMESPACES, PODCAST, add, cleaned
from reader.podcast.existing import Foreign
from reader.podcast.folder import FIRST_PAGE, Folder
from reader.podcast.items import item_of
from reader.podcast.options import DISCLOSURE, Show
from reader.podcast.pages import OLDEST, Entries, Entry, Page, pages_of

_LAYOUT: Final = 1
"""Raised when a page says the same in another way."""
_TXT_CHARS: Final = 4000
_PURPOSE_CHARS: Final = 128
"""What aggregators read of `podcast:txt` (the podcast namespace, on that tag)."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What every page of the feed begins with."""

    show: Show
    guid: str
    """`podcast:guid`."""
    cover: str
    """Path of the artwork in the folder."""
    tags: Sequence[Any] = ()
    """Elements of the feed that is merged with."""

    def digest(self, page_size: int) -> str:
        """Of all that a page's text depends on but its episodes."""
        root = etree.Element("rss", nsmap=NAMESPACES)
        describe(root, self.show, self.guid, self.show.url_of(self.cover))
        root.extend(copy.deepcopy(tag) for tag in self.tags)
        told = f"{_LAYOUT} {page_size} {self.show!r}".encode("utf-8", "replace")
        return hashlib.sha256(told + etree.tostring(root)).hexdigest()


def write_feed(
    folder: Folder, channel: Channel, foreign: Sequence[Foreign], limit: int, page_size: int
) -> int:
    """Write the feed's pages, the first one last, and return how many episodes they list.

    The newest episode is first. A page of which nothing has changed since it was written is
    left alone. Raises StorageError.
    """
    index = folder.index
    entries = Entries(index, foreign, limit)
    digest = channel.digest(page_size)
    is_known = entries.is_steady and index.fact("feed") == digest
    changed_from = index.changed_from() if is_known else -math.inf
    pages = list(pages_of(len(entries), page_size))
    index.keep_fact("feed", "")
    for page in _changed(folder, pages, entries, changed_from):
        shown = entries.between(page.start, page.stop)
        folder.write(page_name(page.number), _page(channel, shown, page, len(pages)))
    folder.drop_pages_after(len(pages))
    index.keep_fact("feed", digest if entries.is_steady else "")
    index.feed_is_written()
    return len(entries)


def _changed(
    folder: Folder, pages: Sequence[Page], entries: Entries, changed_from: float
) -> list[Page]:
    """The pages to write, the oldest first: what has changed, the first that has not, whose links
    may, and what is not there."""
    changed, is_new = [], True
    for page in pages:
        is_there = folder.has(page_name(page.number))
        if is_new or not is_there:
            changed.append(page)
        if is_new and is_there and page.number != 1:
            newest = entries.between(page.start, page.start + 1)
            is_new = not newest or newest[0].moment >= changed_from
    return changed[::-1]


def page_name(number: int) -> str:
    return FIRST_PAGE if number == 1 else f"feed-{number}.xml"


def _page(head: Channel, entries: Sequence[Entry], page: Page, n_pages: int) -> bytes:
    rss = etree.Element("rss", version="2.0", nsmap=NAMESPACES)
    channel = etree.SubElement(rss, "channel")
    describe(channel, head.show, head.guid, head.show.url_of(head.cover))
    _page_links(channel, head.show, page, n_pages)
    if entries:
        newest = max(entry.moment for entry in entries)
        add(channel, "lastBuildDate", dates.rfc822(dates.of_epoch(newest)))
    for tag in head.tags:
        channel.append(copy.deepcopy(tag))
    for entry in entries:
        if isinstance(entry.item, Foreign):
            channel.append(entry.item.element())
        else:
            channel.append(item_of(entry.item, head.show))
    return serialised(rss)


def serialised(rss: Any) -> bytes:
    """The document, indented."""
    etree.indent(rss)
    data: bytes = etree.tostring(rss, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def describe(channel: Any, show: Show, guid: str, cover_url: str) -> None:
    """What the channel says of the show."""
    link = show.link or f"{show.base_url}/"
    add(channel, "title", show.title)
    add(channel, "link", link)
    about = show.description or show.title
    if show.discloses and DISCLOSURE not in about:
        about = f"{about}\n\n{DISCLOSURE}"
    add(channel, "description", about)
    add(channel, "language", show.language)
    add(channel, "generator", "tingwen")
    if show.copyright:
        add(channel, "copyright", show.copyright)
    image = etree.SubElement(channel, "image")
    add(image, "url", cover_url)
    add(image, "title", show.title)
    add(image, "link", link)
    _itunes(channel, show, cover_url)
    _podcast(channel, show, guid)


def _itunes(channel: Any, show: Show, cover_url: str) -> None:
    add(channel, f"{ITUNES}author", show.author or show.title)
    category = etree.SubElement(channel, f"{ITUNES}category", text=cleaned(show.category))
    if show.subcategory:
        etree.SubElement(category, f"{ITUNES}category", text=cleaned(show.subcategory))
    add(channel, f"{ITUNES}explicit", "true" if show.explicit else "false")
    etree.SubElement(channel, f"{ITUNES}image", href=cleaned(cover_url))
    add(channel, f"{ITUNES}type", "episodic")
    if show.new_feed_url:
        add(channel, f"{ITUNES}new-feed-url", show.new_feed_url)
    if show.email:
        owner = etree.SubElement(channel, f"{ITUNES}owner")
        add(owner, f"{ITUNES}name", show.author or show.title)
        add(owner, f"{ITUNES}email", show.email)


def _podcast(channel: Any, show: Show, guid: str) -> None:
    add(channel, f"{PODCAST}guid", guid)
    add(channel, f"{PODCAST}medium", "podcast")
    locked = add(channel, f"{PODCAST}locked", "yes" if show.locked else "no")
    if show.email:
        locked.set("owner", cleaned(show.email))
    if show.author:
        add(channel, f"{PODCAST}person", show.author)
    for entry in show.txt:
        purpose, _, text = entry.rpartition(": ") if ": " in entry else ("", "", entry)
        told = add(channel, f"{PODCAST}txt", text[:_TXT_CHARS])
        if purpose:
            told.set("purpose", cleaned(purpose)[:_PURPOSE_CHARS])
    if show.funding_url:
        funding = add(channel, f"{PODCAST}funding", show.funding_text or "支持我們")
        funding.set("url", cleaned(show.funding_url))


def _page_links(channel: Any, show: Show, page: Page, n_pages: int) -> None:
    links = {"self": page.number}
    if n_pages > 1:
        links |= {"first": 1, "last": OLDEST}
        links |= {"previous": page.previous} if page.previous else {}
        links |= {"next": page.next} if page.next else {}
    for rel, number in links.items():
        etree.SubElement(
            channel,
            f"{ATOM}link",
            href=cleaned(show.url_of(page_name(number))),
            rel=rel,
            type="application/rss+xml",
        )
