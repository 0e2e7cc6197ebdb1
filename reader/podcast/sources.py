"""SOURCE…: files, folders, lists and addresses, as single sources in a stable order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reader.article import Page, load_source
from reader.article.access import PUBLIC_ONLY, Access
from reader.article.fetch import fetch_page
from reader.errors import SourceUnreadable
from reader.podcast.identity import identity_of_url
from reader.podcast.kept_pages import KeptPages
from reader.podcast.outcome import Outcome

_ARTICLES: Final = frozenset((".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".markdown"))
_LISTS: Final = frozenset((".list", ".lst", ".urls"))
_MOST_LIST_BYTES: Final = 5_000_000
ENTRIES: Final = 10_000
"""Places in the order that each source has for the entries of its feed."""


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: a page, or a feed that leads to more of them."""

    location: str
    """A path or URL; of an entry without a page, what to call it in messages."""
    identity: str
    order: int
    published: str = ""
    """ISO 8601, where the feed that led here says so."""
    title: str = ""
    feed: str = ""
    """The feed that led here, if one did."""
    html: str = ""
    """The article itself, where the feed holds the whole of it, or names no page."""

    def load(self, access: Access = PUBLIC_ONLY, pages: KeptPages | None = None) -> Page:
        """The page, from `pages` where its server says that it is unchanged. Raises
        SourceUnreadable, LoginPage."""
        if self.html and not is_address(self.location):
            return self.in_feed()
        if is_address(self.location):
            return _fetched(self.location, access, pages)
        return load_source(self.location)

    def in_feed(self) -> Page:
        """The text that the feed holds, as a page."""
        return Page(self.html.encode("utf-8", "replace"), "html", name=self.location)


def _fetched(url: str, access: Access, pages: KeptPages | None) -> Page:
    kept = pages.page(url) if pages else None
    page = fetch_page(url, feeds=True, access=access, known=kept)
    if pages and page is not kept:
        pages.keep(url, page)
    return page


def is_address(text: str) -> bool:
    return re.match(r"(?i)https?://", text) is not None


def expand(arguments: Sequence[str], out: Path, outcome: Outcome) -> list[Source]:
    """The sources that `arguments` name; files under `out` are our own and left out.

    A folder stands for the pages in it and below, a list (`@LIST`, `LIST.list`, or a text of
    nothing but addresses) for its lines: paths, relative to the list, URLs, or `@LIST` again;
    `#` begins a comment. A list that cannot be read is a failure in the outcome.
    """
    found = _Found(out.resolve(), outcome)
    for argument in arguments:
        found.name(argument)
    return found.sources


class _Found:
    """The sources named so far."""

    def __init__(self, out: Path, outcome: Outcome) -> None:
        self.sources: list[Source] = []
        self._out = out
        self._outcome = outcome

    def name(self, argument: str, lists: tuple[Path, ...] = ()) -> None:
        """Add what an argument, or a line of the last of `lists`, stands for."""
        path = Path(argument.removeprefix("@"))
        try:
            if is_address(argument):
                self._add(argument, identity_of_url(argument))
            elif argument.startswith("@") or _is_list(path):
                self._read(path, lists)
            elif path.is_dir():
                for page, identity in _inside(path, self._out):
                    self._add(page, identity)
            else:
                self._add(argument, path.name)
        except SourceUnreadable as error:
            self._outcome.fail(argument, error, self._next_order())
        except (ValueError, OSError) as error:  # an address or a path that no system takes
            wrong = SourceUnreadable("address-invalid", url=argument[:200], reason=error)
            self._outcome.fail(argument, wrong, self._next_order())

    def _read(self, path: Path, lists: tuple[Path, ...]) -> None:
        if path.resolve() in lists:
            raise SourceUnreadable("list-loops", path=path)
        for line in _text(path).splitlines():
            entry = line.strip()
            if entry and not entry.startswith(("#", "@")) and not is_address(entry):
                entry = str(path.parent / entry)
            elif entry.startswith("@"):
                entry = f"@{path.parent / entry[1:]}"
            if entry and not entry.startswith("#"):
                self.name(entry, (*lists, path.resolve()))

    def _add(self, location: str, identity: str) -> None:
        self.sources.append(Source(location, identity, self._next_order()))

    def _next_order(self) -> int:
        return (len(self.sources) + len(self._outcome.failures)) * ENTRIES


def _inside(folder: Path, out: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in below.parts)
        if path.suffix.lower() not in _ARTICLES or hidden or not path.is_file():
            continue
        if not path.resolve().is_relative_to(out):
            yield str(path), below.as_posix()


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_LIST_BYTES).decode("utf-8-sig", "replace")
    except OSError as error:
        raise SourceUnreadable("list-unreadable", path=path, reason=error.strerror) from error


def _is_list(path: Path) -> bool:
    """By its suffix; or a text of nothing but addresses, as no article is."""
    if path.suffix.lower() in _LISTS:
        return True
    if path.suffix.lower() not in (".txt", ".text") or not path.is_file():
        return False
    lines = [line.strip() for line in _text(path).splitlines() if line.strip()]
    entries = [line for line in lines if not line.startswith("#")]
    return bool(entries) and all(is_address(line) and " " not in line for line in entries)
