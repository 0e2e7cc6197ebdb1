"""A page from a file, standard input or the web, not yet read."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reader.errors import SourceUnreadable

PageKind = Literal["html", "text", "markdown"]
MAX_PAGE_BYTES = 10_000_000
"""News pages stay below 2 MB; what is larger is refused before it is parsed."""
_KINDS: dict[str, PageKind] = {
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
}  # fmt: skip
_LOOKS_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|div|p|meta|title)\b", re.IGNORECASE
)
_BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"ID3",
    b"Rar!",
    b"7z\xbc\xaf",
)


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of a page. `charset` is what the HTTP header declared, if any; `name` what to
    call it in messages."""

    content: bytes
    kind: PageKind = "html"
    url: str = ""
    charset: str = ""
    name: str = "the page"


def load_source(source: str, *, obey_robots: bool = True) -> Page:
    """The page of a path, an http(s) URL, or `-` for standard input.

    Raises SourceUnreadable where it cannot be had, is too large, or is no text.
    """
    if source == "-":
        return page_of(sys.stdin.buffer.read(MAX_PAGE_BYTES + 1), "standard input")
    if re.match(r"(?i)https?://", source):
        return _fetch(source, obey_robots=obey_robots)
    if re.match(r"(?i)[a-z][a-z0-9+.-]*://", source):
        raise SourceUnreadable(f"{source} has a scheme that is not fetched: use http or https")
    return _from_file(source)


def page_of(
    content: bytes, name: str, *, kind: PageKind | None = None, url: str = "", charset: str = ""
) -> Page:
    """Bytes as a page, their kind sniffed where it is not given."""
    if len(content) > MAX_PAGE_BYTES:
        raise SourceUnreadable(
            f"{name} is larger than {MAX_PAGE_BYTES // 1_000_000} MB: give one article's page"
        )
    if content.startswith(_BINARY):
        raise SourceUnreadable(f"{name} is not text: give HTML, plain text or Markdown")
    return Page(content, kind or sniff_kind(content), url, charset, name)


def sniff_kind(content: bytes) -> PageKind:
    """HTML by its tags, Markdown by its headings, else text."""
    head = content[:4096]
    if len(_LOOKS_HTML.findall(head)) >= 1 and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "html"
    if re.search(rb"(?m)^#{1,6} \S", head) or re.search(rb"\]\(https?://", head):
        return "markdown"
    return "text"


def _from_file(source: str) -> Page:
    path = Path(source)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_PAGE_BYTES + 1)
    except FileNotFoundError:
        raise SourceUnreadable(
            f"{source} does not exist: give a file, an http(s) address, or - for standard input"
        ) from None
    except IsADirectoryError:
        raise SourceUnreadable(f"{source} is a folder: give one file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceUnreadable(
            f"{source} cannot be read ({reason}): check its name and permissions"
        ) from error
    return page_of(content, source, kind=_KINDS.get(path.suffix.lower()))


def _fetch(url: str, *, obey_robots: bool) -> Page:
    # Here, not above: fetch.py needs Page, and files are read without any HTTP client.
    from reader.article.fetch import fetch_page

    return fetch_page(url, obey_robots=obey_robots)
