"""The command line's words: a table of commands, each told in a module of its own."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final

from reader.cli.usage import Parser, similar
from reader.messages.text import say

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "read": ("reader.cli.options.read", "speak an article into one file"),
    "demo": ("reader.cli.options.demo", "narrate an example and open its player page"),
    "script": ("reader.cli.options.script", "show what would be spoken"),
    "podcast": ("reader.cli.options.podcast", "make a folder that a host accepts"),
    "voices": ("reader.cli.options.voices", "list the voices, or install one"),
    "serve": ("reader.cli.options.serve", "run the HTTP service and player"),
    "worker": ("reader.cli.options.worker", "speak what the service is asked for"),
    "doctor": ("reader.cli.options.doctor", "look whether everything is there, and what to do"),
    "cache": ("reader.cli.options.cache", "look after the cache"),
    "sites": ("reader.cli.options.sites", "make pages of sites ahead"),
    "keys": ("reader.cli.options.keys", "make keys for those who use the service"),
}
"""Each command's module of options, imported when the command is chosen, and what it does."""
VERBS: Final[Mapping[str, tuple[str, str]]] = {
    "podcast init": ("reader.cli.options.podcast_show", "describe a show in its folder"),
    "podcast add": ("reader.cli.options.podcast_show", "add sources to a show"),
    "podcast remove": ("reader.cli.options.podcast_show", "withdraw episodes, or drop sources"),
    "podcast list": ("reader.cli.options.podcast_show", "list the episodes"),
    "podcast check": ("reader.cli.options.podcast_show", "look whether directories will take it"),
}
"""What can be done with what a command made."""

_HELP: Final = frozenset(("-h", "--help", "help"))
_OF_THE_WHOLE: Final = _HELP | {"--version", "-V"}
EPILOG: Final = (
    "`tingwen PAGE` reads a page. Exit status: 0 done, 1 `doctor` found something to do, "
    "2 wrong usage, 3 no article in the input, 4 the voice failed, 5 the cache or the disk failed, "
    "6 the network or an address failed, 7 the port is taken, 70 a mistake of tingwen's own, "
    "130 interrupted. TINGWEN_LANG=zh-TW or en chooses the language."
)
"""All exit statuses: what reader.cli.status gives."""


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What `arguments` ask for; `command` names the coroutine that does it, as
    `module:function`, and `needs_api` whether that imports the package `api`.

    A page in place of a command is read. Raises SystemExit, after a line on stderr, where they are
    wrong, or after what `--help`, `--version` or nothing at all ask for.
    """
    if _begins_with_page(arguments):
        arguments = ("read", *arguments)
    name, *rest = arguments or ["--help"]
    if name in _HELP:
        name, *rest = (*rest[:1], "--help")
    if rest and f"{name} {rest[0]}" in VERBS:
        name, rest = f"{name} {rest[0]}", rest[1:]
    if name in COMMANDS or name in VERBS:
        return parser_of(name).parse_args(rest)
    whole = overview()
    if not name.startswith("-"):
        whole.error(_not_a_command(name))
    if name not in _OF_THE_WHOLE and not "--version".startswith(name):
        whole.error(say("unrecognized arguments: {0}", name))
    return whole.parse_args([name, *rest])


def parser_of(name: str) -> argparse.ArgumentParser:
    """The parser of a command."""
    module, what = COMMANDS.get(name) or VERBS[name]
    parser = Parser(prog=f"tingwen {name}", description=what)
    parser.set_defaults(needs_api=False)
    import_module(module).add_to(parser)
    return parser


def _not_a_command(name: str) -> str:
    meant = similar(name, COMMANDS)
    if meant:
        return say("{0!r} is no command; did you mean {1}?", name, meant)
    return say("{0!r} is neither a command nor a page", name)


def _begins_with_page(arguments: Sequence[str]) -> bool:
    """Whether a page stands where a command would, or behind options of `read`."""
    first = arguments[0] if arguments else ""
    if first in COMMANDS or first in _OF_THE_WHOLE:
        return False
    if first.startswith("-") and first != "-":
        return any(_is_page(argument) for argument in arguments[1:])
    return _is_page(first)


def _is_page(text: str) -> bool:
    """Whether it is named like a page, or is a file: no command is."""
    is_named = text == "-" or "/" in text or "." in text.strip(".")
    return is_named or os.path.isfile(text)  # noqa: PTH113 (pathlib is slower)


class _Version(argparse.Action):
    """Looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        number = import_module("importlib.metadata").version("tingwen")
        print(f"tingwen {number}")
        parser.exit()


def overview() -> argparse.ArgumentParser:
    """The parser that knows the commands' names only: for `--help`, and for what is wrong."""
    parser = Parser(
        prog="tingwen",
        description="tingwen: listen to any Traditional-Chinese news page",
        epilog=EPILOG,
    )
    parser.add_argument(
        "-V", "--version", action=_Version, nargs=0, help="print the release and end"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    for name, (_, what) in COMMANDS.items():
        commands.add_parser(name, help=what)
    return parser
