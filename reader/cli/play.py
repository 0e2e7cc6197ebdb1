"""Playing what was written, with what this machine has."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from reader.messages.text import say

_NOTHING = (
    "nothing on this machine could play {path}: open it in a player, "
    "or install mpv or ffmpeg (ffplay)"
)


async def play(path: Path) -> None:
    """Play the file to its end, or say in one line that nothing here can."""
    for command in players(path):
        if await _run(command):
            return
    if sys.platform == "win32":
        with suppress(OSError):
            await asyncio.to_thread(os.startfile, path)
            return
    print(f"tingwen: {say(_NOTHING, path=path)}", file=sys.stderr)


def players(path: Path) -> Iterator[list[str]]:
    """The commands that may play the file, the best first; those that open a window last."""
    path = path.absolute()  # a name may begin with a hyphen
    if program := shutil.which("ffplay"):
        yield [program, "-nodisp", "-autoexit", "-loglevel", "error", str(path)]
    if program := shutil.which("mpv"):
        yield [program, "--no-video", "--really-quiet", str(path)]
    if program := shutil.which("afplay"):
        yield [program, str(path)]
    has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if has_screen and (program := shutil.which("xdg-open")):
        yield [program, str(path)]


async def _run(command: list[str]) -> bool:
    """Whether the program ended well. It ends with us."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return False
    try:
        return await process.wait() == 0
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.terminate()
        raise
