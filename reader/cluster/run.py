"""A Celery worker in this process, until it is told to end."""

from __future__ import annotations

import logging
import os
from typing import Final

from celery.signals import worker_ready

from reader.cluster.settings import ClusterSettings
from reader.cluster.worker import worker_app

_log: Final = logging.getLogger("tingwen.cluster")


def work(settings: ClusterSettings, concurrency: int, n_threads: int) -> None:
    """Speak `concurrency` clips at a time, each on so many threads. Logs are the caller's."""

    @worker_ready.connect(weak=False)  # type: ignore[untyped-decorator]
    def say_so(**_: object) -> None:
        _log.info("ready, %d at a time, for %s", concurrency, settings.shown)

    worker_app(settings, concurrency, n_threads).worker_main(
        [
            "--quiet",
            "worker",
            "--pool=prefork",
            "-O",
            "fair",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
            f"--hostname=tingwen-{os.getpid()}@%h",
        ]
    )
