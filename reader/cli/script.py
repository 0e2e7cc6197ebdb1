"""`tingwen script`: what would be spoken, without speaking."""

from __future__ import annotations

import argparse
import asyncio
import sys
from dataclasses import asdict
from typing import Any

from reader.article import ArticleOptions, load_source
from reader.article.explain import explain
from reader.cli.inputs import access_from, script_from, voice_from
from reader.cli.late import load
from reader.cli.print_json import print_json
from reader.script import Script


async def command(options: argparse.Namespace) -> None:
    """Print the script of SOURCE, side by side for people or as JSON for programs."""
    if options.explain:
        _write(await asyncio.to_thread(_explanation, options))
        return
    script = await script_from(options)
    if options.ruby:
        _write(await asyncio.to_thread(load("reader.pronunciation.ruby:ruby_page"), script))
    elif options.json:
        with_pinyin = voice_from(options).partition(":")[0] in load(
            "reader.voices.registry:EMBEDDED"
        )
        fields = await asyncio.to_thread(as_json, script, with_pinyin=with_pinyin)
        print_json(fields)
    else:
        load("reader.cli.script_table:print_table")(script)


def _explanation(options: argparse.Namespace) -> str:
    page = load_source(options.source, access=access_from(options))
    explanation = explain(page, ArticleOptions(mode=options.mode))
    told: str = load("reader.cli.explanation:format_explanation")(explanation)
    return told


def _write(text: str) -> None:
    """As bytes, since a pipe's encoding may not be UTF-8 and lone surrogates have none."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()


def as_json(script: Script, *, with_pinyin: bool) -> dict[str, Any]:
    """The contract of `tingwen script --json`. Raises Unpronounceable, with the sentence."""
    fields = asdict(script)
    pinyin = load("reader.pronunciation:pinyin") if with_pinyin else None
    for entry, utterance in zip(fields["utterances"], script.utterances, strict=True):
        del entry["readings"]
        if pinyin is not None:
            entry["pinyin"] = pinyin(utterance.line)
            doubts = load("reader.pronunciation:doubtful_characters")(utterance.line)
            entry.update({name: found for name, found in asdict(doubts).items() if found})
    return fields
