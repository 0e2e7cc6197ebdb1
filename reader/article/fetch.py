"""A page from the web, fetched without letting its address reach into this network."""

from __future__ import annotations

from reader.article.source import Page
from reader.errors import SourceUnreadable


def fetch_page(url: str, *, obey_robots: bool = True) -> Page:
    """The page at an http(s) address. Raises SourceUnreadable."""
    raise SourceUnreadable(f"{url} cannot be fetched yet: save the page and give its file")
