"""Origins: which names the service answers to, and which other sites' scripts may ask.

A service on this machine's own address is reached by every page that its owner visits: through
requests of the page's scripts, and through a name that the page's owner lets lead to 127.0.0.1
(DNS rebinding). So it answers only to names of this machine, and lets no public site read.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware.permissions import READING, is_file, permission_of
from api.refusal import Refusal
from api.settings import Settings

_EXPOSED: Final = (
    "Content-Length",
    "Content-Range",
    "ETag",
    "Location",
    "Retry-After",
    "X-Request-ID",
)
_ASKED: Final = (
    "Authorization",
    "Content-Type",
    "If-Match",
    "If-None-Match",
    "Range",
    "X-Request-ID",
)
_A_DAY_S: Final = 86_400
_OF_THIS_MACHINE: Final = r"https?://(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?"
_OF_EXTENSIONS: Final = ("chrome-extension", "moz-extension", "safari-web-extension")
"""No page can send these. Without their user's leave to talk with us, browsers let extensions
send no JSON: they are not among those that Cors names."""
_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})


class Origins:
    """Judges the names and the sites of requests by the settings."""

    def __init__(self, settings: Settings) -> None:
        self._base_host = urlsplit(settings.base_url).netloc.lower()
        self._named = frozenset(settings.cors_origins)
        self._has_proxies = bool(settings.trusted_proxies)
        self.sites = tuple(site.origin for site in settings.sites if site.make == "on-view")

    def is_at_home(self, scope: Scope) -> bool:
        """Whether it is asked at an address that only this machine reaches, with no public name
        that it was given and no proxy that it trusts."""
        server: tuple[str, int] | None = scope.get("server")
        is_local = server is not None and is_loopback(server[0])
        return is_local and not self._base_host and not self._has_proxies

    def require_our_name(self, scope: Scope) -> None:
        """Raises HTTPException 421 for a Host that leads here by somebody else's will."""
        host = Headers(scope=scope).get("host", "")
        if host and self.is_at_home(scope) and _name_of(host) not in _NAMES:
            raise Refusal(421, "host-unknown", host=host[:100])

    def require_our_site(self, scope: Scope) -> None:
        """Raises HTTPException 403 where a page of another site asks for a change."""
        if scope["method"] in READING:
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        if origin in self.sites and permission_of(scope["method"], scope["path"]).is_from_sites:
            return
        if origin and not self._is_ours(origin, headers.get("host", "")):
            raise Refusal(403, "site-not-named", origin=origin[:100])
        if not origin and headers.get("sec-fetch-site") == "cross-site":
            raise Refusal(403, "site-not-named", origin="another site")

    def _is_ours(self, origin: str, host: str) -> bool:
        if origin in self._named or "*" in self._named:
            return True
        try:
            scheme, netloc = urlsplit(origin).scheme, urlsplit(origin).netloc.lower()
        except ValueError:
            return False
        if scheme in _OF_EXTENSIONS:
            return True
        return bool(netloc) and netloc in (host.lower(), self._base_host)


class Cors:
    """The headers for scripts of other sites (https://fetch.spec.whatwg.org/#http-cors-protocol):
    one article is for every site that knows its id, all else for those that are named."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._origins = Origins(settings)
        self._for_all = _cors(app, ("*",), ("GET", "HEAD"))
        self._for_named = _cors(app, settings.cors_origins, ("GET", "HEAD"))
        self._at_home = _cors(app, settings.cors_origins, ("GET", "HEAD"), _OF_THIS_MACHINE)
        self._for_looks = _cors(app, self._origins.sites, ("POST",))
        self._for_work = _cors(app, settings.cors_origins, ("POST", "PUT", "DELETE"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._chosen(scope)(scope, receive, send)

    def _chosen(self, scope: Scope) -> CORSMiddleware:
        if scope["type"] != "http":
            return self._for_named
        method = scope["method"]
        if method == "OPTIONS":
            method = Headers(scope=scope).get("access-control-request-method", "GET")
        path = scope["path"]
        if method not in READING:
            is_look = permission_of(method, path).is_from_sites
            return self._for_looks if is_look else self._for_work
        if is_file(path):
            return self._for_all
        if not permission_of("GET", path).is_for_all_sites:
            return self._for_named
        return self._at_home if self._origins.is_at_home(scope) else self._for_all


def _cors(
    app: ASGIApp, origins: tuple[str, ...], methods: tuple[str, ...], also: str | None = None
) -> CORSMiddleware:
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_origin_regex=also,
        allow_methods=methods,
        allow_headers=_ASKED,
        expose_headers=_EXPOSED,
        max_age=_A_DAY_S,
    )


def is_loopback(address: str) -> bool:
    """Whether an address leads to this machine alone; False for what is no address."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _name_of(host: str) -> str:
    """The name in a Host header, without its port and the brackets of IPv6."""
    found = re.fullmatch(r"\[([^\]]*)\](?::\d*)?|([^:]*)(?::\d*)?", host.strip().lower())
    return (found[1] or found[2] or "").rstrip(".") if found else host
