"""`tingwen voices`: what can be asked for, and installing the embedded voice."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import asdict

from rich.console import Console
from rich.table import Column, Table

from reader.errors import VoiceError
from reader.messages.language import language_of_environment
from reader.messages.text import say
from reader.messages.wording import word
from reader.voices import Voices
from reader.voices.baker import install


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
    name = Column(say("voice"), no_wrap=True)
    locale = Column(say("locale"), no_wrap=True)
    rest = map(say, ("gender", "network", "installed", "licence"))
    table = Table(name, locale, *rest, box=None)
    for voice in catalogue:
        network = say("needed") if voice.needs_network else "-"
        installed = say("yes") if voice.installed else say("no")
        table.add_row(
            voice.name, voice.locale, say(voice.gender), network, installed, voice.licence
        )
    Console().print(table)


def _say_that_the_list_is_ours(error: VoiceError) -> None:
    why = word(error, language_of_environment())
    told = say("the list shipped with tingwen is shown, because {why}", why=why)
    print(f"tingwen: {told}", file=sys.stderr)


async def install_command(_: argparse.Namespace) -> None:
    """Fetch the weights of the embedded voice and print their folder."""
    print(await asyncio.to_thread(install))
