"""Canonical form of an article's address: the same however it was typed, shared or redirected."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING: Final = (
    *("utm_", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid"),
    *("igsh", "mc_cid", "mc_eid", "_ga", "_gl", "twclid", "ttclid", "li_fat_id", "vero_id"),
)
"""Beginnings of parameters that say who shared an address, never which article it is."""
_SAME_SITE: Final = ("www.", "m.", "amp.", "mobile.")
_USUAL_PORTS: Final = (None, 80, 443)


def canonical_address(url: str) -> str:
    """What tells an article's address from another's: host, path and query in one spelling,
    without scheme, fragment, tracking, default port, last slashes, and the `www.` or `m.` of the
    same site. "" for what is no http(s) address, or a site's front: no article's address.

    Percent-encoding and case are those of RFC 3986 6.2.2; hosts are compared in Punycode.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    where = host if port in _USUAL_PORTS else f"{host}:{port}"
    segments = [quote(unquote(part), safe="~") for part in parts.path.split("/") if part]
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted((k, v) for k, v in pairs if not k.lower().startswith(_TRACKING)))
    if not segments and not query:
        return ""
    return "/".join((where, *segments)) + (f"?{query}" if query else "")


def _ascii_host(host: str) -> str:
    """Raises ValueError for what cannot be a host."""
    lowered = host.lower().rstrip(".")
    ascii_host = lowered if lowered.isascii() else lowered.encode("idna").decode("ascii")
    for prefix in _SAME_SITE:
        if ascii_host.startswith(prefix) and ascii_host.count(".") > 1:
            return ascii_host.removeprefix(prefix)
    return ascii_host
