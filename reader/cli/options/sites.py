"""The words of `tingwen sites`."""

from __future__ import annotations

import argparse

from reader.cli.options.values import at_least_one


def add_to(command: argparse.ArgumentParser) -> None:
    """The actions on sites."""
    actions = command.add_subparsers(metavar="ACTION", required=True, parser_class=type(command))
    what = "make the pages of a sitemap or feed ahead"
    make = actions.add_parser("make", help=what, description=what)
    make.add_argument(
        "sources",
        nargs="+",
        metavar="SITEMAP|FEED|URL",
        help="a sitemap or a feed, by its address or as a file, or a page of a site",
    )
    make.add_argument(
        "--newest", type=at_least_one, default=0, metavar="N", help="the newest N of each"
    )
    make.add_argument("--json", action="store_true", help="for programs")
    make.set_defaults(command="reader.cli.sites:make", needs_api=True)
