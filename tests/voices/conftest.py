"""What the tests of the network voices share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from edge_tts.drm import DRM


@pytest.fixture(autouse=True)
def _own_clock() -> Iterator[None]:
    """edge-tts keeps the clock's skew for the whole process."""
    yield
    DRM.clock_skew_seconds = 0.0
