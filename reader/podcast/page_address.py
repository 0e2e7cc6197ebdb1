"""The address that a page gives itself: its canonical link (RFC 6596), its og:url."""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from urllib.parse import urljoin, urlsplit

from reader.article import Page
from reader.article.decode import decode

_HEAD_BYTES: Final = 400_000
_LINK: Final = re.compile(r"<link\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.I)
_META: Final = re.compile(_LINK.pattern.replace("link", "meta"), re.I)
_ATTRIBUTE: Final = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def canonical_link(page: Page) -> str:
    """The page's `<link rel="canonical">` as an absolute address; "" if it has none that can be
    read, or only its site's front."""
    return _stated(page, _LINK, ("rel", "canonical"), "href")


def og_url(page: Page) -> str:
    """The page's `og:url` (ogp.me), as `canonical_link` has it."""
    named = _stated(page, _META, ("property", "og:url"), "content")
    return named or _stated(page, _META, ("name", "og:url"), "content")


def _stated(page: Page, pattern: re.Pattern[str], named: tuple[str, str], value: str) -> str:
    if page.kind != "html":
        return ""
    text = decode(page.content[:_HEAD_BYTES], page.charset)
    for element in pattern.findall(text):
        attributes = {n.lower(): a or b or c for n, a, b, c in _ATTRIBUTE.findall(element)}
        if named[1] in attributes.get(named[0], "").lower().split():
            return address_of_article(unescape(attributes.get(value, "")).strip(), page.url)
    return ""


def address_of_article(link: str, base: str = "") -> str:
    """`link` as an absolute http address; "" for what is none, or names a site's front only."""
    if not link:
        return ""
    try:
        whole = urljoin(base, link)
        parts = urlsplit(whole)
        is_article = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        names_more = bool(parts.path.strip("/") or parts.query)
    except ValueError:
        return ""
    return whole if is_article and names_more else ""
