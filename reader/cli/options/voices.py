"""The words of `tingwen voices`."""

from __future__ import annotations

import argparse


def add_to(command: argparse.ArgumentParser) -> None:
    """The list, and the action that installs a voice."""
    command.add_argument("--json", action="store_true", help="for programs")
    command.add_argument("--offline", action="store_true", help="ask no service for its list")
    command.set_defaults(command="reader.cli.voices:list_command")
    actions = command.add_subparsers(metavar="ACTION", parser_class=type(command))
    install = actions.add_parser("install", help="fetch the weights of an embedded voice")
    install.add_argument("name", choices=["kokoro", "baker"])
    install.set_defaults(command="reader.cli.voices:install_command")
