"""The process of a worker: what `tingwen worker` becomes, since Celery forks.

python -m reader.cli.worker_process CONCURRENCY THREADS
"""

from __future__ import annotations

import sys

from celery.signals import setup_logging

from api import logs
from api.settings import Settings
from reader.cluster.run import work
from reader.cluster.settings import ClusterSettings


def main() -> None:
    settings, cluster = Settings.from_environment(), ClusterSettings.from_environment()
    if cluster is None:
        sys.exit("tingwen: a worker needs a broker; set TINGWEN_BROKER")

    @setup_logging.connect(weak=False)  # type: ignore[untyped-decorator]
    def set_up(**_: object) -> None:
        """In place of Celery's own, here and in each process that is forked."""
        logs.set_up(settings)

    logs.set_up(settings)  # for what is said before Celery asks for it
    work(cluster, concurrency=int(sys.argv[1]), n_threads=int(sys.argv[2]))


if __name__ == "__main__":
    main()
