"""The address that a page gives itself: its canonical link (RFC 6596)."""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from urllib.parse import urljoin, urlsplit

from reader.article import Page
from reader.article.decode import decode

_HEAD_BYTES: Final = 400_000
_LINK: Final = re.compile(r"<link\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.I)
_ATTRIBUTE: Final = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def canonical_link(page: Page) -> str:
    """The page's `<link rel="canonical">` as an absolute address; "" if it has none that can be
    read, or only its site's front."""
    if page.kind != "html":
        return ""
    text = decode(page.content[:_HEAD_BYTES], page.charset)
    for link in _LINK.findall(text):
        attributes = {n.lower(): a or b or c for n, a, b, c in _ATTRIBUTE.findall(link)}
        if "canonical" in attributes.get("rel", "").lower().split():
            return address_of_article(unescape(attributes.get("href", "")).strip(), page.url)
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
