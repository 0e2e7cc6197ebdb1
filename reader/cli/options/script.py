"""The words of `tingwen script`."""

from __future__ import annotations

import argparse

from reader.cli.options.shared import add_source, add_title, add_voice


def add_to(command: argparse.ArgumentParser) -> None:
    """The article, and the form in which its script is shown."""
    add_source(command)
    add_voice(command)
    add_title(command)
    output = command.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="for programs")
    output.add_argument("--ruby", action="store_true", help="an HTML page with 注音, to check")
    output.add_argument(
        "--explain", action="store_true", help="of each block of the page, why it is read or not"
    )
    command.set_defaults(command="reader.cli.script:command")
