"""A page from the web, fetched without letting its address reach into this network.

http and https only; every address is checked when it is connected to, after each redirect
again; time, size (also when compressed) and redirects are limited; robots.txt (RFC 9309) is
obeyed unless the caller says otherwise.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
_OPERATION_S = 10.0
_TOLD_CHARS = 200
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How long and how large a fetch may be: all hops and robots.txt together in `total_s`."""

    total_s: float = 20.0
    max_bytes: int = MAX_PAGE_BYTES
    max_redirects: int = 5

    def __post_init__(self) -> None:
        if self.total_s <= 0 or self.max_bytes <= 0 or self.max_redirects < 0:
            raise BadOptions(
                f"{self} cannot work: time and size must be above 0, redirects 0 or more"
            )


@dataclass(frozen=True, slots=True)
class _Answer:
    url: str
    status: int
    media_type: str
    charset: str
    content: bytes


def fetch_page(
    url: str,
    *,
    obey_robots: bool = True,
    feeds: bool = False,
    access: Access = PUBLIC_ONLY,
    limits: FetchLimits | None = None,
    resolver: Resolver = resolve,
    allows: Callable[[str], bool] = is_public,
) -> Page:
    """The page at an http(s) address; with `feeds`, an RSS or Atom feed is welcome as well.

    `access` opens hosts that are not public. `resolver` and `allows` are for tests: what a name
    resolves to, which addresses are let through. Raises SourceUnreadable with the reason (as
    Unreachable where the network or the server did not answer, as NotPublic where `access` does
    not let through), LoginPage where the server asks to sign in.
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
            answer = _follow(client, url, limits, obey_robots=obey_robots)
        except _FAILURES as error:
            raise _failure(error, url[:_TOLD_CHARS], limits) from error
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
        return NotPublic(
            f"{url} leads to {error.host}{address}, which is not on the public internet: "
            "give a public address"
        )
    if isinstance(error, DeadlinePassedError | httpcore.TimeoutException | httpx.TimeoutException):
        return Unreachable(f"{url} took longer than {limits.total_s:g} s: try again later")
    reason = " ".join(str(error).split())[:_TOLD_CHARS] or type(error).__name__
    if isinstance(error, ProxyFailedError | httpcore.ProxyError):
        return Unreachable(
            f"{url} cannot be fetched through the proxy that is set ({reason}): "
            "check HTTPS_PROXY and NO_PROXY"
        )
    if isinstance(error, ValueError | LookupError) and not isinstance(error, OSError):
        return SourceUnreadable(
            f"{url} answers in a way that cannot be followed: check the address"
        )
    return Unreachable(f"{url} cannot be reached ({reason}): check the address and the network")


def _follow(client: httpx.Client, url: str, limits: FetchLimits, *, obey_robots: bool) -> _Answer:
    current = _check_url(url)
    asked: dict[str, Protego | None] = {}
    for _ in range(limits.max_redirects + 1):
        if obey_robots:
            _ask_robots(client, current, asked)
        with client.stream("GET", current) as response:
            location = response.headers.get("location")
            if response.status_code in _REDIRECTS and location:
                current = _check_redirect(current, location)
                continue
            return _Answer(
                current,
                response.status_code,
                response.headers.get("content-type", "").split(";")[0].strip(),
                response.charset_encoding or "",
                _read(response, limits.max_bytes, current),
            )
    raise SourceUnreadable(
        f"{url} redirects more than {limits.max_redirects} times: give the final address"
    )


def _check_redirect(base: str, location: str) -> str:
    try:
        return _check_url(urljoin(base, location))
    except ValueError as error:
        raise SourceUnreadable(
            f"{base[:_TOLD_CHARS]} redirects to what is no address: open it in a browser"
        ) from error


def _check_url(url: str) -> str:
    told = url[:_TOLD_CHARS]
    try:
        parsed = httpx.URL(url)
        whole, host = str(parsed), parsed.host
        host.encode("idna" if not host.isascii() else "ascii")
    except (httpx.InvalidURL, ValueError) as error:
        reason = " ".join(str(error).split())[:_TOLD_CHARS]
        raise SourceUnreadable(
            f"{told} is no address that can be fetched ({reason}): check it"
        ) from error
    if parsed.scheme not in ("http", "https"):
        raise SourceUnreadable(f"{told} has a scheme that is not fetched: use http or https")
    if not host:
        raise SourceUnreadable(f"{told} names no host: give a whole address")
    if parsed.userinfo:
        raise SourceUnreadable(
            f"the address of {host} holds a user name or password: give it without"
        )
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
        raise SourceUnreadable(
            f"{url} answers in the compression {encoding!r}, which was not asked for: save the page"
        )
    out = bytearray()
    try:
        for piece in pieces:
            out += piece
            if len(out) > max_bytes and cut:
                return bytes(out[:max_bytes])
            if len(out) > max_bytes:
                raise SourceUnreadable(
                    f"{url} is larger than {max_bytes / 1e6:g} MB: give one article's page"
                )
    except zlib.error as error:
        raise SourceUnreadable(
            f"{url} sends broken compressed data ({error}): try again, or save the page"
        ) from error
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
        raise SourceUnreadable(
            f"{url} is closed to programs by its robots.txt: "
            "open it in a browser and paste the text"
        )


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
                raise Unreachable(
                    f"{address} answers with status {response.status_code}, and without its "
                    "robots.txt a site may not be read: try again later"
                )
            if response.status_code != 200:
                return None
            return Protego.parse(
                _read(response, _ROBOTS_BYTES, address, cut=True).decode("utf-8", "replace")
            )
    return None


def _page(answer: _Answer, asked_for: str, *, feeds: bool) -> Page:
    if answer.status == 401:
        raise LoginPage(f"{asked_for} asks to sign in: open it in a browser and paste the text")
    if answer.status >= 500:
        raise Unreachable(f"{asked_for} answers with status {answer.status}: try again later")
    if answer.status != 200:
        advice = (
            "check the address"
            if answer.status in (404, 410)
            else "open it in a browser and paste the text"
        )
        raise SourceUnreadable(f"{asked_for} answers with status {answer.status}: {advice}")
    is_feed = feeds and _FEED.match(answer.media_type)
    if not is_feed and not _READABLE.match(answer.media_type):
        raise SourceUnreadable(
            f"{asked_for} is {answer.media_type}, not a page of text: give the article's page"
        )
    kind: PageKind | None = "html" if "html" in answer.media_type else None
    return page_of(answer.content, asked_for, kind=kind, url=answer.url, charset=answer.charset)
