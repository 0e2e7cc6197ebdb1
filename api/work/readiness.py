"""Readiness: whether the service can take work, and how much of it waits."""

from __future__ import annotations

import asyncio
import math
from typing import Protocol, runtime_checkable

from reader.errors import VoiceError
from reader.narration.store import NarrationStore
from reader.voices import Voices


@runtime_checkable
class _Queued(Protocol):
    async def queue_depth(self) -> int: ...


class Readiness:
    """Looks, for probes and measurements. `synthesis` may have a queue."""

    def __init__(
        self, voice: str, voices: Voices, store: NarrationStore, synthesis: object
    ) -> None:
        self._voice = voice
        self._voices = voices
        self._store = store
        self._synthesis = synthesis
        self._looking = asyncio.Lock()

    async def check(self) -> dict[str, str]:
        """The voice that surely speaks: the last resort, or the one before where that is missing.

        Raises VoiceMissing or StorageError, as the first narration would.
        """
        async with self._looking:  # however many probes there are, one at a time writes
            name = await asyncio.to_thread(self._open_last_resort)
            await self._store.check_storage()
        return {"status": "ready", "voice": name}

    def _open_last_resort(self) -> str:
        failures: list[VoiceError] = []
        for name in reversed(self._voices.candidates(self._voice)):
            try:
                self._voices.open(name)
            except VoiceError as error:
                failures.append(error)
            else:
                return name
        raise failures[0]

    async def queue_depth(self) -> float:
        """Clips that wait for a worker of the cluster; not a number while nobody can say."""
        if not isinstance(self._synthesis, _Queued):
            return 0
        try:
            return await self._synthesis.queue_depth()
        except VoiceError:
            return math.nan
