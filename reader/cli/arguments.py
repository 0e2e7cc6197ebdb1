"""The command line's words: a table of commands, each told in a module of its own."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final

from reader.cli.usage import Parser

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "read": ("reader.cli.options.read", "speak an article into one file"),
    "script": ("reader.cli.options.script", "show what would be spoken"),
    "podcast": ("reader.cli.options.podcast", "make a folder that a host accepts"),
    "voices": ("reader.cli.options.voices", "list the voices, or install one"),
    "serve": ("reader.cli.options.serve", "run the HTTP service and player"),
    "worker": ("reader.cli.options.worker", "speak what the service is asked for"),
    "cache": ("reader.cli.options.cache", "look after the cache"),
    "keys": ("reader.cli.options.keys", "make keys for those who use the service"),
}
"""Each command's module of options, imported when the command is chosen, and what it does."""


_STATUSES: Final = (
    "Exit status: 0 done, 2 wrong usage, 3 no article in the input, 4 the voice failed, "
    "5 the cache or disk failed, 6 the network or an address failed, 7 the port is taken, "
    "130 interrupted. TINGWEN_LANG=zh-TW or en chooses the language."
)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What `arguments` ask for; `command` names the coroutine that does it, as
    `module:function`, and `needs_api` whether that imports the package `api`.

    Raises SystemExit, after a line on stderr, where they are wrong, or after `--help`.
    """
    if not arguments or arguments[0] not in COMMANDS:
        return overview().parse_args(arguments)
    name, *rest = arguments
    return parser_of(name).parse_args(rest)


def parser_of(name: str) -> argparse.ArgumentParser:
    """The parser of a command."""
    module, what = COMMANDS[name]
    parser = Parser(prog=f"tingwen {name}", description=what)
    parser.set_defaults(needs_api=False)
    import_module(module).add_to(parser)
    return parser


def overview() -> argparse.ArgumentParser:
    """The parser that knows the commands' names only: for `--help`, and for what is wrong."""
    parser = Parser(
        prog="tingwen",
        description="tingwen: listen to any Traditional-Chinese news page",
        epilog=_STATUSES,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    for name, (_, what) in COMMANDS.items():
        commands.add_parser(name, help=what)
    return parser
