"""`tingwen voices`: what can be asked for, and installing the embedded voice."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Column, Table

from reader.cli.print_json import print_json
from reader.errors import TingwenError, VoiceError
from reader.messages.language import language_of_environment
from reader.messages.text import say, translated
from reader.messages.wording import word
from reader.voices import VoiceInfo, Voices, baker, kokoro
from reader.voices.names import name_for_people

_INSTALL: Final[dict[str, Callable[[Callable[[TingwenError], None]], Path]]] = {
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
        print_json([asdict(voice) for voice in catalogue])
        return
    Console().print(table_of(catalogue))
    licences = dict.fromkeys((_engine(voice), voice.licence) for voice in catalogue)
    told = (f"  {engine}: {translated(licence)}" for engine, licence in licences)
    print(f"\n{say('Licences:')}", *told, sep="\n")


def table_of(catalogue: list[VoiceInfo]) -> Table:
    """The names to ask for, who speaks, and what is needed, in less than 80 columns."""
    name, person = Column(say("voice"), overflow="fold"), Column(say("name"), overflow="fold")
    table = Table(name, person, Column(say("needs"), overflow="fold"), box=None, pad_edge=False)
    for voice in catalogue:
        table.add_row(voice.name, name_for_people(voice), _needs(voice))
    return table


def _engine(voice: VoiceInfo) -> str:
    return voice.name.partition(":")[0]


def _needs(voice: VoiceInfo) -> str:
    if voice.installed:
        return say("network") if voice.needs_network else say("nothing")
    if voice.needs_network:
        return say("its settings")
    return f"`tingwen voices install {_engine(voice)}`"


def _say_that_the_list_is_ours(error: VoiceError) -> None:
    why = word(error, language_of_environment())
    told = say("the list shipped with tingwen is shown, because {why}", why=why)
    print(f"tingwen: {told}", file=sys.stderr)


async def install_command(options: argparse.Namespace) -> None:
    """Fetch the weights of an embedded voice and print their folder."""
    print(await asyncio.to_thread(_INSTALL[options.name], _say))


def _say(notice: TingwenError) -> None:
    print(f"tingwen: {word(notice, language_of_environment())}", file=sys.stderr)
