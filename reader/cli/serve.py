"""`tingwen serve`: the HTTP service."""

from __future__ import annotations

import argparse

import uvicorn

from api.app import create_app
from api.settings import Settings


async def command(options: argparse.Namespace) -> None:
    """Serve until interrupted."""
    config = uvicorn.Config(
        create_app(Settings.from_environment()),
        host=options.host,
        port=options.port,
        access_log=options.access_log,
    )
    await uvicorn.Server(config).serve()
