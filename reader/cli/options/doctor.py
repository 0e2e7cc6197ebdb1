"""The words of `tingwen doctor`."""

from __future__ import annotations

import argparse


def add_to(command: argparse.ArgumentParser) -> None:
    """What is looked at, and for whom."""
    command.add_argument(
        "--network", action="store_true", help="also ask whether the Edge service answers"
    )
    command.add_argument("--json", action="store_true", help="for programs")
    command.epilog = "Exit status: 0 everything that is needed is there, 1 something is to be done."
    command.set_defaults(command="reader.cli.doctor:command")
