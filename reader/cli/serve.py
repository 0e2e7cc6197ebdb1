"""`tingwen serve`: the HTTP service."""

from __future__ import annotations

import argparse
from dataclasses import replace

import uvicorn

from api.app import create_app
from api.podcast_folder import checked_folder
from api.settings import Settings


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
    )
    await uvicorn.Server(config).serve()
