"""The words of `tingwen podcast`."""

from __future__ import annotations

import argparse

from reader.cli.options.shared import add_mode, add_prosody, add_voice
from reader.messages.text import say


def add_to(command: argparse.ArgumentParser) -> None:
    """The sources, the show, its episodes, its feed."""
    command.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help="a page, text, URL, folder, RSS or Atom feed, or @LIST of them",
    )
    _show(command)
    _episodes(command)
    feed = command.add_argument_group("the feed")
    feed.add_argument("--merge", default="", metavar="FEED", help="keep this feed's episodes too")
    feed.add_argument("--limit", type=int, default=0, metavar="N", help="list the newest N only")
    feed.add_argument("--page-size", type=int, default=300, metavar="N", help="episodes a page")
    command.add_argument("--json", action="store_true", help="for programs: what was made")
    command.add_argument("--jobs", type=int, default=4, metavar="N", help="articles at a time")
    add_mode(command)
    add_voice(command)
    add_prosody(command)
    command.set_defaults(command="reader.cli.podcast:command")


def _show(command: argparse.ArgumentParser) -> None:
    show = command.add_argument_group("the show")
    show.add_argument("--out", required=True, metavar="DIR", help="the folder to make or renew")
    show.add_argument("--title", required=True)
    show.add_argument("--base-url", required=True, metavar="URL", help="where DIR will be found")
    show.add_argument("--author", default="")
    show.add_argument("--email", default="", help="of the owner, for the directories")
    show.add_argument("--description", default="")
    show.add_argument("--link", default="", metavar="URL", help="the show's site")
    show.add_argument("--language", default="zh-TW", metavar="TAG")
    show.add_argument(
        "--category",
        type=_category,
        default=("News", "Daily News"),
        metavar="'News > Daily News'",
        help="of Apple's list",
    )
    show.add_argument("--copyright", default="")
    show.add_argument("--funding", default="", metavar="URL", help="where listeners can donate")
    show.add_argument("--explicit", action="store_true")
    show.add_argument("--unlocked", action="store_true", help="let other hosts import the feed")
    show.add_argument("--cover", metavar="IMAGE", help="1400 to 3000 px; drawn if not given")
    show.add_argument("--cover-font", metavar="FONT", help="to draw the cover with")


def _episodes(command: argparse.ArgumentParser) -> None:
    episodes = command.add_argument_group("the episodes")
    episodes.add_argument(
        "--digest", action="store_true", help="all articles as one episode, a digest of the day"
    )
    episodes.add_argument("--date", default="", metavar="DAY", help="of the digest")
    episodes.add_argument(
        "--per-feed", type=int, default=0, metavar="N", help="the newest N entries of each feed"
    )
    episodes.add_argument("--lead-only", action="store_true", help="first paragraphs only")
    episodes.add_argument(
        "--disclosure",
        action="store_true",
        help="say at the end that the sound is made by a machine",
    )
    episodes.add_argument("--intro", metavar="AUDIO", help="heard before each episode")
    episodes.add_argument("--outro", metavar="AUDIO", help="heard after each episode")


def _category(text: str) -> tuple[str, str]:
    top, _, sub = (part.strip() for part in text.partition(">"))
    if not top:
        raise argparse.ArgumentTypeError(say("name a category, such as 'News > Daily News'"))
    return top, sub
