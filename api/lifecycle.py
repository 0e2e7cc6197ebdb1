"""Whether new work is taken, and what still runs."""

from __future__ import annotations


class Lifecycle:
    """From the start to the last byte after SIGTERM."""

    def __init__(self) -> None:
        self.is_draining = False
        """Set once, by SIGTERM: /readyz says no, and new work is refused."""
        self.n_requests = 0
        """Being answered now, probes not counted."""
