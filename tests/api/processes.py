"""`tingwen serve` as a process of its own, and what it logs."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cluster.processes import answers, running, until


class Serving:
    """A running service."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log
        self.url = self._address()

    def log(self) -> str:
        """All that it has said."""
        return self._log.read_text(encoding="utf-8")

    def signal(self, number: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(number)

    def _address(self) -> str:
        until(lambda: "running on http" in self.log(), self.process)
        found = re.search(r"running on (http://[0-9.:]+)", self.log())
        assert found
        until(lambda: answers(found[1]), self.process)
        return found[1]


@contextmanager
def serving(folder: Path, *options: str, name: str = "serve", **env: str) -> Iterator[Serving]:
    """A service on a free port, with its cache and its log in `folder`."""
    log = folder / f"{name}.log"
    variables = {f"TINGWEN_{key.upper()}": value for key, value in env.items()}
    environment = {**os.environ, "TINGWEN_CACHE": str(folder / "store"), **variables}
    command = (sys.executable, "-m", "reader", "serve", "--port", "0", *options)
    with running(*command, environment=environment, log=log) as process:
        try:
            yield Serving(process, log)
        finally:
            process.kill()
