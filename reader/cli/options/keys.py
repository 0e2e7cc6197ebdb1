"""The words of `tingwen keys`."""

from __future__ import annotations

import argparse


def add_to(command: argparse.ArgumentParser) -> None:
    """The actions on keys."""
    actions = command.add_subparsers(metavar="ACTION", required=True, parser_class=type(command))
    new = actions.add_parser("new", help="print a new key, and its entry for TINGWEN_API_KEYS")
    new.add_argument("name", help="whose it is, for the logs: letters, digits, . _ -")
    new.add_argument(
        "--scope",
        action="append",
        choices=("speak", "read", "lexicon", "articles"),
        help="default: speak and read",
    )
    new.set_defaults(command="reader.cli.keys:new", needs_api=True)
