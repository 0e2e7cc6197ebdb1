"""The deadlines of one request, moved on by each sign of life."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from reader.errors import VoiceUnavailable


class Pulse:
    """Watches one request: connecting, waiting for the first byte, and the gaps after it."""

    def __init__(
        self,
        service: str,
        connect_s: float,
        first_byte_s: float,
        stall_s: float,
        whole_s: float,
        on_beat: Callable[[], None],
    ) -> None:
        self._service = service
        self._connect_s = connect_s
        self._first_byte_s = first_byte_s
        self._stall_s = stall_s
        self._whole_s = whole_s
        self._on_beat = on_beat
        self._lacks = ("voice-not-connected", connect_s)
        self._started_s = 0.0
        self.first_byte_after_s: float | None = None
        """How long the service took to its first byte; None while there is none."""

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Run the request inside; raises VoiceUnavailable once a deadline has passed."""
        loop = asyncio.get_running_loop()
        self._started_s = loop.time()
        try:
            async with asyncio.timeout(self._whole_s) as whole, asyncio.timeout(None) as gap:
                self._gap = gap
                gap.reschedule(self._started_s + min(self._connect_s, self._first_byte_s))
                yield
        except TimeoutError as error:
            if whole.expired():
                self._lacks = ("voice-not-finished", self._whole_s)
            kind, limit_s = self._lacks
            raise VoiceUnavailable(kind, service=self._service, limit_s=limit_s) from error

    def note_connection(self) -> None:
        """The connection stands; the first byte is awaited."""
        if self.first_byte_after_s is None:
            self._lacks = ("voice-not-begun", self._first_byte_s)
            self._gap.reschedule(self._started_s + self._first_byte_s)

    def beat(self) -> None:
        """Something came from the service."""
        now_s = asyncio.get_running_loop().time()
        if self.first_byte_after_s is None:
            self.first_byte_after_s = now_s - self._started_s
            self._lacks = ("voice-stalled", self._stall_s)
        self._on_beat()
        self._gap.reschedule(now_s + self._stall_s)
