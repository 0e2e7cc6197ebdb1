"""`tingwen serve`: the HTTP service."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Final

import uvicorn

from api.app import create_app
from api.podcast_folder import checked_folder
from api.settings import Settings

_KEEP_ALIVE_S: Final = 75
"""Longer than the 60 s for which nginx keeps an idle connection to us: closed by us first, the
next request on it would be answered 502."""


async def command(options: argparse.Namespace) -> None:
    """Serve until interrupted."""
    settings = Settings.from_environment()
    if options.podcast:
        settings = replace(settings, podcast=checked_folder(options.podcast))
    config = uvicorn.Config(
        create_app(settings),
        host=options.host,
        port=options.port,
        access_log=options.access_log,
        timeout_keep_alive=_KEEP_ALIVE_S,
    )
    await uvicorn.Server(config).serve()
