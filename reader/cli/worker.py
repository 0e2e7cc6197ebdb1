"""`tingwen worker`: speaks what services and podcasts are asked for (`TINGWEN_BROKER`)."""

from __future__ import annotations

import argparse
import os
import sys

from audio_cache import Cache
from reader.cli.options.worker import count_processors
from reader.cluster import ClusterSettings, require_extra
from reader.errors import BadOptions


async def command(options: argparse.Namespace) -> None:
    """Become a worker, once it is clear that there is a broker to work for."""
    if sys.platform == "win32":
        raise BadOptions("worker-not-here")
    settings = ClusterSettings.from_environment()
    if settings is None:
        raise BadOptions("broker-missing")
    require_extra()
    from reader.cluster.client import require_broker  # the extra is there

    Cache.open()  # raises if it cannot be one
    await require_broker(settings)
    # Celery forks: it begins in a process without an event loop, threads or signal handlers.
    threads = options.threads or max(1, count_processors() // options.concurrency)
    numbers = (str(options.concurrency), str(threads))
    os.execv(sys.executable, [sys.executable, "-m", "reader.cli.worker_process", *numbers])
