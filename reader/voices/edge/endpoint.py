"""Endpoint of edge-tts's connections. Its addresses are constants, but it takes a connector:
this one leads a request to another origin, and can end its connections at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import aiohttp
from aiohttp.client import ClientTimeout
from yarl import URL

if TYPE_CHECKING:
    from aiohttp.client_reqrep import ClientRequest, ConnectionKey
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

    _Requests = dict[ConnectionKey, ClientRequest]


class EndpointConnector(aiohttp.TCPConnector):
    """A connector for one request. `origin` empty means the service's own."""

    def __init__(self, origin: str, has_own_proxy: bool, on_connect: Callable[[], None]) -> None:
        super().__init__(force_close=True)
        self._origin = URL(origin) if origin else None
        self._has_own_proxy = has_own_proxy
        self._on_connect = on_connect

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: ClientTimeout,  # noqa: ASYNC109 (aiohttp's signature)
    ) -> Connection:
        if self._origin is not None:
            self._redirect(req, self._origin)
        connection = await super().connect(req, traces, timeout)
        self._on_connect()
        return connection

    async def close(self, *, abort_ssl: bool = False) -> None:
        """Nothing: edge-tts closes the connector with its first session, and then wants it
        again for the one repetition after a 403. `shut` closes."""

    async def shut(self) -> None:
        await super().close(abort_ssl=True)

    def abort(self) -> None:
        """End every connection now, without the closing handshake: a websocket's may take
        ten seconds with a service that hangs."""
        for protocol in list(self._acquired):
            transport = protocol.transport
            if transport is not None:
                transport.abort()

    def _redirect(self, req: ClientRequest, origin: URL) -> None:
        req.url = req.url.with_scheme(origin.scheme).with_host(origin.host or "")
        req.url = req.url.with_port(origin.port)
        req.headers["Host"] = origin.authority
        if not self._has_own_proxy:
            req.proxy = None  # what the environment names is for the service's own address
