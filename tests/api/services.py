"""The service in this process, set up as a test wants it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from api.app import create_app
from api.settings import Settings
from reader.voices import Voice
from tests.pipeline.voices import Tone, voices


@asynccontextmanager
async def service(
    tmp_path: Any, voice: Voice | None = None, address: str = "127.0.0.1", **chosen: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a service whose every voice is `voice`, a tone by default."""
    tone = voice or Tone()
    settings = Settings(**{"voice": "tone", "cache": str(tmp_path / "store")} | chosen)
    app = create_app(settings, voices(tone=tone, baker=tone, edge=tone))
    transport = httpx.ASGITransport(app, client=(address, 5000))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=transport, base_url="http://tingwen.test", timeout=60
        ) as client,
    ):
        client.app = app  # type: ignore[attr-defined]
        yield client
