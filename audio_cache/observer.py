"""Observer of the cache: what whoever runs it may want to count. Nothing that an object holds
is ever told."""

from __future__ import annotations

import logging
from typing import Final

log: Final = logging.getLogger("tingwen.cache")


class CacheObserver:
    """Every method may be overridden; none may raise or wait. They are called in threads."""

    def looked_up(self, kind: str, is_there: bool) -> None:
        """An object of this kind (`clips`, `narrations` …) was asked for."""

    def damaged(self, kind: str) -> None:
        """An object was damaged, and is set aside."""

    def removed(self, kind: str, n_objects: int) -> None:
        """Objects were removed to keep the size limit."""
