"""A command's coroutine, run so that one Ctrl-C ends it."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from reader.cli.launch import exit_interrupted


def run(command: Coroutine[Any, Any, None]) -> None:
    """Run `command` to its end. Ctrl-C cancels it and ends the process, when it has cleaned up,
    with status 130; a second Ctrl-C ends the process at once."""
    asyncio.run(_until_interrupted(command))


async def _until_interrupted(command: Coroutine[Any, Any, None]) -> None:
    before = signal.getsignal(signal.SIGINT)
    if before == signal.SIG_IGN or threading.current_thread() is not threading.main_thread():
        await command
        return
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    was_interrupted = False

    def interrupt(*_: object) -> None:
        nonlocal was_interrupted
        if was_interrupted:
            exit_interrupted()
        was_interrupted = True
        if task is not None:
            loop.call_soon_threadsafe(task.cancel)

    signal.signal(signal.SIGINT, interrupt)
    try:
        await command
    finally:
        signal.signal(signal.SIGINT, before)
        if was_interrupted:  # whatever the command made of being cancelled
            # asyncio.run would wait for its threads, and one may be waiting for a terminal.
            with suppress(OSError):
                sys.stdout.flush()
            exit_interrupted()
