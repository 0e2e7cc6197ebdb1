"""The page to paste an article, filled in where its address brings one: `/?url=&text=&title=`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Final

from api.routes.page_words import in_language, page_file
from reader.article.classify import classify_input
from reader.messages.language import Language

BROUGHT: Final = ("url", "text", "title")
"""Parameters of the address: what phones share, and what a bookmark or another page gives."""
_FIELD: Final = "</textarea>"
_FORM: Final = '<form id="request"'
_STATUS: Final = '<p id="status" role="status">'
_OWN_SITES: Final = ("none", "same-origin")


def write_home_page(brought: Mapping[str, str], language: Language, *, starts: bool) -> str:
    """The page with what was brought in its field; with `starts` it begins by itself."""
    page = page_file("home.html", language).body.decode()
    text = page_text(brought)
    if not text:
        return page
    begin = "now" if starts else "press"
    page = page.replace(_FORM, f'{_FORM} data-start="{begin}"', 1)
    if not starts:
        page = page.replace(
            _STATUS, f"{_STATUS}{in_language('按「開始聽」，就唸這一篇。', language)}"
        )
    # The first line break after the tag is not part of the text.
    return page.replace(_FIELD, f"\n{escape(text)}{_FIELD}", 1)


def page_text(brought: Mapping[str, str]) -> str:
    """The text for the field: an address counts before a text, and only a text needs its title."""
    url, text, title = (brought.get(name, "").strip() for name in BROUGHT)
    if url:
        return url
    if not text or not title or classify_input(text).kind in ("html", "url"):
        return text or title
    return text if text.startswith(title) else f"{title}\n\n{text}"


def comes_from_reader(headers: Mapping[str, str]) -> bool:
    """Whether the reader came by a bookmark, by sharing or from one of our own pages.

    From another site, which may mean anything, nothing starts without a press; nor where the
    browser does not tell (https://www.w3.org/TR/fetch-metadata/). It tells of the whole way, also
    where it was redirected.
    """
    is_page = headers.get("sec-fetch-dest", "document") == "document"
    is_ahead = re.search("prefetch|prerender", headers.get("sec-purpose", "")) is not None
    return is_page and not is_ahead and headers.get("sec-fetch-site", "") in _OWN_SITES
