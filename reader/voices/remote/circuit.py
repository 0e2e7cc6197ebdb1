"""A circuit breaker: a service that is down costs one time-out, not one a sentence.

Closed, requests pass. It opens when the service refuses us, when nothing at all has come from
it for as long as one request may wait, or after a run of failures without a success. A service
that has failed now and then all along gets a longer run: chance alone makes one of six of it.
Open, requests fail at once. After the cool-down one request goes out as a probe while the others
wait for what becomes of it. Each failed probe doubles the cool-down, up to a limit.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from reader.errors import VoiceError, VoiceUnavailable

_POLL_S: Final = 0.02
"""How often those who wait for a probe look. Polled, not signalled: the circuit is shared by
whatever event loops a process runs one after another, and asyncio's signals belong to one."""

_COOLDOWN_LIMIT_S: Final = 60.0
_GAP_S: Final = 1.0
"""A retry that begins this soon after a time-out continues the same silence."""
_REMEMBERED: Final = 24
"""Outcomes before the present run of failures, by which a service is known to be shaky."""
_CHANCE: Final = 0.00025
"""A run that is less likely than that, of a service as shaky as it has been, is no chance: 12
failures where every other request failed, and 6 where one of four did."""
_LONGEST_RUN: Final = 16
_NEARLY: Final = 0.99
"""Clocks differ: a request that waited for the whole limit must count as such."""


class Circuit:
    """The health of one service as this process knows it."""

    def __init__(
        self,
        service: str,
        failure_limit: int,
        silence_limit_s: float,
        cooldown_s: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._service = service
        self._failure_limit = failure_limit
        self._silence_limit_s = _NEARLY * silence_limit_s
        self._first_cooldown_s = cooldown_s
        self._clock = clock
        self._cooldown_s = cooldown_s
        self._n_failures = 0
        self._outcomes: deque[bool] = deque(maxlen=_REMEMBERED)
        """Failed or not, before the present run of failures."""
        self._opened_at: float | None = None
        self._reason: VoiceError | None = None
        self._probing = False
        self._heard_at = float("-inf")
        self._silent_from = self._silent_until = float("-inf")

    @property
    def is_open(self) -> bool:
        return self._opened_at is not None

    @asynccontextmanager
    async def admit(self) -> AsyncIterator[None]:
        """Let one request through, or raise VoiceUnavailable at once.

        What the request then raises is taken into account: VoiceUnavailable and its like as
        a failure; anything that is no VoiceError, a cancellation say, as no evidence.
        """
        is_probe = await self._wait_for_admission()
        started = self._clock()
        try:
            yield
        except VoiceError as error:
            self._note_failure(error, started, is_probe)
            raise
        else:
            self._note_success()
        finally:
            if is_probe:
                self._probing = False

    def note_byte(self) -> None:
        """A byte came from the service: it lives, whatever it says."""
        self._heard_at = self._clock()

    def trip(self, reason: VoiceError) -> None:
        """Open: no request will help until the cool-down is over."""
        self._opened_at = self._clock()
        self._reason = reason

    async def _wait_for_admission(self) -> bool:
        while self._probing:  # noqa: ASYNC110 (see _POLL_S)
            await asyncio.sleep(_POLL_S)
        if self._opened_at is None:
            return False
        left_s = self._opened_at + self._cooldown_s - self._clock()
        if left_s > 0:
            raise VoiceUnavailable("voice-rests", cause=self._reason, left_s=left_s)
        self._probing = True
        return True

    def _note_success(self) -> None:
        self._outcomes.extend([True] * min(self._n_failures, _REMEMBERED))
        self._outcomes.append(False)
        self._n_failures = 0
        self._opened_at = None
        self._cooldown_s = self._first_cooldown_s

    def _note_failure(self, error: VoiceError, started: float, is_probe: bool) -> None:
        self._n_failures += 1
        is_silent = isinstance(error.__cause__, TimeoutError) and self._has_been_silent(started)
        if is_probe:
            self._cooldown_s = min(2 * self._cooldown_s, _COOLDOWN_LIMIT_S)
        if is_probe or is_silent or self._n_failures >= self._longest_run():
            self.trip(error)

    def _longest_run(self) -> int:
        """Failures in a row that say that the service is down."""
        share = sum(self._outcomes) / (len(self._outcomes) or 1)
        if not share:
            return self._failure_limit
        likely = math.ceil(math.log(_CHANCE) / math.log(min(share, 0.9)))
        return min(max(self._failure_limit, likely), max(self._failure_limit, _LONGEST_RUN))

    def _has_been_silent(self, started: float) -> bool:
        """Whether no byte has come for the limit, over requests one after another too."""
        silent_from = max(self._heard_at, started)
        if silent_from > self._silent_until + _GAP_S:
            self._silent_from = silent_from
        self._silent_until = self._clock()
        return self._silent_until - self._silent_from >= self._silence_limit_s
