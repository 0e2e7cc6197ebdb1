"""An aiohttp application on this machine, in a thread with an event loop of its own, so that
what is tested may use any event loop."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType
from typing import Self

from aiohttp import web


class LocalServer:
    """Listens on a port of its own while the context lasts."""

    def __init__(self) -> None:
        self.origin = ""
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def routes(self) -> list[web.AbstractRouteDef]:
        raise TypeError("a server has routes")

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        app = web.Application()
        app.router.add_routes(self.routes())
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._started.set()
        await self._stopping.wait()
        await runner.cleanup()


def is_gone(request: web.Request) -> bool:
    """Whether the client has ended the connection."""
    return request.transport is None or request.transport.is_closing()


async def hang(request: web.Request) -> None:
    """Say nothing until the client has gone."""
    while not is_gone(request):  # noqa: ASYNC110 (aiohttp has no event for it)
        await asyncio.sleep(0.01)
