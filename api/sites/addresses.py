"""Addresses of pages: which site's they are, compared as browsers compare origins.

What a browser would read otherwise than we do is no address of any site: a name and password, a
backslash, a blank, an encoded host, a path that climbs.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

LONGEST_ADDRESS: Final = 2048
_USUAL_PORT: Final = {"http": 80, "https": 443}
_STRANGE: Final = re.compile(r"[\x00-\x20\\\x7f]|[\ud800-\udfff]")
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")


def origin_of(url: str) -> str:
    """The origin of an http(s) address as browsers write it (RFC 6454 6.2), "" for what is none."""
    parts = _split(url)
    return _origin(parts) if parts is not None else ""


def page_address(url: str) -> str:
    """The address of a page without its fragment, its host as in its origin; "" for what is no
    address that a browser could be at."""
    parts = _split(url)
    origin = _origin(parts) if parts is not None else ""
    if parts is None or not origin:
        return ""
    climbs = any(unquote(part) in (".", "..") for part in parts.path.split("/"))
    query = f"?{parts.query}" if parts.query else ""
    return "" if climbs else f"{origin}{parts.path or '/'}{query}"


def _split(url: str) -> SplitResult | None:
    if len(url) > LONGEST_ADDRESS or _STRANGE.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_web = parts.scheme in _USUAL_PORT and parts.netloc and "@" not in parts.netloc
    return parts if is_web else None


def _origin(parts: SplitResult) -> str:
    try:
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return ""
    named = f"[{host}]" if ":" in host else host.lower()
    if not _HOST.fullmatch(named):
        return ""
    is_usual = port is None or port == _USUAL_PORT[parts.scheme]
    return f"{parts.scheme}://{named}" + ("" if is_usual else f":{port}")
