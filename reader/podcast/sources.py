"""SOURCE…: files, folders, lists and addresses, as single sources in a stable order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reader.article import Page, load_source
from reader.article.fetch import fetch_page
from reader.errors import SourceUnreadable
from reader.podcast.identity import identity_of_url

_ARTICLES: Final = frozenset((".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".markdown"))
_LISTS: Final = frozenset((".list", ".lst", ".urls"))
_MOST_LIST_BYTES: Final = 5_000_000
_ENTRIES: Final = 10_000
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
    html: str = ""
    """The article itself, where the feed holds it and names no page."""

    def load(self) -> Page:
        """The page. Raises SourceUnreadable, LoginPage."""
        if self.html:
            return Page(self.html.encode("utf-8", "replace"), "html", name=self.location)
        if is_address(self.location):
            return fetch_page(self.location, feeds=True)
        return load_source(self.location)


def is_address(text: str) -> bool:
    return re.match(r"(?i)https?://", text) is not None


def expand(arguments: Sequence[str], out: Path) -> list[Source]:
    """The sources that `arguments` name; files under `out` are our own and left out.

    A folder stands for the pages in it and below, a list (`@LIST`, `LIST.list`, or a text of
    nothing but addresses) for its lines: paths, relative to the list, and URLs; `#` begins a
    comment. Raises SourceUnreadable for a list that cannot be read.
    """
    pairs = (pair for argument in arguments for pair in _named(argument, out.resolve()))
    return [
        Source(location, identity, n * _ENTRIES) for n, (location, identity) in enumerate(pairs)
    ]


def _named(argument: str, out: Path) -> Iterator[tuple[str, str]]:
    """Locations with their identities."""
    if is_address(argument):
        yield argument, identity_of_url(argument)
        return
    if argument.startswith("@"):
        yield from _listed(Path(argument[1:]), out)
        return
    path = Path(argument)
    if path.is_dir():
        yield from _inside(path, out)
    elif path.suffix.lower() in _LISTS or _holds_addresses(path):
        yield from _listed(path, out)
    else:
        yield argument, path.name


def _inside(folder: Path, out: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in below.parts)
        if path.suffix.lower() not in _ARTICLES or hidden or not path.is_file():
            continue
        if not path.resolve().is_relative_to(out):
            yield str(path), below.as_posix()


def _listed(path: Path, out: Path) -> Iterator[tuple[str, str]]:
    for line in _text(path).splitlines():
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if is_address(entry) or entry.startswith("@"):
            yield from _named(entry, out) if is_address(entry) else ()
        else:
            yield from _named(str(path.parent / entry), out)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_LIST_BYTES).decode("utf-8-sig", "replace")
    except OSError as error:
        raise SourceUnreadable(
            f"the list {path} cannot be read ({error.strerror}): check its name"
        ) from error


def _holds_addresses(path: Path) -> bool:
    """Whether a text is nothing but addresses: no article is."""
    if path.suffix.lower() not in (".txt", ".text") or not path.is_file():
        return False
    lines = [line.strip() for line in _text(path).splitlines() if line.strip()]
    entries = [line for line in lines if not line.startswith("#")]
    return bool(entries) and all(is_address(line) and " " not in line for line in entries)
