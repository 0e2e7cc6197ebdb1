"""The service in this process, with the real embedded voice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from tests.pipeline.voices import Counted, baker, voices


@pytest.fixture
def voice(embedded_voice: None) -> Counted:  # noqa: ARG001
    return baker()


@pytest.fixture
async def client(voice: Counted, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(voice="baker", cache=str(tmp_path / "store"))
    app = create_app(settings, voices(baker=voice))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://tingwen.test", timeout=60
        ) as client,
    ):
        yield client
