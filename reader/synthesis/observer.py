"""Observer of the pipeline: what whoever runs it may want to count, time and trace.

The pipeline knows nothing of Prometheus or OpenTelemetry; it tells an `Observer`, and the one
here does nothing. No article text is ever told.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext


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
