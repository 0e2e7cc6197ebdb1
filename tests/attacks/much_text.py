"""A child process that sends 9.9 MB of text through one door under the kernel's limits.

Run as `python -m tests.attacks.much_text DOOR SHAPE`: prints what came of it. The child may use
five seconds of processor time and 300 MB of memory beyond what Python and its libraries take.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from reader.cli.dispatch import run
from reader.errors import BadInput
from reader.library.sources import SourceOptions, write_script
from tests.api.services import service

CPU_S: Final = 5
MEMORY_BYTES: Final = 300_000_000
N_BYTES: Final = 9_900_000
SHAPES: Final = {
    "lines": "今天放晴，各地氣溫回升到28度，民眾出門踏青。\n",
    "sentences": "今天放晴，各地氣溫回升到28度，民眾出門踏青。",
    "one character": "天",
    "one letter": "A",
}
_HTTP: Final = {
    "articles": ("/v1/articles", "text"),
    "scripts": ("/v1/scripts", "text"),
    "speech": ("/v1/audio/speech", "input"),
}
_LINES: Final = {
    "script": "script much.txt --mode text",
    "read": "read much.txt --mode text --voice baker -o much.mp3",
    "script auto": "script much.txt",
}


def text_of(shape: str, n_bytes: int = N_BYTES) -> str:
    """So many bytes of it."""
    one = SHAPES[shape]
    return one * (n_bytes // len(one.encode()))


def by_command(line: str, text: str) -> str:
    """Exit status and error of a command."""
    Path("much.txt").write_text(text, "utf-8")
    told = io.StringIO()
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()):
        status = run(line.split())
    return f"{status} {told.getvalue()}"


async def by_request(path: str, field: str, text: str) -> str:
    """Status and kind of the answer, of a service that takes bodies of any size."""
    async with service(Path.cwd(), max_body_bytes=100_000_000) as client:
        answer = await client.post(path, json={field: text})
        return f"{answer.status_code} {answer.json()['kind']}"


def by_function(text: str) -> str:
    """The error of `tingwen.write_script`."""
    try:
        return f"{len(write_script(text, SourceOptions(mode='text')).utterances)} read"
    except BadInput as error:
        return error.kind


def send(door: str, text: str) -> str:
    """What comes of `text` at one door."""
    if door in _HTTP:
        return asyncio.run(by_request(*_HTTP[door], text))
    return by_command(_LINES[door], text) if door in _LINES else by_function(text)


DOORS: Final = (*_HTTP, *_LINES, "library")


def limited(act: Callable[[], str]) -> str:
    """`act` under the kernel's limits."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + CPU_S + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent, spent))
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        mapped = int(file.read().split()[0]) * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (mapped, mapped))
    return act()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        sent = text_of(sys.argv[2])
        print(limited(lambda: send(sys.argv[1], sent)))
