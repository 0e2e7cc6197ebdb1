"""The words of `tingwen demo`."""

from __future__ import annotations

import argparse

from reader.cli.options import shared


def add_to(command: argparse.ArgumentParser) -> None:
    """Who reads, and where the page is."""
    shared.add_voice(command)
    command.add_argument("--port", type=int, default=0, help="default: one that is free")
    command.add_argument("--no-open", action="store_true", help="only print the page's address")
    command.set_defaults(command="reader.cli.demo:command", needs_api=True)
