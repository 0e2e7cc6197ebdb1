"""The one door through which a voice asks its service: bounded, polite, patient, not stubborn."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar
from weakref import WeakKeyDictionary

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_after_delay,
)
from tenacity.wait import wait_base, wait_random_exponential

from reader.errors import BadAudio, BadOptions, VoiceUnavailable
from reader.fair_share import FairSemaphore
from reader.voices.remote.answers import Busy, ShutOut
from reader.voices.remote.circuit import Circuit
from reader.voices.remote.pulse import Pulse

T = TypeVar("T")

_BACKOFF: Final = wait_random_exponential(multiplier=0.2, max=2.0)
_RETRY_AFTER_LIMIT_S: Final = 5.0
_FIRST_BYTE_SMOOTHING: Final = 0.2
_FIRST_BYTE_FACTOR: Final = 3.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of requests to a service. Seconds are counted from the start of one request."""

    concurrency: int
    """Connections open at the same time."""
    rate_per_minute: float
    """Requests a minute in the long run; a minute's worth may be asked for in one go."""
    attempts: int
    """Requests for one line before giving up."""
    connect_s: float
    first_byte_s: float
    whole_s: float
    failure_limit: int = 6
    """Failures in a row, over all lines, after which the service is left alone."""
    cooldown_s: float = 5.0
    """For how long, the first time."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if not getattr(self, name) > 0:
                raise BadOptions("limit-not-positive", name=name, value=getattr(self, name))


class Guard:
    """Requests to one service, whoever makes them. Safe to share between event loops."""

    def __init__(self, service: str, limits: Limits) -> None:
        silence_limit_s = min(limits.connect_s, limits.first_byte_s)
        self.circuit = Circuit(service, limits.failure_limit, silence_limit_s, limits.cooldown_s)
        self._service = service
        self._limits = limits
        self._gates: WeakKeyDictionary[asyncio.AbstractEventLoop, FairSemaphore] = (
            WeakKeyDictionary()
        )
        self._pace = _Pace(limits.rate_per_minute)
        self._usual_first_byte_s: float | None = None

    async def ask(self, request: Callable[[Pulse], Awaitable[T]], whole_s: float = 0) -> T:
        """The answer of `request`, asked for again while that may help and `whole_s` (or what
        the limits say) has not passed. Raises the last VoiceError.

        Backing off keeps the place among the connections: a service in trouble is asked less.
        """
        whole_s = whole_s or self._limits.whole_s
        attempts = AsyncRetrying(
            stop=stop_after_attempt(self._limits.attempts) | stop_after_delay(whole_s),
            retry=retry_if_exception(self._is_worth_another_try),
            wait=_Wait(),
            reraise=True,
        )
        async with self._gate().place():
            return await attempts(self._ask_once, request, whole_s)

    async def _ask_once(self, request: Callable[[Pulse], Awaitable[T]], whole_s: float) -> T:
        await self._pace.wait()
        async with self.circuit.admit():
            pulse = self._pulse(whole_s)
            try:
                async with pulse.watching():
                    answer = await request(pulse)
            except ShutOut as error:
                self.circuit.trip(error)
                raise
            self._remember(pulse)
            return answer

    def _is_worth_another_try(self, error: BaseException) -> bool:
        return isinstance(error, VoiceUnavailable | BadAudio) and not self.circuit.is_open

    def _gate(self) -> FairSemaphore:
        loop = asyncio.get_running_loop()
        if loop not in self._gates:
            self._gates[loop] = FairSemaphore(self._limits.concurrency)
        return self._gates[loop]

    def _pulse(self, whole_s: float) -> Pulse:
        """A service that has answered quickly so far is soon taken for a dead connection,
        so that there is time for a second one; a new or slow one gets all the time."""
        longest_s = self._limits.first_byte_s
        wait_s = longest_s
        if self._usual_first_byte_s is not None:
            usual_s = _FIRST_BYTE_FACTOR * self._usual_first_byte_s
            wait_s = min(longest_s, max(longest_s / 2, usual_s))
        return Pulse(
            self._service, self._limits.connect_s, wait_s, wait_s, whole_s, self.circuit.note_byte
        )

    def _remember(self, pulse: Pulse) -> None:
        seen_s = pulse.first_byte_after_s
        if seen_s is not None:
            usual_s = seen_s if self._usual_first_byte_s is None else self._usual_first_byte_s
            self._usual_first_byte_s = usual_s + _FIRST_BYTE_SMOOTHING * (seen_s - usual_s)


class _Wait(wait_base):
    """Back off at random, but never sooner than the service asked for."""

    def __call__(self, retry_state: RetryCallState) -> float:
        outcome = retry_state.outcome
        error = outcome.exception() if outcome else None
        asked_s = error.retry_after_s if isinstance(error, Busy) else 0.0
        return max(_BACKOFF(retry_state), min(asked_s, _RETRY_AFTER_LIMIT_S))


class _Pace:
    """A token bucket that holds a minute's requests."""

    def __init__(self, rate_per_minute: float) -> None:
        self._interval_s = 60 / rate_per_minute
        self._lock = threading.Lock()
        self._next_s = float("-inf")
        """When the bucket would be full again is a minute before this."""

    async def wait(self) -> None:
        with self._lock:
            now_s = time.monotonic()
            self._next_s = max(self._next_s + self._interval_s, now_s - 60 + self._interval_s)
            wait_s = self._next_s - now_s
        if wait_s > 0:
            await asyncio.sleep(wait_s)
