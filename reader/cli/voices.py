"""`tingwen voices`: what can be asked for, and installing the embedded voice."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Column, Table

from reader.errors import VoiceError
from reader.voices import Voices, baker, kokoro

_INSTALL: Final[dict[str, Callable[[Callable[[str], None]], Path]]] = {
    "kokoro": kokoro.install,
    "baker": baker.install,
}


async def list_command(options: argparse.Namespace) -> None:
    """List every voice: by the services' own lists, or by ours where those cannot be had."""
    voices = Voices()
    try:
        if options.offline:
            catalogue = voices.catalogue()
        else:
            catalogue = await voices.live_catalogue(_say_that_the_list_is_ours)
    finally:
        await voices.close()
    if options.json:
        print(json.dumps([asdict(v) for v in catalogue], ensure_ascii=False, indent=2))
        return
    name, locale = Column("voice", no_wrap=True), Column("locale", no_wrap=True)
    table = Table(name, locale, "gender", "network", "installed", "licence", box=None)
    for voice in catalogue:
        network = "needed" if voice.needs_network else "-"
        installed = "yes" if voice.installed else "no"
        table.add_row(voice.name, voice.locale, voice.gender, network, installed, voice.licence)
    Console().print(table)


def _say_that_the_list_is_ours(error: VoiceError) -> None:
    print(f"tingwen: the list shipped with tingwen is shown, because {error}", file=sys.stderr)


async def install_command(options: argparse.Namespace) -> None:
    """Fetch the weights of an embedded voice and print their folder."""
    print(await asyncio.to_thread(_INSTALL[options.name], _say))


def _say(line: str) -> None:
    print(f"tingwen: {line}", file=sys.stderr)
