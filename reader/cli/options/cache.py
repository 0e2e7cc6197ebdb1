"""The words of `tingwen cache`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from audio_cache import parse_bytes, parse_seconds
from reader.messages.text import say


def add_to(command: argparse.ArgumentParser) -> None:
    """The actions on the cache."""
    actions = command.add_subparsers(metavar="ACTION", required=True, parser_class=type(command))
    _action(actions, "info", "where it is and what it holds")
    _action(actions, "verify", "read everything, set aside what is damaged")
    prune = _action(actions, "prune", "remove what is not in use")
    prune.add_argument(
        "--max-bytes",
        type=_size,
        metavar="20GB",
        help="the least recently used, until this is left; default: TINGWEN_CACHE_MAX_BYTES",
    )
    prune.add_argument(
        "--older-than", type=_age, metavar="30d", help="what was not used for so long"
    )
    prune.add_argument("--all", action="store_true", dest="everything", help="everything")
    prune.add_argument(
        "--release", metavar="v1", help="with --all: what a release of another layout keeps"
    )
    prune.add_argument("--dry-run", action="store_true", help="only say what would go")
    _of_article(actions, "remove", "withdraw an article for good, and remove all of it")
    _of_article(actions, "restore", "let a withdrawn article be made again")
    _action(actions, "withdrawn", "list what was withdrawn", room="withdrawals")


def _of_article(actions: Any, name: str, what: str) -> None:
    action = _action(actions, name, what, room="withdrawals")
    action.set_defaults(needs_api=True)
    action.add_argument(
        "article", metavar="ID|URL", help="the id of a narration, or the article's address"
    )


def _action(actions: Any, name: str, what: str, room: str = "cache") -> argparse.ArgumentParser:
    action: argparse.ArgumentParser = actions.add_parser(name, help=what, description=what)
    action.set_defaults(command=f"reader.cli.{room}:{name}")
    action.add_argument("--json", action="store_true", help="for programs")
    return action


def _size(text: str) -> int:
    return _parse(parse_bytes, text, "{text!r} is no size such as 20GB, 500MiB or 1000000")


def _age(text: str) -> int:
    return _parse(parse_seconds, text, "{text!r} is no age such as 30d, 12h or 90m")


def _parse(parse: Callable[[str], int], text: str, otherwise: str) -> int:
    try:
        return parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(say(otherwise, text=text)) from error
