"""A Redis of one's own, and what every process of a cluster is told."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis

from tests.cluster import counting
from tests.cluster.processes import free_port, running, until


class RedisServer:
    """A real one, which can be stopped and started again on its port."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._stack = ExitStack()

    def start(self, *, persistent: bool = False) -> None:
        """Without persistence it forgets everything when it stops."""
        command = ("redis-server", "--port", str(self.port), "--bind", "127.0.0.1")
        command += ("--dir", str(self._folder), "--save", "", "--daemonize", "no")
        command += ("--appendonly", "yes" if persistent else "no")
        log = self._folder / "redis.log"
        process = self._stack.enter_context(running(*command, environment={}, log=log))
        until(self._answers, process)

    def stop(self) -> None:
        self._stack.close()

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False


@dataclass(frozen=True)
class Cluster:
    """What its processes share."""

    folder: Path
    redis: RedisServer
    said: counting.Log
    environment: dict[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def signal_workers(self, what: signal.Signals) -> None:
        """Stop or resume them, with the processes that they have."""
        for one in self.workers:
            os.killpg(one.pid, what)

    def enter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make this process one of them."""
        for name in ("TINGWEN_BROKER", "TINGWEN_CACHE", "TEST_LOG", "TEST_SECONDS"):
            monkeypatch.setenv(name, self.environment[name])


def cluster_in(folder: Path, seconds: float = 0.01) -> Cluster:
    """A cluster whose Redis is still to be started."""
    said = counting.Log(folder / "said")
    redis_server = RedisServer(folder)
    environment = counting.install(folder / "plugin", said.path, seconds)
    environment |= {"TINGWEN_BROKER": redis_server.url, "TINGWEN_CACHE": str(folder / "cache")}
    return Cluster(folder, redis_server, said, environment)


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """One with a running Redis and no workers yet; this process is part of it."""
    one = cluster_in(tmp_path)
    one.redis.start()
    one.enter(monkeypatch)
    yield one
    one.redis.stop()
