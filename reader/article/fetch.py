"""A page from the web, fetched without letting its address reach into this network.

http and https only; every address is checked when it is connected to, after each redirect
again; time, size (also when compressed) and redirects are limited; robots.txt (RFC 9309) is
obeyed unless the caller says otherwise.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import urljoin

import httpcore
import httpx
from protego import Protego

from reader.article.access import PUBLIC_ONLY, Access
from reader.article.addresses import Resolver, is_public, resolve
from reader.article.guarded import (
    AddressRefusedError,
    Deadline,
    DeadlinePassedError,
    Guard,
    GuardedTransport,
    ProxyFailedError,
)
from reader.article.page import MAX_PAGE_BYTES, Page, PageKind, page_of
from reader.errors import BadOptions, LoginPage, NotPublic, SourceUnreadable, Unreachable

USER_AGENT = "tingwen"
_HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; {USER_AGENT}/0.1)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,text/markdown;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "zh-TW,zh;q=0.9,en;q=0.5",
}
_READABLE = re.compile(
    r"(?i)^(?:text/(?:html|plain|markdown|x-markdown)|application/xhtml\+xml|application/xml|text/xml)?$"
)
_FEED = re.compile(r"(?i)^application/(?:rss|atom|rdf)\+xml$")
_ROBOTS_BYTES = 512_000
"""RFC 9309 asks for at least 500 kibibytes."""
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_NOT_MODIFIED = 304
_OPERATION_S = 10.0
_TOLD_CHARS = 200
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How long and how large a fetch may be: all hops and robots.txt together in `total_s`."""

    total_s: float = 20.0
    max_bytes: int = MAX_PAGE_BYTES
    max_redirects: int = 5
    origin: str = ""
    """Redirects are followed inside of it only; "" follows them anywhere."""

    def __post_init__(self) -> None:
        if self.total_s <= 0 or self.max_bytes <= 0 or self.max_redirects < 0:
            raise BadOptions("fetch-limits-bad", limits=self)


@dataclass(frozen=True, slots=True)
class _Answer:
    url: str
    status: int
    media_type: str
    charset: str
    content: bytes
    etag: str = ""
    last_modified: str = ""


def fetch_page(
    url: str,
    *,
    obey_robots: bool = True,
    feeds: bool = False,
    access: Access = PUBLIC_ONLY,
    known: Page | None = None,
    limits: FetchLimits | None = None,
    resolver: Resolver = resolve,
    allows: Callable[[str], bool] = is_public,
) -> Page:
    """The page at an http(s) address; with `feeds`, an RSS or Atom feed is welcome as well.

    `access` opens hosts that are not public. A page that is `known` from before is asked for with
    the validators it came with, and given back where it is unchanged. `resolver` and `allows` are
    for tests: what a name resolves to, which addresses are let through. Raises SourceUnreadable
    with the reason (as Unreachable where the network or the server did not answer, as NotPublic
    where `access` does not let through), LoginPage where the server asks to sign in.
    """
    limits = limits or FetchLimits()
    guard = Guard(
        resolver,
        lambda host, address: allows(address) or access.allows(host, address),
        access.allows_by_name,
        Deadline(limits.total_s),
    )
    transport = GuardedTransport(guard)
    with httpx.Client(
        transport=transport, headers=_HEADERS, timeout=_OPERATION_S, trust_env=False
    ) as client:
        try:
            answer = _follow(client, url, limits, known, obey_robots)
        except _FAILURES as error:
            raise _failure(error, url[:_TOLD_CHARS], limits) from error
    if answer.status == _NOT_MODIFIED and known is not None:
        return known
    return _page(answer, url, feeds=feeds)


# ValueError and LookupError: what parsers of addresses, headers and encodings raise on nonsense.
_FAILURES = (
    AddressRefusedError, DeadlinePassedError, ProxyFailedError, httpcore.ProxyError,
    httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError,
    httpx.InvalidURL, httpx.StreamError, OSError, ValueError, LookupError,
)  # fmt: skip


def _failure(error: Exception, url: str, limits: FetchLimits) -> SourceUnreadable:
    """What a fetch that found no answer is for its caller."""
    if isinstance(error, AddressRefusedError):
        address = "" if error.address == error.host else f" ({error.address})"
        return NotPublic("address-refused", url=url, host=f"{error.host}{address}")
    if isinstance(error, DeadlinePassedError | httpcore.TimeoutException | httpx.TimeoutException):
        return Unreachable("fetch-too-slow", url=url, limit_s=limits.total_s)
    reason = " ".join(str(error).split())[:_TOLD_CHARS] or type(error).__name__
    if isinstance(error, ProxyFailedError | httpcore.ProxyError):
        return Unreachable("proxy-failed", url=url, reason=reason)
    if isinstance(error, ValueError | LookupError) and not isinstance(error, OSError):
        return SourceUnreadable("answer-unfollowable", url=url)
    return Unreachable("fetch-unreachable", url=url, reason=reason)


def _follow(
    client: httpx.Client, url: str, limits: FetchLimits, known: Page | None, obey_robots: bool
) -> _Answer:
    current = _check_url(url)
    asked: dict[str, Protego | None] = {}
    for _ in range(limits.max_redirects + 1):
        if obey_robots:
            _ask_robots(client, current, asked)
        with client.stream("GET", current, headers=_conditions(known, current)) as response:
            location = response.headers.get("location")
            if response.status_code in _REDIRECTS and location:
                current = _check_redirect(current, location, limits.origin)
                continue
            return _Answer(
                current,
                response.status_code,
                response.headers.get("content-type", "").split(";")[0].strip(),
                response.charset_encoding or "",
                _read(response, limits.max_bytes, current),
                response.headers.get("etag", ""),
                response.headers.get("last-modified", ""),
            )
    raise SourceUnreadable("too-many-redirects", url=url, limit=limits.max_redirects)


def _conditions(known: Page | None, url: str) -> dict[str, str]:
    """Only where the known page came from: another place knows nothing of its validators."""
    if known is None or known.url != url:
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in asked.items() if value and value.isascii()}


def _check_redirect(base: str, location: str, origin: str = "") -> str:
    try:
        goal = _check_url(urljoin(base, location))
    except ValueError as error:
        raise SourceUnreadable("redirect-bad", url=base[:_TOLD_CHARS]) from error
    if origin and _place(goal) != _place(origin):
        raise SourceUnreadable("redirect-leaves", url=base[:_TOLD_CHARS], origin=origin)
    return goal


def _place(url: str) -> tuple[str, bytes, int | None]:
    """Scheme, host and port, without the scheme's own port."""
    parsed = httpx.URL(url)
    return parsed.scheme, parsed.raw_host, parsed.port


def _check_url(url: str) -> str:
    told = url[:_TOLD_CHARS]
    try:
        parsed = httpx.URL(url)
        whole, host = str(parsed), parsed.host
        host.encode("idna" if not host.isascii() else "ascii")
    except (httpx.InvalidURL, ValueError) as error:
        reason = " ".join(str(error).split())[:_TOLD_CHARS]
        raise SourceUnreadable("address-invalid", url=told, reason=reason) from error
    if parsed.scheme not in ("http", "https"):
        raise SourceUnreadable("scheme-unknown", url=told)
    if not host:
        raise SourceUnreadable("host-missing", url=told)
    if parsed.userinfo:
        raise SourceUnreadable("address-holds-password", host=host)
    return whole


def _read(response: httpx.Response, max_bytes: int, url: str, *, cut: bool = False) -> bytes:
    """The body, decompressed piece by piece so that no piece outgrows the limit.

    Beyond the limit it is refused or, with `cut`, cut off.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        pieces: Iterable[bytes] = response.iter_raw()
    elif encoding in ("gzip", "x-gzip", "deflate"):
        pieces = _inflate(response.iter_raw(), encoding, max_bytes)
    else:
        raise SourceUnreadable("compression-unknown", url=url, encoding=encoding)
    out = bytearray()
    try:
        for piece in pieces:
            out += piece
            if len(out) > max_bytes and cut:
                return bytes(out[:max_bytes])
            if len(out) > max_bytes:
                raise SourceUnreadable("page-too-large", name=url, limit_mb=max_bytes / 1000000.0)
    except zlib.error as error:
        raise SourceUnreadable("compression-broken", url=url, reason=error) from error
    return bytes(out)


def _inflate(pieces: Iterable[bytes], encoding: str, max_bytes: int) -> Iterable[bytes]:
    """The unpacked bytes: of gzip every member (RFC 1952, 2.2). Raises zlib.error for a stream
    that ends before its end: what is shortened is not called whole."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
    first, fed = True, False
    for piece in pieces:
        data = piece
        while data:
            if inflater.eof:
                if not data.startswith(_GZIP_MAGIC[: len(data)]):
                    return  # padding behind the last member
                inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                yield inflater.decompress(data, max_bytes + 1)
            except zlib.error:
                if not first or encoding != "deflate":
                    raise
                inflater = zlib.decompressobj(-zlib.MAX_WBITS)  # deflate without its header
                continue
            finally:
                first = False
            fed = True
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    if fed and not inflater.eof:
        raise zlib.error("the data ends before its end")


def _ask_robots(client: httpx.Client, url: str, asked: dict[str, Protego | None]) -> None:
    parsed = httpx.URL(url)
    origin = f"{parsed.scheme}://{parsed.netloc.decode('ascii')}"
    if origin not in asked:
        asked[origin] = _robots_of(client, origin)
    rules = asked[origin]
    if rules is not None and not rules.can_fetch(url, USER_AGENT):
        raise SourceUnreadable("robots-closed", url=url)


def _robots_of(client: httpx.Client, origin: str) -> Protego | None:
    """The site's rules, None where it has none. A server in trouble closes the site (RFC 9309)."""
    address = f"{origin}/robots.txt"
    for _ in range(6):
        with client.stream("GET", address) as response:
            location = response.headers.get("location")
            if response.status_code in _REDIRECTS and location:
                address = _check_redirect(address, location)
                continue
            if response.status_code >= 500:
                raise Unreachable("robots-unreadable", address=address, status=response.status_code)
            if response.status_code != 200:
                return None
            return Protego.parse(
                _read(response, _ROBOTS_BYTES, address, cut=True).decode("utf-8", "replace")
            )
    return None


def _page(answer: _Answer, asked_for: str, *, feeds: bool) -> Page:
    if answer.status == 401:
        raise LoginPage("login-needed", name=asked_for)
    if answer.status >= 500:
        raise Unreachable("server-in-trouble", url=asked_for, status=answer.status)
    if answer.status != 200:
        kind = "fetch-gone" if answer.status in (404, 410) else "fetch-status"
        raise SourceUnreadable(kind, url=asked_for, status=answer.status)
    is_feed = feeds and _FEED.match(answer.media_type)
    if not is_feed and not _READABLE.match(answer.media_type):
        raise SourceUnreadable("not-a-page", url=asked_for, media_type=answer.media_type)
    page_kind: PageKind | None = "html" if "html" in answer.media_type else None
    page = page_of(
        answer.content, asked_for, kind=page_kind, url=answer.url, charset=answer.charset
    )
    return replace(page, etag=answer.etag, last_modified=answer.last_modified)
