"""The embedded voice leaves the processor to whoever is answered."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.api.services import service
from tests.api.test_metrics import narrated
from tests.pipeline.voices import baker

pytestmark = pytest.mark.usefixtures("embedded_voice")


@pytest.mark.thorough
async def test_threads_that_compute_step_back(tmp_path: Path) -> None:
    async with service(tmp_path, baker()) as client:
        await narrated(client, voice="baker")
        found = {
            thread.name.rpartition("_")[0]: os.getpriority(os.PRIO_PROCESS, thread.native_id or 0)
            for thread in threading.enumerate()
        }
    assert found["baker"] == found["tingwen-script"] == 10
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) < 10
