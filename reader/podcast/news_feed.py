"""The RSS or Atom feed of a news site, as sources: an entry a source."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from html import escape
from io import BytesIO
from itertools import islice
from typing import Any, Final
from urllib.parse import urljoin

import feedparser
from lxml import html

from reader.article import Page
from reader.article.decode import decode
from reader.errors import IndexPage, SourceUnreadable
from reader.podcast.dates import of_epoch
from reader.podcast.feed_limits import require_parsable
from reader.podcast.identity import identity_of_url
from reader.podcast.sources import ENTRIES, Source, is_address

_ROOT: Final = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_HEAD_BYTES: Final = 2048


def is_feed(page: Page) -> bool:
    """Whether the page is a feed, by its first element."""
    head = re.sub(
        rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>]*>", b"", page.content[:_HEAD_BYTES], flags=re.S
    )
    return _ROOT.match(head.lstrip(b"\xef\xbb\xbf \t\r\n")) is not None


def entries(feed: Source, page: Page, newest: int = 0) -> list[Source]:
    """A source an entry, in the feed's order; only the `newest` ones, if that is above 0.

    Raises IndexPage if there are none, SourceUnreadable if another feed led to this one or it is
    larger than feeds are.
    """
    if feed.feed:
        raise SourceUnreadable("feed-in-feed", feed=feed.location, parent=feed.feed)
    # Decoded as pages are: feedparser gives up on the Big5 of Taiwan's sites, which is cp950.
    headers = {"content-type": "application/xml; charset=utf-8"}
    text = decode(page.content, page.charset)
    require_parsable(text, feed.location)
    data = text.encode("utf-8", "replace")
    found = feedparser.parse(BytesIO(data), response_headers=headers, sanitize_html=False)
    sources = list(islice(_sources(feed, page.url, found.entries), ENTRIES - 1))
    if not sources:
        raise IndexPage("feed-empty", feed=feed.location)
    if newest:
        chosen = sorted(sources, key=lambda source: source.published, reverse=True)[:newest]
        sources = sorted(chosen, key=lambda source: source.order)
    return sources


def _sources(feed: Source, base: str, found: list[Any]) -> Iterator[Source]:
    for n, entry in enumerate(found):
        link = _link(entry, base)
        has_page = is_address(link)
        text = _content(entry, whole=has_page)
        if not has_page and not text:
            continue
        title = _title(entry)
        own = entry.get("id") or title
        yield Source(
            location=link if has_page else f"「{title}」 of {feed.location}",
            identity=_identity(link) if has_page else f"{feed.identity}#{own}",
            order=feed.order + n + 1,
            published=_published(entry),
            title=title,
            feed=feed.location,
            html=text,
        )


def _link(entry: Any, base: str) -> str:
    """Of the entry's page. A GUID that is no address is none, though RSS takes it for one where
    the feed does not deny it."""
    own: str = entry.get("id", "")
    link: str = entry.get("link", "")
    try:
        return urljoin(base, link) if entry.get("links") else own
    except ValueError:
        return link  # no address: fetching it will say so, and the other entries are read


def _identity(link: str) -> str:
    try:
        return identity_of_url(link)
    except ValueError:
        return link


def _content(entry: Any, *, whole: bool) -> str:
    """The text that the feed itself holds, as a page; with `whole`, not a mere summary."""
    parts = [_as_html(part) for part in entry.get("content", [])]
    if not whole and "summary" in entry:
        parts.append(_as_html(entry.get("summary_detail") or {"value": entry["summary"]}))
    body = max(parts, key=len, default="")
    return f"<article>{body}</article>" if body.strip() else ""


def _as_html(part: Any) -> str:
    value: str = part.get("value", "")
    return f"<p>{escape(value)}</p>" if part.get("type") == "text/plain" and value else value


def _title(entry: Any) -> str:
    """Plain text: RSS does not say whether titles hold markup."""
    title: str = entry.get("title", "")
    is_html = entry.get("title_detail", {}).get("type") == "text/html"
    return str(html.fromstring(f"<p>{title}</p>").text_content()) if is_html else title


def _published(entry: Any) -> str:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return of_epoch(calendar.timegm(moment)) if moment else ""
    except (ValueError, OverflowError):
        return ""  # a year that no calendar has
