"""From the words of the command line to a script."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from reader.article import Article, ArticleOptions, load_source
from reader.article.access import Access, hosts_of
from reader.errors import BadOptions
from reader.messages.text import say
from reader.script import Lexicon, PageOptions, Script, load_lexicon, script_from_page

_TOLD_LINES, _TOLD_CHARS = 3, 30


async def script_from(options: argparse.Namespace) -> Script:
    """Read SOURCE, find its article, and write the script, also where nothing is to be heard."""
    return await asyncio.to_thread(_script_from, options)


def _script_from(options: argparse.Namespace) -> Script:
    chosen = PageOptions(
        article=ArticleOptions(mode=options.mode),
        lexicon=lexicon_from(options.lexicon),
        title=options.title or "",
        needs_speech=False,
    )
    page = load_source(options.source, access=access_from(options))
    article, script = script_from_page(page, chosen)
    if article.evidence.is_doubtful:
        print(_doubt(article), file=sys.stderr)
    return script


def _doubt(article: Article) -> str:
    """A warning that the article may not be whole, with what was left out."""
    evidence = article.evidence
    told = "; ".join(text[:_TOLD_CHARS] for text in evidence.left_out[:_TOLD_LINES])
    if not told:
        return f"tingwen: {say('this page may not be read whole')}"
    doubt = "this page may not be read whole; {n} characters were left out: {told}"
    return f"tingwen: {say(doubt, n=evidence.left_out_chars, told=told)}"


def access_from(options: argparse.Namespace) -> Access:
    """What may be fetched beyond the public internet: all with `--allow-private`, or the hosts
    and networks that TINGWEN_ALLOW_HOSTS names. Raises BadOptions."""
    try:
        return Access(options.allow_private, hosts_of(os.environ.get("TINGWEN_ALLOW_HOSTS", "")))
    except BadOptions as error:
        raise BadOptions("allow-hosts-bad", cause=error) from None


def lexicon_from(path: str | None) -> Lexicon:
    """The lexicon in `path`, or in the file that TINGWEN_LEXICON names, or an empty one."""
    path = path or os.environ.get("TINGWEN_LEXICON")
    return load_lexicon(path) if path else Lexicon.empty()


def voice_from(options: argparse.Namespace) -> str:
    """The voice asked for: on the command line, by TINGWEN_VOICE, or `auto`."""
    return options.voice or os.environ.get("TINGWEN_VOICE") or "auto"
