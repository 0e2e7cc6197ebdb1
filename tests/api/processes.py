"""`tingwen serve` as a process of its own, and what it logs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx


class Serving:
    """A running service."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log
        self.url = self._address()

    def log(self) -> str:
        """All that it has said."""
        return self._log.read_text(encoding="utf-8")

    def events(self) -> list[dict[str, Any]]:
        """The same as JSON, a line each."""
        return [json.loads(line) for line in self.log().splitlines()]

    def signal(self, number: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(number)

    def _address(self) -> str:
        deadline = time.monotonic() + 60
        while True:
            found = re.search(r"running on (http://[0-9.:]+)", self.log())
            if found:
                httpx.get(f"{found[1]}/healthz").raise_for_status()
                return found[1]
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)


@contextmanager
def serving(folder: Path, *options: str, name: str = "serve", **env: str) -> Iterator[Serving]:
    """A service on a free port, with its cache and its log in `folder`."""
    log = folder / f"{name}.log"
    variables = {f"TINGWEN_{key.upper()}": value for key, value in env.items()}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "reader", "serve", "--port", "0", *options],
            env={**os.environ, "TINGWEN_CACHE": str(folder / "store"), **variables},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Serving(process, log)
    finally:
        process.kill()
        process.wait()
