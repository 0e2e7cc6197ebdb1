"""From the words of the command line to a script and the options to read it with."""

from __future__ import annotations

import argparse
import asyncio
import os
from dataclasses import replace

from reader.article import ArticleOptions, extract, load_source
from reader.loudness import LoudnessTarget
from reader.narration.narrator import ReadOptions
from reader.script import Lexicon, Script, load_lexicon, write_script
from reader.voices import AUTO, Prosody


async def script_from(options: argparse.Namespace) -> Script:
    """Read SOURCE, find its article, and write the script."""
    return await asyncio.to_thread(_script_from, options)


def _script_from(options: argparse.Namespace) -> Script:
    lexicon = lexicon_from(options.lexicon)
    page = load_source(options.source)
    article = extract(page, ArticleOptions(mode=options.mode))
    if options.title:
        article = replace(article, title=options.title)
    return write_script(article, lexicon=lexicon)


def lexicon_from(path: str | None) -> Lexicon:
    """The lexicon in `path`, or in the file that TINGWEN_LEXICON names, or an empty one."""
    path = path or os.environ.get("TINGWEN_LEXICON")
    return load_lexicon(path) if path else Lexicon.empty()


def voice_from(options: argparse.Namespace) -> str:
    """The voice asked for: on the command line, by TINGWEN_VOICE, or `auto`."""
    return options.voice or os.environ.get("TINGWEN_VOICE") or AUTO


def read_options_from(options: argparse.Namespace) -> ReadOptions:
    return ReadOptions(
        voice=voice_from(options),
        prosody=Prosody(options.rate, options.pitch, options.volume),
        loudness=None if options.loudness is None else LoudnessTarget(options.loudness),
        fallback=not options.no_fallback,
        mix=options.mix,
    )
