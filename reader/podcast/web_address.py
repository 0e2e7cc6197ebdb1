"""Web addresses as XML and HTTP need them: in ASCII (RFC 3986), hosts in Punycode (RFC 5891)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

import idna

from reader.errors import BadOptions

_PATH_SAFE: Final = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE: Final = f"{_PATH_SAFE}?"
_LONE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST: Final = re.compile(rf"(?i)(?!.{{254}}){_LABEL}(?:\.{_LABEL})*\.?")
"""Of a host that is no address in brackets (RFC 1123, 2.1; and the underscore, which is in use)."""


def encoded(option: str, url: str, *, whole: bool = True) -> str:
    """`url` with what is not ASCII, and spaces, encoded; what is encoded already stays.

    Raises BadOptions, in the name of `option`, for what is no http(s) address and, unless it is
    a `whole` one, for a query or fragment: a file's name cannot follow them.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        known = parts.scheme.lower() in ("http", "https") and host and not parts.username
        if not known or any(c.isspace() for c in host):
            raise BadOptions("option-not-url", option=option, url=url)
        plain = host if host.isascii() else idna.encode(host, uts46=True).decode()
        if ":" not in plain and not _HOST.fullmatch(plain):
            raise BadOptions("option-not-url", option=option, url=url)
    except (ValueError, UnicodeError) as error:
        raise BadOptions("option-not-url", option=option, url=url) from error
    if not whole and ("?" in url or "#" in url):
        raise BadOptions("base-url-query", url=url)
    place = f"[{plain}]" if ":" in plain else plain
    if port is not None:
        place = f"{place}:{port}"
    path, query, fragment = (
        quote(_LONE_PERCENT.sub("%25", part).encode("utf-8", "replace"), safe=safe)
        for part, safe in (
            (parts.path, _PATH_SAFE), (parts.query, _QUERY_SAFE), (parts.fragment, _QUERY_SAFE),
        )
    )  # fmt: skip
    return urlunsplit((parts.scheme.lower(), place, path, query, fragment))
