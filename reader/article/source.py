"""A page from a file, standard input or the web."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

from reader.article.access import PUBLIC_ONLY, Access
from reader.article.page import MAX_PAGE_BYTES, Page, PageKind, page_of
from reader.errors import SourceUnreadable

_KINDS: dict[str, PageKind] = {
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
}  # fmt: skip

_ADDRESS = re.compile(
    r"www\.|(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?]|(?<=\.com|\.net|\.org)$|(?<=\.tw)$)",
    re.IGNORECASE,
)
"""How an address begins that somebody wrote without its scheme."""
_FETCHERS = {"http": "reader.article.fetch", "https": "reader.article.fetch"}
"""The module whose `fetch_page` reads an address, by its scheme. It is imported when an address
is asked for: a file is read without an HTTP client."""


def load_source(source: str, *, obey_robots: bool = True, access: Access = PUBLIC_ONLY) -> Page:
    """The page of a path, an http(s) URL, or `-` for standard input; `access` opens addresses
    that are not public.

    Raises SourceUnreadable where it cannot be had, is too large, or is no text.
    """
    if source == "-":
        return page_of(sys.stdin.buffer.read(MAX_PAGE_BYTES + 1), "standard input")
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", source)
    if scheme is None:
        return _from_file(source)
    fetcher = _FETCHERS.get(scheme[1].lower())
    if fetcher is None:
        raise SourceUnreadable("scheme-unknown", url=source)
    fetch_page = import_module(fetcher).fetch_page
    page: Page = fetch_page(source, obey_robots=obey_robots, access=access)
    return page


def _from_file(source: str) -> Page:
    path = Path(source)
    if not source:  # an empty variable of a shell
        raise SourceUnreadable("source-missing", source="''")
    try:
        with path.open("rb") as file:
            content = file.read(MAX_PAGE_BYTES + 1)
    except FileNotFoundError:
        kind = "url-without-scheme" if _ADDRESS.match(source) else "source-missing"
        raise SourceUnreadable(kind, source=source) from None
    except IsADirectoryError:
        raise SourceUnreadable("source-is-folder", source=source) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceUnreadable("source-unreadable", source=source, reason=reason) from error
    return page_of(content, source, kind=_KINDS.get(path.suffix.lower()))
