"""`tingwen serve`: the HTTP service."""

from __future__ import annotations

import argparse
import ipaddress
import logging

from api import logs, redaction
from api.app import create_app
from api.routes.podcast import check_folder
from api.server import DrainingServer
from api.settings import Settings
from api.work.priority import answer_first


async def command(options: argparse.Namespace) -> None:
    """Serve until interrupted."""
    settings = Settings.from_environment()
    changes: dict[str, object] = {}
    if options.podcast:
        changes["podcast"] = options.podcast
    if options.access_log:
        changes["access_log"] = True
    settings = settings.model_copy(update=changes)
    if settings.podcast:
        check_folder(settings.podcast)
    if options.print_config:
        print("\n".join(redaction.lines(settings)))
        return
    logs.set_up(settings)
    answer_first()
    if not settings.api_keys and not _is_this_machine(options.host):
        logging.getLogger("tingwen.server").warning(
            "open to everybody who reaches %s: set TINGWEN_API_KEYS (see `tingwen keys new`) "
            "and TINGWEN_RATE_PER_ADDRESS",
            options.host,
        )
    await DrainingServer(create_app(settings), options.host, options.port, settings.grace_s).serve()


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
