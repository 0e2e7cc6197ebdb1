"""What whoever runs the pipeline may want to count, time and trace.

The pipeline knows nothing of Prometheus or OpenTelemetry; it tells an `Observer`, and the one
here does nothing. No article text is ever told.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, aclosing, nullcontext

from reader.synthesis.in_process import Synthesis, Wanted
from reader.voices.clip import Clip


class Observer:
    """Every method may be overridden; none may raise or wait."""

    def looked_up(self, what: str, found: bool) -> None:
        """A `clip` or a `narration` was looked for in the cache."""

    def spoke(self, voice: str, sound_s: float, waited_s: float) -> None:
        """A voice spoke a clip: how long it sounds, and how long it was waited for."""

    def failed(self, voice: str, error: Exception) -> None:
        """A voice did not speak a clip."""

    def span(self, name: str, **attributes: str | int) -> AbstractContextManager[object]:  # noqa: ARG002
        """Around a step: `script`, `clip`, `stitch`."""
        return nullcontext()


class ObservedSynthesis:
    """Tells of every clip that is asked for, whoever speaks it."""

    def __init__(self, synthesis: Synthesis, observer: Observer) -> None:
        self._synthesis = synthesis
        self._observer = observer

    async def parts(self, wanted: Wanted) -> AsyncGenerator[Clip, None]:
        began, sound_s, voice = time.perf_counter(), 0.0, wanted.voice.name
        with self._observer.span("clip", voice=voice, characters=len(wanted.line.spoken)):
            try:
                async with aclosing(self._synthesis.parts(wanted)) as parts:
                    async for part in parts:
                        sound_s += part.duration_s
                        yield part
            except Exception as error:
                self._observer.failed(voice, error)
                raise
        self._observer.looked_up("clip", not wanted.was_spoken)
        if wanted.was_spoken:
            self._observer.spoke(voice, sound_s, time.perf_counter() - began)

    async def close(self) -> None:
        await self._synthesis.close()
