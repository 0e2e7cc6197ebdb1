"""The command line's words. Every command is a coroutine that takes the parsed options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

from reader.cli import (
    cache,
    keys,
    podcast,
    podcast_options,
    read,
    script,
    serve,
    values,
    voices,
    worker,
)
from reader.formats import FORMATS
from reader.loudness import LoudnessTarget

Command = Callable[[argparse.Namespace], Coroutine[Any, Any, None]]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Usage errors are one line as well."""
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def parser() -> argparse.ArgumentParser:
    """The parser of `tingwen` and all its commands."""
    top = _Parser(prog="tingwen", description="聽聞: listen to any Traditional-Chinese news page.")
    commands = top.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    _read(commands)
    _script(commands)
    _podcast(commands)
    _voices(commands)
    _serve(commands)
    _worker(commands)
    _cache(commands)
    _keys(commands)
    return top


def _read(commands: Any) -> None:
    command = _command(commands, "read", read.command, "speak an article into one file")
    _source(command)
    _voice(command)
    _output(command)
    _prosody(command)
    command.add_argument("--title", help="instead of the article's own title")
    command.add_argument(
        "--check", action="store_true", help="list the sentences that Whisper hears otherwise"
    )


def _output(command: argparse.ArgumentParser) -> None:
    output = command.add_argument_group("what is written")
    output.add_argument(
        "-o",
        "--output",
        metavar="OUT.mp3",
        help="or .wav, .flac, .opus, .m4a, .aac; default: an MP3 named after SOURCE",
    )
    output.add_argument(
        "--format",
        choices=FORMATS,
        help="whatever the name ends in; mp3-44100 is 44.1 kHz, 128 kbit/s, for hosts that insist",
    )
    output.add_argument("--captions", metavar="OUT.vtt", help="or .srt or .json")
    output.add_argument("--karaoke", action="store_true", help="a time for each word of WebVTT")
    output.add_argument("--lyrics", action="store_true", help="sentences with times in the tag")
    output.add_argument("--cover", metavar="IMAGE", help="a JPEG or PNG for the tag")


def _prosody(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rate", type=values.rate, default=0, metavar="+10%", help="speed, -50%% to +100%%"
    )
    command.add_argument(
        "--pitch", type=values.pitch, default=0, metavar="+5Hz", help="-100Hz to +100Hz, if it can"
    )
    command.add_argument(
        "--volume", type=values.volume, default=0, metavar="+10%", help="-50%% to +50%%, if it can"
    )
    command.add_argument(
        "--loudness",
        type=values.loudness,
        default=LoudnessTarget(),
        metavar="-16|-19|off",
        help="LUFS that the whole is brought to (default -16); off: as loud as the voice is",
    )
    command.add_argument(
        "--no-fallback", action="store_true", help="fail rather than let another voice read"
    )
    command.add_argument(
        "--mix", action="store_true", help="let another voice read single sentences that failed"
    )


def _podcast(commands: Any) -> None:
    command = _command(commands, "podcast", podcast.command, "make a folder that a host accepts")
    command.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help="a page, text, URL, folder, RSS or Atom feed, or @LIST of them",
    )
    podcast_options.add_to(command)
    _mode(command)
    _voice(command)
    _prosody(command)


def _script(commands: Any) -> None:
    command = _command(commands, "script", script.command, "show what would be spoken")
    _source(command)
    _voice(command)
    command.add_argument("--title", help="instead of the article's own title")
    output = command.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="for programs")
    output.add_argument("--ruby", action="store_true", help="an HTML page with 注音, to check")


def _voices(commands: Any) -> None:
    command = _command(commands, "voices", voices.list_command, "list the voices, or install one")
    command.add_argument("--json", action="store_true", help="for programs")
    command.add_argument("--offline", action="store_true", help="ask no service for its list")
    actions = command.add_subparsers(metavar="ACTION", parser_class=_Parser)
    install = actions.add_parser("install", help="fetch the weights of an embedded voice")
    install.add_argument("name", choices=["kokoro", "baker"])
    install.set_defaults(command=voices.install_command)


def _serve(commands: Any) -> None:
    command = _command(commands, "serve", serve.command, "run the HTTP service and player")
    command.add_argument("--podcast", metavar="DIR", help="also show this podcast, at /podcast/")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--access-log", action="store_true", help="log every request")
    command.add_argument(
        "--print-config", action="store_true", help="show what is set, secrets hidden, and end"
    )


def _keys(commands: Any) -> None:
    command = _command(commands, "keys", keys.new, "make keys for those who use the service")
    actions = command.add_subparsers(metavar="ACTION", required=True, parser_class=_Parser)
    new = actions.add_parser("new", help="print a new key, and its entry for TINGWEN_API_KEYS")
    new.add_argument("name", help="whose it is, for the logs: letters, digits, . _ -")
    new.add_argument("--scope", action="append", choices=("speak", "read"), help="default: both")
    new.set_defaults(command=keys.new)


def _worker(commands: Any) -> None:
    command = _command(commands, "worker", worker.command, "speak what the service is asked for")
    command.add_argument(
        "--concurrency",
        type=values.at_least_one,
        default=worker.processors(),
        metavar="N",
        help="sentences at a time, each in a process of its own; default: one a processor",
    )
    command.add_argument(
        "--threads",
        type=values.at_least_one,
        metavar="N",
        help="of one sentence by baker; default: the processors shared by the sentences",
    )


def _cache(commands: Any) -> None:
    command = _command(commands, "cache", cache.info, "look after the cache")
    actions = command.add_subparsers(metavar="ACTION", required=True, parser_class=_Parser)
    _command(actions, "info", cache.info, "where it is and what it holds")
    _command(actions, "verify", cache.verify, "read everything, set aside what is damaged")
    prune = _command(actions, "prune", cache.prune, "remove what is not in use")
    prune.add_argument(
        "--max-bytes",
        type=values.size,
        metavar="20GB",
        help="the least recently used, until this is left; default: TINGWEN_CACHE_MAX_BYTES",
    )
    prune.add_argument(
        "--older-than", type=values.age, metavar="30d", help="what was not used for so long"
    )
    prune.add_argument("--all", action="store_true", dest="everything", help="everything")
    prune.add_argument(
        "--release", metavar="v1", help="with --all: what a release of another layout keeps"
    )
    prune.add_argument("--dry-run", action="store_true", help="only say what would go")
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true", help="for programs")


def _command(commands: Any, name: str, run: Command, what: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=what, description=what)
    command.set_defaults(command=run)
    return command


def _source(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="SOURCE", help="a .html, .txt or .md file, a URL, or -")
    _mode(command)


def _mode(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--mode",
        choices=("auto", "article", "text"),
        default="auto",
        help="text: the input is the article itself; article: find it in a page",
    )
    command.add_argument("--lexicon", metavar="LEXICON.toml", help="default: TINGWEN_LEXICON")


def _voice(command: argparse.ArgumentParser) -> None:
    command.add_argument("--voice", metavar="V", help="default: TINGWEN_VOICE, or auto")
