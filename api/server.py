"""uvicorn, with an end that loses nothing.

SIGTERM or Ctrl-C: /readyz says no and new work is refused with 503, while the port stays open
and what runs goes on, to its end or to the end of the grace period. What is cut off then has
left its clips in the cache: the next process resumes there. A second signal ends at once.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn
from fastapi import FastAPI

from api.lifecycle import Lifecycle
from api.listening import close_all, open_listeners
from api.service import Service

_LOOK_EVERY_S: Final = 0.05
_CUT_OFF_S: Final = 1
"""For connections to notice, once the grace period is over."""
_KEEP_ALIVE_S: Final = 75
"""Longer than the 60 s for which nginx keeps an idle connection to us: closed by us first, the
next request on it would be answered 502."""
_log: Final = logging.getLogger("tingwen.server")


class DrainingServer(uvicorn.Server):
    """Serves `app` until a signal, then finishes what it has begun."""

    def __init__(
        self,
        app: FastAPI,
        host: str,
        port: int,
        grace_s: float,
        on_start: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                ws="none",
                timeout_keep_alive=_KEEP_ALIVE_S,
                timeout_graceful_shutdown=_CUT_OFF_S,
            )
        )
        self._app = app
        self._grace_s = grace_s
        self._on_start = on_start
        self._loop: asyncio.AbstractEventLoop | None = None
        self._drain: asyncio.Task[None] | None = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve; the sockets are opened before the application is, and `on_start` hears the port
        when it can be asked. Raises PortTaken, or BadOptions where host or port cannot be."""
        listeners = sockets or open_listeners(self.config.host, self.config.port)
        try:
            await super().serve(listeners)
        finally:
            close_all(listeners)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if sockets and self.started:
            self._log_started_message(sockets)
            if self._on_start is not None:
                self._on_start(sockets[0].getsockname()[1])

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """In a signal handler: leave the work to the loop."""
        if self._loop is None or self._lifecycle.is_draining:
            super().handle_exit(sig, frame)
            self.force_exit = True
        else:
            self._lifecycle.is_draining = True
            self._loop.call_soon_threadsafe(self._begin_to_drain, signal.Signals(sig).name)

    @property
    def _lifecycle(self) -> Lifecycle:
        lifecycle: Lifecycle = self._app.state.lifecycle
        return lifecycle

    def _begin_to_drain(self, why: str) -> None:
        self._drain = asyncio.create_task(self._finish(why))

    async def _finish(self, why: str) -> None:
        service: Service = self._app.state.service
        _log.info("finishing what runs", extra={"why": why, "grace_s": self._grace_s})
        deadline = asyncio.get_running_loop().time() + self._grace_s
        while self._lifecycle.n_requests or len(service.quota):
            if asyncio.get_running_loop().time() >= deadline:
                left = {"requests": self._lifecycle.n_requests, "narrations": len(service.quota)}
                _log.warning("grace is over; what is spoken stays in the cache", extra=left)
                break
            await asyncio.sleep(_LOOK_EVERY_S)
        self.should_exit = True
