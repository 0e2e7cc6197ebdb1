"""The words of `tingwen worker`."""

from __future__ import annotations

import argparse
import os

from reader.cli.options import values


def add_to(command: argparse.ArgumentParser) -> None:
    """How much the worker does at a time."""
    command.add_argument(
        "--concurrency",
        type=values.at_least_one,
        default=count_processors(),
        metavar="N",
        help="sentences at a time, each in a process of its own; default: one a processor",
    )
    command.add_argument(
        "--threads",
        type=values.at_least_one,
        metavar="N",
        help="of one sentence by baker; default: the processors shared by the sentences",
    )
    command.set_defaults(command="reader.cli.worker:command")


def count_processors() -> int:
    """Those that this process may run on; a container's quota is not among what it tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
