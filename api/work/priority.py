"""Those who answer come before those who compute.

Measured with `bench.soak` on two processors: without this the 99th percentile of a cached range
was some 8 to 30 times its median, with it 5 to 6 times.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from typing import Final

_COMPUTING: Final = ("baker", "kokoro", "tingwen-script")
"""Prefixes of the names of threads that use a processor for as long as they may."""
_NICE: Final = 10
_SWITCH_S: Final = 0.001
"""After which a thread that runs Python must let another one: 5 ms by default, and an answer
with a visit to a thread waits for three such turns."""


def answer_first() -> None:
    """Let threads that answer have their turn sooner, in this process."""
    sys.setswitchinterval(_SWITCH_S)


def step_back() -> None:
    """Lower the priority of the threads that compute, where the system has one for each."""
    if sys.platform != "linux":
        return
    for thread in threading.enumerate():
        if thread.name.startswith(_COMPUTING) and thread.native_id is not None:
            with suppress(OSError):  # it has just ended
                os.setpriority(os.PRIO_PROCESS, thread.native_id, _NICE)
