"""An HTTP transport that looks at every address at the moment it connects.

The name is resolved once for each connection and the connection goes to the address that was
checked, so an answer that changes between look-ups changes nothing.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from reader.article.addresses import Resolver, resolve_within


class AddressRefusedError(Exception):
    """The host leads to an address that is not public."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(f"{host} is {address}")
        self.host, self.address = host, address


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
        self, resolver: Resolver, allows: Callable[[str], bool], deadline: Deadline
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
        refused = next((address for address in addresses if not self._allows(address)), None)
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


class GuardedTransport(httpx.BaseTransport):
    """httpx over connections whose addresses `allows` accepted, all before `deadline`."""

    def __init__(
        self, resolver: Resolver, allows: Callable[[str], bool], deadline: Deadline
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            network_backend=_GuardedBackend(resolver, allows, deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = self._pool.handle_request(
            httpcore.Request(
                request.method, url, headers=request.headers.raw, extensions=request.extensions
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_RawBody(response.iter_stream())
        )

    def close(self) -> None:
        self._pool.close()
