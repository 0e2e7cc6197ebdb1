"""The words of `tingwen serve`."""

from __future__ import annotations

import argparse


def add_to(command: argparse.ArgumentParser) -> None:
    """Where the service listens and what it shows."""
    command.add_argument("--podcast", metavar="DIR", help="also show this podcast, at /podcast/")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--open", action="store_true", help="and open its page in the browser")
    command.add_argument("--access-log", action="store_true", help="log every request")
    command.add_argument(
        "--print-config", action="store_true", help="show what is set, secrets hidden, and end"
    )
    command.set_defaults(command="reader.cli.serve:command", needs_api=True)
