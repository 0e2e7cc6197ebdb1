"""The programs of a cluster, real ones, on this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

import httpx

from reader.mpeg import BYTES_PER_FRAME, TRAILING_FRAMES, read_frames


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(holds: Callable[[], bool], process: subprocess.Popen[bytes] | None = None) -> None:
    """Wait; the test's own time limit ends a wait in vain."""
    while not holds():
        assert process is None or process.poll() is None, "the process has ended"
        time.sleep(0.05)


def answers(url: str) -> bool:
    """Whether a service is there."""
    try:
        return httpx.get(f"{url}/healthz").is_success
    except httpx.TransportError:
        return False


def kill(process: subprocess.Popen[bytes]) -> None:
    """A process and its children, as a power cut would: `kill -9`."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def running(
    *command: str, environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A program while the context lasts; what it says goes to a file."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, env=environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            kill(process)


@contextmanager
def services(
    environment: Mapping[str, str], folder: Path, how_many: int = 1
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """So many times `tingwen serve`, ready to serve, by their URLs."""
    with ExitStack() as stack:
        found = {}
        for _ in range(how_many):
            port = free_port()
            command = (sys.executable, "-m", "reader", "serve", "--port", str(port))
            log = folder / f"service{port}.log"
            found[f"http://127.0.0.1:{port}"] = stack.enter_context(
                running(*command, environment=environment, log=log)
            )
        for url, process in found.items():
            until(partial(answers, url), process)
        yield found


@contextmanager
def workers(
    environment: Mapping[str, str], folder: Path, how_many: int = 1
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many times `tingwen worker`, of one process each, ready to work."""
    command = (sys.executable, "-m", "reader", "worker", "--concurrency", "1", "--threads", "1")
    logs = [folder / f"worker{n}.log" for n in range(how_many)]
    with ExitStack() as stack:
        processes = [
            stack.enter_context(running(*command, environment=environment, log=log)) for log in logs
        ]
        for process, log in zip(processes, logs, strict=True):
            until(partial(_says_ready, log), process)
        yield processes


def _says_ready(log: Path) -> bool:
    return b"ready, 1 at a time" in log.read_bytes()


def is_all_of(sound: bytes, file: bytes) -> bool:
    """Whether a stream has every frame of a file, or is the file. The frames of a stream may be
    louder or softer than those of the file, so they are counted."""
    n_frames = len(list(read_frames(file))) - TRAILING_FRAMES
    return sound == file or len(sound) == n_frames * BYTES_PER_FRAME
