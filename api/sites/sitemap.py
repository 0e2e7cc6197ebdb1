"""Sitemaps and feeds: addresses of pages to be made ahead (sitemaps.org, RSS, Atom)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from reader.article import Page
from reader.errors import IndexPage
from reader.podcast.news_feed import entries, is_feed
from reader.podcast.sources import Source, is_address

_MOST_MAPS: Final = 200
"""Of one index: news sites have one a month, or one a section."""
_LAST: Final = ""
"""Where a page stands that does not say when it was changed: behind those that do."""


def addresses_in(page: Page, location: str, newest: int = 0) -> tuple[list[str], list[str]]:
    """The pages that a sitemap or feed names, and the sitemaps that an index does, each once; only
    the `newest` ones, if that is above 0. Raises IndexPage if there are none."""
    if is_feed(page):
        known = entries(Source(location, location, 0), page, newest)
        return list(dict.fromkeys(s.location for s in known if is_address(s.location))), []
    root = _parsed(page.content)
    kind = "" if root is None else etree.QName(root).localname
    if root is None or kind not in ("urlset", "sitemapindex"):
        raise IndexPage("not-a-sitemap", name=location)
    found = list(_places(root, page.url or location))
    if newest:
        found = sorted(found, key=lambda place: place[0], reverse=True)[:newest]
    places = list(dict.fromkeys(address for _, address in found))
    if not places:
        raise IndexPage("not-a-sitemap", name=location)
    return (places, []) if kind == "urlset" else ([], places[:_MOST_MAPS])


def _parsed(content: bytes) -> etree._Element | None:
    """The root of an XML document, fetching nothing that it names; None for what is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root: etree._Element | None = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _places(root: etree._Element, base: str) -> Iterator[tuple[str, str]]:
    """When each was changed, and its address."""
    for entry in root.iterchildren("{*}url", "{*}sitemap"):
        address = (entry.findtext("{*}loc") or "").strip()
        changed = (entry.findtext("{*}lastmod") or _LAST).strip()
        try:
            whole = urljoin(base, address)
        except ValueError:
            continue
        if address and is_address(whole):
            yield changed, whole
