"""An HTTP transport that looks at every address at the moment it connects.

The name is resolved once for each connection and the connection goes to the address that was
checked, so an answer that changes between look-ups changes nothing. Through a proxy it is the
proxy that resolves: there the name is looked at as text.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import httpcore
import httpx

from reader.article.addresses import Resolver, resolve_within
from reader.article.proxies import Proxy, proxy_for

_PROXY_WANTS_LOGIN: Final = 407


class AddressRefusedError(Exception):
    """The host leads to an address that is not public."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(f"{host} is {address}")
        self.host, self.address = host, address


class ProxyFailedError(Exception):
    """The proxy that the operator set did not lead on."""


class DeadlinePassedError(Exception):
    """The whole fetch took longer than it may."""


class Deadline:
    """The moment when a fetch must be over."""

    def __init__(self, timeout_s: float) -> None:
        self._end = time.monotonic() + timeout_s

    def cap(self, timeout_s: float | None) -> float:
        """The shorter of a time limit and what is left. Raises DeadlinePassedError."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise DeadlinePassedError
        return left if timeout_s is None else min(left, timeout_s)


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every read and write ends with the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _GuardedBackend(httpcore.NetworkBackend):
    def __init__(
        self, resolver: Resolver, allows: Callable[[str, str], bool], deadline: Deadline
    ) -> None:
        self._resolver, self._allows, self._deadline = resolver, allows, deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = resolve_within(
                self._resolver, host.strip("[]"), port, self._deadline.cap(timeout)
            )
        except OSError as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        # One private address among several is enough: which one is dialled is not ours to trust.
        refused = next((one for one in addresses if not self._allows(host.strip("[]"), one)), None)
        if refused is not None:
            raise AddressRefusedError(host, refused)
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.cap(timeout), local_address, socket_options
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        raise AddressRefusedError(path, "a Unix socket")

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _RawBody(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        close = getattr(self._stream, "close", None)
        if close is not None:
            close()


class _ProxyBackend(_GuardedBackend):
    """Connections to the proxy, which may stand anywhere: it was set by the operator."""

    def __init__(self, proxy: Proxy, resolver: Resolver, deadline: Deadline) -> None:
        super().__init__(resolver, lambda _host, _address: True, deadline)
        self._proxy = proxy

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            return super().connect_tcp(host, port, timeout, local_address, socket_options)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise ProxyFailedError(f"{self._proxy} cannot be reached ({error})") from error


@dataclass(frozen=True, slots=True)
class Guard:
    """What a fetch must respect. A name is resolved by `resolver`, and `allows` is asked about
    the host and its address; about the host alone `allows_by_name`, where a proxy resolves."""

    resolver: Resolver
    allows: Callable[[str, str], bool]
    allows_by_name: Callable[[str], bool]
    deadline: Deadline


class GuardedTransport(httpx.BaseTransport):
    """httpx over connections that `guard` accepted, through the proxy that the operator set."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._tls = ssl.create_default_context()
        backend = _GuardedBackend(guard.resolver, guard.allows, guard.deadline)
        self._direct = httpcore.ConnectionPool(ssl_context=self._tls, network_backend=backend)
        self._by_proxy: dict[Proxy, httpcore.ConnectionPool] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        host = request.url.raw_host.decode("ascii")
        proxy = proxy_for(request.url.scheme, host, request.url.port)
        response = self._pool(proxy, host).handle_request(
            httpcore.Request(
                request.method, url, headers=request.headers.raw, extensions=request.extensions
            )
        )
        if proxy is not None and response.status == _PROXY_WANTS_LOGIN:
            response.close()
            raise ProxyFailedError(f"{proxy} wants a user name and password")
        return httpx.Response(
            response.status, headers=response.headers, stream=_RawBody(response.iter_stream())
        )

    def close(self) -> None:
        for pool in (self._direct, *self._by_proxy.values()):
            pool.close()

    def _pool(self, proxy: Proxy | None, host: str) -> httpcore.ConnectionPool:
        if proxy is None:
            return self._direct
        if not self._guard.allows_by_name(host):
            raise AddressRefusedError(host, "by its name")
        if proxy not in self._by_proxy:
            self._by_proxy[proxy] = httpcore.HTTPProxy(
                proxy.url,
                proxy_auth=proxy.auth,
                ssl_context=self._tls,
                network_backend=_ProxyBackend(proxy, self._guard.resolver, self._guard.deadline),
            )
        return self._by_proxy[proxy]
