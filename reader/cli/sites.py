"""`tingwen sites make`: pages of sites made ahead, from their sitemaps and feeds."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import deque
from dataclasses import dataclass, field

from api.app import create_app
from api.settings import Settings
from api.sites.pages import MadePage, SitePages
from api.sites.sitemap import addresses_in
from reader.article.access import Access
from reader.article.fetch import fetch_page
from reader.article.source import load_source
from reader.cli.print_json import print_json
from reader.cli.status import exit_status, one_line
from reader.errors import BadInput, TingwenError
from reader.messages.text import say
from reader.podcast.sources import is_address
from reader.voices import Voices


@dataclass(slots=True)
class Made:
    """What became of the pages."""

    made: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    """Of no site of ours."""
    failures: list[tuple[str, TingwenError]] = field(default_factory=list)


async def make(options: argparse.Namespace) -> None:
    """Make what is not made, and report what failed."""
    settings = Settings.from_environment()
    if not settings.sites:
        raise BadInput("no-sites")
    made = await make_ahead(options.sources, settings, newest=options.newest)
    if options.json:
        failures = [
            {"page": page, "status": exit_status(error), "error": one_line(error)}
            for page, error in made.failures
        ]
        found = {"made": made.made, "unchanged": made.unchanged, "passed_over": made.passed_over}
        print_json({**found, "failures": failures})
    for page, error in made.failures:
        told = say("{location}: {text}", location=page, text=one_line(error))
        print(f"tingwen: {told}", file=sys.stderr)
    told = say(
        "{n_made} made, {n_known} unchanged, {n_failed} failed, {n_other} of other sites",
        n_made=len(made.made),
        n_known=len(made.unchanged),
        n_failed=len(made.failures),
        n_other=len(made.passed_over),
    )
    print(f"tingwen: {told}", file=sys.stderr)
    if made.failures:
        raise SystemExit(max(exit_status(error) for _, error in made.failures))


async def make_ahead(
    sources: list[str], settings: Settings, voices: Voices | None = None, *, newest: int = 0
) -> Made:
    """Make the pages that sitemaps, feeds or addresses of their own name, one after another; one
    that fails ends nothing else."""
    app = create_app(settings, voices)
    outcome, access = Made(), Access(hosts=settings.allow_hosts)
    async with app.router.lifespan_context(app):
        app.state.service.voices.require_known(settings.voice)
        pages: SitePages = app.state.pages
        waiting = deque(sources)
        while waiting:
            source = waiting.popleft()
            try:
                found, maps = await asyncio.to_thread(_named_by, source, access, pages, newest)
            except TingwenError as error:
                outcome.failures.append((source, error))
                continue
            waiting.extend(maps if source in sources else [])  # an index of indexes is none
            for address in found:
                await _make(address, pages, outcome)
    return outcome


async def _make(address: str, pages: SitePages, outcome: Made) -> None:
    if pages.site_of(address) is None:
        outcome.passed_over.append(address)
        return
    try:
        made = await pages.publish(address, None, "")
        is_new = made.is_new
        await _until_made(made)
    except TingwenError as error:
        outcome.failures.append((address, error))
    else:
        (outcome.made if is_new else outcome.unchanged).append(address)


async def _until_made(made: MadePage) -> None:
    """Raises TingwenError where it fails."""
    job = made.found.job
    if job is None or job.task is None:
        return
    await asyncio.wait([job.task])
    if job.error is not None:
        raise job.error


def _named_by(
    source: str, access: Access, pages: SitePages, newest: int
) -> tuple[list[str], list[str]]:
    """The pages and sitemaps that a source names; a page of a site names itself."""
    is_web = is_address(source)
    page = fetch_page(source, feeds=True, access=access) if is_web else load_source(source)
    try:
        return addresses_in(page, source, newest)
    except TingwenError:
        if pages.site_of(source) is None:
            raise
        return [source], []
