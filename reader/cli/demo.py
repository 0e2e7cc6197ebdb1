"""`tingwen demo`: an example article, narrated and shown in its player, with nothing at hand."""

from __future__ import annotations

import argparse
import asyncio
import logging
import webbrowser
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import httpx

from api.app import create_app, open_service
from api.server import DrainingServer
from api.settings import Settings
from reader.cli.inputs import voice_from
from reader.errors import BadOptions, VoiceError
from reader.messages.language import language_of_environment
from reader.messages.text import say, translated

_HOST: Final = "127.0.0.1"
_LOOK_EVERY_S: Final = 0.2
_TIMEOUT_S: Final = 60.0


async def command(options: argparse.Namespace) -> None:
    """Serve the example until interrupted."""
    changes = {"api_keys": (), "base_url": "", "grace_s": 0.0}
    settings = Settings.from_environment().model_copy(update=changes)
    logging.getLogger("tingwen.server").setLevel(logging.ERROR)  # cut off is what Ctrl-C asks for
    app = create_app(settings)
    open_service(app)
    server = DrainingServer(app, _HOST, options.port, settings.grace_s)
    serving = asyncio.create_task(server.serve())
    while not (server.started or serving.done()):  # noqa: ASYNC110  (a flag is all it has)
        await asyncio.sleep(_LOOK_EVERY_S)
    if server.started:
        try:
            await _show(f"http://{_HOST}:{_port_of(server)}", options)
        except BaseException as error:
            is_ended = server.should_exit or app.state.lifecycle.is_draining
            server.should_exit = True
            await serving
            if not (is_ended and isinstance(error, httpx.HTTPError)):  # Ctrl-C, while it asked
                raise
    await serving


async def _show(service: str, options: argparse.Namespace) -> None:
    """Have the article narrated, and open its page as soon as there is something to hear."""
    wanted = {"html": await asyncio.to_thread(_example), "voice": voice_from(options)}
    headers = {"Accept-Language": language_of_environment().value}
    async with httpx.AsyncClient(
        base_url=service, timeout=_TIMEOUT_S, headers=headers, trust_env=False
    ) as client:
        answer = await client.post("/v1/articles", json=wanted)
        article: dict[str, Any] = answer.json()
        if answer.is_error:  # the voice, since the rest is ours
            raise (BadOptions if answer.is_client_error else VoiceError)(article["detail"])
        page = f"{service}/listen/{article['id']}"
        print(page, flush=True)
        if not options.no_open:
            await asyncio.to_thread(webbrowser.open, page)
        while article["status"] in ("pending", "speaking"):
            await asyncio.sleep(_LOOK_EVERY_S)
            article = (await client.get(f"/v1/articles/{article['id']}")).raise_for_status().json()
    if article["status"] == "failed":
        raise VoiceError(article["problem"]["detail"])
    seconds = round(article["duration"])
    speaker = f"{article['voice']} ({translated(article['licence'])})"
    told = "{title}: {seconds} s by {voice}; Ctrl-C ends it"
    told = say(told, title=article["title"], seconds=seconds, voice=speaker)
    print(told, flush=True)


def _example() -> str:
    """The page that the wheel carries; in a clone it lies among the examples."""
    carried = files("reader.cli").joinpath("example.html")
    if carried.is_file():
        return carried.read_text("utf-8")
    return (Path(__file__).parents[2] / "examples" / "article.html").read_text("utf-8")


def _port_of(server: DrainingServer) -> int:
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port
