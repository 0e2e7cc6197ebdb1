"""A page as bytes, with what its sender said of it; not yet read."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Literal

from reader.article.classify import looks_like_html, looks_like_markdown
from reader.article.decode import decode, find_wide_encoding, is_wide_chinese
from reader.errors import SourceUnreadable

PageKind = Literal["html", "text", "markdown"]
MAX_PAGE_BYTES = 10_000_000
"""News pages stay below 2 MB; what is larger is refused before it is parsed."""
_BINARY = (
    b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"ID3", b"Rar!",
    b"7z\xbc\xaf", b"RIFF", b"OggS", b"\x00\x00\x00", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
_MARKS = (
    codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE
)  # fmt: skip
_SNIFFED_BYTES = 16_384

_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
"""What no text has in any encoding, but UTF-16 and UTF-32; ESC begins the shifts of ISO-2022."""
_STRAY_CONTROLS = 8
"""So many may stand in a text: a headline copied with a NUL is still a headline."""


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of a page. `charset` is what the HTTP header declared, if any; `name` what to
    call it in messages."""

    content: bytes
    kind: PageKind = "html"
    url: str = ""
    charset: str = ""
    name: str = "the page"
    etag: str = ""
    last_modified: str = ""
    """What its server gave to ask with whether it has changed."""


def page_of(
    content: bytes, name: str, *, kind: PageKind | None = None, url: str = "", charset: str = ""
) -> Page:
    """Bytes as a page, their kind sniffed where it is not given."""
    if len(content) > MAX_PAGE_BYTES:
        raise SourceUnreadable("page-too-large", name=name, limit_mb=MAX_PAGE_BYTES // 1_000_000)
    if is_binary(content):
        raise SourceUnreadable("not-text", name=name)
    return Page(content, kind or sniff_kind(content), url, charset, name)


def is_binary(content: bytes) -> bool:
    """Whether the bytes are no text: by a known signature, or control characters that no encoding
    explains."""
    if content.startswith(_MARKS):
        return False
    head = content[:_SNIFFED_BYTES]
    if find_wide_encoding(content) or content.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        return False
    if content.startswith(_BINARY):
        return True
    n_controls = len(head) - len(head.translate(None, _CONTROLS))
    return n_controls > max(_STRAY_CONTROLS, len(head) // 100) and not is_wide_chinese(head)


def sniff_kind(content: bytes) -> PageKind:
    """HTML by its tags, Markdown by its headings, else text."""
    head = decode(content[:_SNIFFED_BYTES])
    if looks_like_html(head):
        return "html"
    return "markdown" if looks_like_markdown(head) else "text"
