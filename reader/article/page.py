"""A page as bytes, with what its sender said of it; not yet read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from reader.errors import SourceUnreadable

PageKind = Literal["html", "text", "markdown"]
MAX_PAGE_BYTES = 10_000_000
"""News pages stay below 2 MB; what is larger is refused before it is parsed."""
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


def page_of(
    content: bytes, name: str, *, kind: PageKind | None = None, url: str = "", charset: str = ""
) -> Page:
    """Bytes as a page, their kind sniffed where it is not given."""
    if len(content) > MAX_PAGE_BYTES:
        raise SourceUnreadable("page-too-large", name=name, limit_mb=MAX_PAGE_BYTES // 1000000)
    if content.startswith(_BINARY):
        raise SourceUnreadable("not-text", name=name)
    return Page(content, kind or sniff_kind(content), url, charset, name)


def sniff_kind(content: bytes) -> PageKind:
    """HTML by its tags, Markdown by its headings, else text."""
    head = content[:4096]
    if len(_LOOKS_HTML.findall(head)) >= 1 and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "html"
    if re.search(rb"(?m)^#{1,6} \S", head) or re.search(rb"\]\(https?://", head):
        return "markdown"
    return "text"
