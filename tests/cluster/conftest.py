"""A Redis of one's own, and workers that take its orders."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
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


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def said(tmp_path: Path) -> counting.Log:
    return counting.Log(tmp_path / "said")


@pytest.fixture
def environment(
    redis_server: RedisServer,
    said: counting.Log,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, str]:
    """Of every process of the cluster, this one among them."""
    environment = counting.install(tmp_path / "plugin", said.path)
    environment |= {"TINGWEN_BROKER": redis_server.url, "TINGWEN_CACHE": str(tmp_path / "cache")}
    for name in ("TINGWEN_BROKER", "TINGWEN_CACHE", "TEST_LOG", "TEST_SECONDS"):
        monkeypatch.setenv(name, environment[name])
    return environment


StartWorker = Callable[[Mapping[str, str]], "subprocess.Popen[bytes]"]


@contextmanager
def working(
    environment: Mapping[str, str], log: Path, concurrency: int = 1
) -> Iterator[subprocess.Popen[bytes]]:
    """`tingwen worker`, ready."""
    command = (sys.executable, "-m", "reader", "worker", "--concurrency", str(concurrency))
    with running(*command, environment=environment, log=log) as process:
        until(lambda: b"ready" in log.read_bytes(), process)
        yield process
