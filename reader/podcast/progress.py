"""Who wants to know how far a run is."""

from __future__ import annotations

from reader.narration.assembly import Listener, Progress


class Watcher:
    """Every method may be overridden."""

    def found(self, n_sources: int) -> None:
        """So many more sources are to be read."""

    def advanced(self, order: int, share: float) -> None:
        """Of the source with this place, so much is spoken: 0 to 1."""

    def finished(self, order: int) -> None:
        """The source with this place is done, or has failed."""


class Share(Listener):
    """Tells a watcher of one narration."""

    def __init__(self, watcher: Watcher, order: int) -> None:
        self._watcher = watcher
        self._order = order

    def spoken(self, progress: Progress) -> None:
        self._watcher.advanced(self._order, progress.n_done / progress.n_total)
