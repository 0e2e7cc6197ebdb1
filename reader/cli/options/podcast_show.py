"""The words of `tingwen podcast init`, `add`, `remove`, `list` and `check`."""

from __future__ import annotations

import argparse

from reader.cli.options.podcast import add_episodes, add_show
from reader.cli.options.shared import add_fallback, add_voice


def add_to(command: argparse.ArgumentParser) -> None:
    """Those of the verb that the parser is called by."""
    verb = command.prog.rsplit(" ", 1)[-1]
    name = "list_episodes" if verb == "list" else verb
    command.set_defaults(command=f"reader.cli.podcast_show:{name}")
    if verb == "init":
        command.add_argument("sources", metavar="SOURCE", nargs="*", help="read at every run")
        add_show(command)
        add_episodes(command)
        add_voice(command)
        add_fallback(command, is_kept=True)
        return
    if verb == "add":
        command.add_argument("sources", metavar="SOURCE", nargs="+", help="read at every run")
    if verb == "remove":
        command.add_argument(
            "episodes",
            metavar="EPISODE",
            nargs="+",
            help="its GUID, address, title or file; or a source of the show",
        )
    command.add_argument("--out", required=True, metavar="DIR", help="the show's folder")
    if verb in ("list", "check"):
        command.add_argument("--json", action="store_true", help="for programs")
