"""Options that several commands have."""

from __future__ import annotations

import argparse

from reader.cli.options import values


def add_source(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="SOURCE", help="a .html, .txt or .md file, a URL, or -")
    add_mode(command)


def add_mode(command: argparse.ArgumentParser) -> None:
    """How the article is found, where it may be, and the lexicon it is said by."""
    command.add_argument(
        "--mode",
        choices=("auto", "article", "text"),
        default="auto",
        help="text: the input is the article itself; article: find it in a page",
    )
    command.add_argument(
        "--allow-private",
        action="store_true",
        help="also fetch from this network: an intranet, a server of this machine",
    )
    command.add_argument("--lexicon", metavar="LEXICON.toml", help="default: TINGWEN_LEXICON")


def add_voice(command: argparse.ArgumentParser) -> None:
    command.add_argument("--voice", metavar="V", help="default: TINGWEN_VOICE, or auto")


def add_title(command: argparse.ArgumentParser) -> None:
    command.add_argument("--title", help="instead of the article's own title")


def add_prosody(command: argparse.ArgumentParser, *, is_show: bool = False) -> None:
    """How the voice speaks, and which may help out."""
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
        default="-16",
        metavar="-16|-19|off",
        help="LUFS that the whole is brought to (default -16); off: as loud as the voice is",
    )
    add_fallback(command, is_kept=is_show)
    command.add_argument(
        "--mix", action="store_true", help="let another voice read single sentences that failed"
    )


def add_spots(group: argparse._ArgumentGroup) -> None:
    """What is heard around an article or an episode."""
    group.add_argument("--intro", metavar="AUDIO", help="heard at the beginning")
    group.add_argument("--sponsor", metavar="AUDIO", help="heard after the intro")
    group.add_argument("--outro", metavar="AUDIO", help="heard at the end")


def add_fallback(command: argparse.ArgumentParser, *, is_kept: bool = False) -> None:
    """Whether another voice may read; where a show keeps that, a flag for each answer."""
    command.add_argument(
        "--no-fallback",
        dest="fallback",
        action="store_const",
        const=False,
        help="fail rather than let another voice read",
    )
    if is_kept:
        command.add_argument(
            "--fallback",
            action="store_const",
            const=True,
            help="let another voice read what it cannot",
        )
