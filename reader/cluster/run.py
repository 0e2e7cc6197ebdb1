"""Entry point of a Celery worker's process: what `tingwen worker` becomes.

python -m reader.cluster.run CONCURRENCY
"""

from __future__ import annotations

import os
import sys

from celery.signals import worker_ready

from reader.cluster.settings import ClusterSettings
from reader.cluster.worker import worker_app


def main() -> None:
    settings = ClusterSettings.from_environment()
    if settings is None:
        sys.exit("tingwen: a worker needs a broker; set TINGWEN_BROKER")
    concurrency, n_threads = int(sys.argv[1]), int(sys.argv[2])

    @worker_ready.connect(weak=False)  # type: ignore[untyped-decorator]
    def say_so(**_: object) -> None:
        print(f"tingwen: ready, {concurrency} at a time, for {settings.shown}", file=sys.stderr)

    worker_app(settings, concurrency, n_threads).worker_main(
        [
            "--quiet",
            "worker",
            "--pool=prefork",
            "-O",
            "fair",
            "--loglevel=WARNING",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
            f"--hostname=tingwen-{os.getpid()}@%h",
        ]
    )


if __name__ == "__main__":
    main()
