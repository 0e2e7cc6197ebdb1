"""A show's settings for a command: the flags, then show.toml, then the defaults."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from reader.messages.text import say
from reader.podcast.show_file import DEFAULTS, NAME, PATHS, inherited, read_show


def settings_from(options: argparse.Namespace) -> dict[str, Any]:
    """All settings of the show. What the flags change of it is said on stderr.

    Raises BadOptions if show.toml cannot be read.
    """
    folder = Path(options.out)
    kept = read_show(folder) or inherited(folder)
    before = {**DEFAULTS, **kept}
    given = {
        name: _as_written(name, value)
        for name in DEFAULTS
        if name != "sources" and (value := getattr(options, name, None)) is not None
    }
    if "rate" in given and not given["rate"]:
        del given["rate"]  # the parser's default
    for name, value in given.items():
        if kept and value != before[name]:
            told = say("{name} changes from {old} to {new}", name=name, old=before[name], new=value)
            print(f"tingwen: {told}", file=sys.stderr)
    return {**before, **given}


def sources_of(folder: Path, settings: dict[str, Any]) -> list[str]:
    """The show's own sources; paths in the file are relative to the folder."""
    return [_beside(folder, source) for source in settings["sources"]]


def as_source(argument: str) -> str:
    """A source of the command line for show.toml, which may be read from anywhere."""
    mark, path = ("@", argument[1:]) if argument.startswith("@") else ("", argument)
    return argument if not mark and _is_address(path) else f"{mark}{Path(path).resolve()}"


def path_of(folder: Path, text: str) -> Path | None:
    """A path of a setting; None for none."""
    return Path(_beside(folder, text)) if text else None


def unwritten(folder: Path) -> bool:
    """Whether the folder has no show.toml."""
    return not (folder / NAME).is_file()


def _beside(folder: Path, text: str) -> str:
    mark, path = ("@", text[1:]) if text.startswith("@") else ("", text)
    if _is_address(path) or os.path.isabs(path):  # noqa: PTH117 (as text)
        return text
    return f"{mark}{folder / path}"


def _as_written(name: str, value: Any) -> Any:
    return str(Path(value).resolve()) if name in PATHS and value else value


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))
