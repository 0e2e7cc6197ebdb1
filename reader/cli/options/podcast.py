"""The words of `tingwen podcast`."""

from __future__ import annotations

import argparse

from reader.cli.options.shared import add_mode, add_prosody, add_spots, add_voice


def add_to(command: argparse.ArgumentParser) -> None:
    """The sources, the show, its episodes, its feed."""
    command.epilog = (
        "What the flags say of the show is kept in DIR/show.toml. "
        "`tingwen podcast init`, `add`, `remove`, `list` and `check` look after it."
    )
    command.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help="a page, text, URL, folder, RSS or Atom feed, or @LIST of them",
    )
    add_show(command)
    add_episodes(command)
    feed = command.add_argument_group("the feed")
    feed.add_argument("--merge", default="", metavar="FEED", help="keep this feed's episodes too")
    feed.add_argument("--limit", type=int, metavar="N", help="list the newest N only")
    feed.add_argument("--page-size", type=int, metavar="N", help="episodes a page")
    command.add_argument("--json", action="store_true", help="for programs: what was made")
    command.add_argument("--jobs", type=int, default=4, metavar="N", help="articles at a time")
    add_mode(command)
    add_voice(command)
    add_prosody(command, is_show=True)
    command.set_defaults(command="reader.cli.podcast:command")


def add_show(command: argparse.ArgumentParser) -> None:
    """What the show is. No flag has a default: what is not given stays as show.toml has it."""
    show = command.add_argument_group("the show")
    show.add_argument("--out", required=True, metavar="DIR", help="the folder to make or renew")
    show.add_argument("--title")
    show.add_argument("--base-url", metavar="URL", help="where DIR will be found")
    show.add_argument("--author")
    show.add_argument("--email", help="of the owner, for the directories")
    show.add_argument("--description")
    show.add_argument("--link", metavar="URL", help="the show's site")
    show.add_argument("--language", metavar="TAG")
    show.add_argument("--category", metavar="'News > Daily News'", help="of Apple's list")
    show.add_argument("--copyright")
    show.add_argument("--funding", metavar="URL", help="where listeners can donate")
    _switch(show, "explicit", "", "")
    _switch(
        show, "locked", "other hosts must not import the feed", "let other hosts import the feed"
    )
    show.add_argument("--new-feed-url", metavar="URL", help="where the feed has moved to")
    show.add_argument(
        "--txt", action="append", metavar="'PURPOSE: TEXT'", help="proof of ownership in the feed"
    )
    show.add_argument("--cover", metavar="IMAGE", help="1400 to 3000 px; drawn if not given")
    show.add_argument("--cover-font", metavar="FONT", help="to draw the cover with")


def add_episodes(command: argparse.ArgumentParser) -> None:
    """How episodes are made."""
    episodes = command.add_argument_group("the episodes")
    episodes.add_argument(
        "--digest",
        action="store_const",
        const=True,
        help="all articles as one episode, a digest of the day",
    )
    episodes.add_argument("--date", default="", metavar="DAY", help="of the digest")
    episodes.add_argument("--minutes", type=int, metavar="N", help="length of the digest")
    episodes.add_argument("--sting", metavar="AUDIO", help="heard between the digest's sections")
    episodes.add_argument(
        "--per-feed", type=int, metavar="N", help="the newest N entries of each feed"
    )
    episodes.add_argument(
        "--lead-only", action="store_const", const=True, help="first paragraphs only"
    )
    _switch(
        episodes,
        "disclosure",
        "say at the end that the sound is made by a machine",
        "do not say so",
    )
    add_spots(episodes)
    episodes.add_argument(
        "--format", choices=("mp3", "mp3-44100"), help="of new episodes: 24 or 44.1 kHz"
    )
    episodes.add_argument("--season", type=int, metavar="N", help="of new episodes")
    episodes.add_argument(
        "--numbered", action="store_const", const=True, help="number the episodes"
    )


def _switch(group: argparse._ArgumentGroup, name: str, yes: str, no: str) -> None:
    """Two flags for one setting, so that neither stands for what is forgotten."""
    off = "--unlocked" if name == "locked" else f"--no-{name}"
    group.add_argument(f"--{name}", action="store_const", const=True, help=yes or None)
    group.add_argument(off, dest=name, action="store_const", const=False, help=no or None)
