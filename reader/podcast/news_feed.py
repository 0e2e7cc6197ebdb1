"""The RSS or Atom feed of a news site, as sources: an entry a source."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import Any, Final

import feedparser

from reader.article import Page
from reader.errors import IndexPage
from reader.podcast.dates import of_epoch
from reader.podcast.identity import identity_of_url
from reader.podcast.sources import Source, is_address

_ROOT: Final = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_HEAD_BYTES: Final = 2048


def is_feed(page: Page) -> bool:
    """Whether the page is a feed, by its first element."""
    head = re.sub(
        rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>]*>", b"", page.content[:_HEAD_BYTES], flags=re.S
    )
    return _ROOT.match(head.lstrip(b"\xef\xbb\xbf \t\r\n")) is not None


def entries(feed: Source, page: Page) -> list[Source]:
    """A source an entry, in the feed's order. Raises IndexPage if there are none."""
    headers = {"content-location": page.url} if page.url else {}
    found = feedparser.parse(page.content, response_headers=headers, sanitize_html=False)
    sources = list(_sources(feed, found.entries))
    if not sources:
        raise IndexPage(f"the feed {feed.location} lists no articles; give another")
    return sources


def _sources(feed: Source, found: list[Any]) -> Iterator[Source]:
    for n, entry in enumerate(found):
        link = entry.get("link", "")
        html = "" if is_address(link) else _content(entry)
        if not is_address(link) and not html:
            continue
        title = entry.get("title", "")
        own = entry.get("id") or title
        yield Source(
            location=link if is_address(link) else f"「{title}」 of {feed.location}",
            identity=identity_of_url(link) if is_address(link) else f"{feed.identity}#{own}",
            order=feed.order + n + 1,
            published=_published(entry),
            title=title,
            html=html,
        )


def _content(entry: Any) -> str:
    """The text that the feed itself holds, as a page."""
    parts = [part.get("value", "") for part in entry.get("content", [])]
    body = max([*parts, entry.get("summary", "")], key=len)
    return f"<article>{body}</article>" if body.strip() else ""


def _published(entry: Any) -> str:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return of_epoch(calendar.timegm(moment)) if moment else ""
    except (ValueError, OverflowError):
        return ""  # a year that no calendar has
