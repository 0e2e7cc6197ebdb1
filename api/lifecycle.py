"""Whether new work is taken, and what still runs."""

from __future__ import annotations

from typing import Final

from api.refusal import Refusal

_WAIT_S: Final = 5
"""After which to ask again: another process should have taken over."""


class Lifecycle:
    """From the start to the last byte after SIGTERM."""

    def __init__(self) -> None:
        self.is_draining = False
        """Set once, by SIGTERM: /readyz says no, and new work is refused."""
        self.n_requests = 0
        """Being answered now, probes not counted."""

    def require_open(self) -> None:
        """Raises HTTPException 503 once the service is shutting down."""
        if self.is_draining:
            raise Refusal(503, "shutting-down", {"Retry-After": str(_WAIT_S)})
