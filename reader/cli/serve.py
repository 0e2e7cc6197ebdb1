"""`tingwen serve`: the HTTP service."""

from __future__ import annotations

import argparse
import ipaddress
import logging
import sys
import threading
import webbrowser
from functools import partial

from api import logs, redaction
from api.app import create_app, open_service
from api.listening import close_all, open_listeners
from api.routes.podcast import check_folder
from api.server import DrainingServer
from api.settings import Settings
from api.work.priority import answer_first
from reader.messages.text import say


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
    listeners = open_listeners(options.host, options.port)
    logs.set_up(settings)
    answer_first()
    if not settings.api_keys and not _is_this_machine(options.host):
        logging.getLogger("tingwen.server").warning(
            "open to everybody who reaches %s: set TINGWEN_API_KEYS (see `tingwen keys new`) "
            "and TINGWEN_RATE_PER_ADDRESS",
            options.host,
        )
    on_start = partial(_open_page, options.host) if options.open else None
    try:
        app = create_app(settings)
        open_service(app).voices.require_known(settings.voice)
    except Exception:
        close_all(listeners)
        raise
    server = DrainingServer(app, options.host, options.port, settings.grace_s, on_start)
    await server.serve(listeners)


def _open_page(host: str, port: int) -> None:
    """In a thread of its own: a browser may take its time, or the whole terminal."""
    name = host if _is_one_address(host) else "127.0.0.1"
    url = f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"
    threading.Thread(target=_browse, args=(url,), daemon=True, name="tingwen-browser").start()


def _browse(url: str) -> None:
    if not webbrowser.open(url):
        told = say("no browser could be opened: go to {url}", url=url)
        print(f"tingwen: {told}", file=sys.stderr)


def _is_one_address(host: str) -> bool:
    """Not all addresses of the machine, which no browser can go to."""
    try:
        return not ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return bool(host)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
