"""`/v1/voices` is open to anybody: it tells what can be asked for, and no secret."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings


@pytest.mark.parametrize(
    "address",
    [
        "http://u:SECRET@127.0.0.1:1/v1",
        "http://SECRET@127.0.0.1:1/v1",
        "http://127.0.0.1:1/v1?token=SECRET",
        "http://127.0.0.1:1/v1/SECRET",
        "http://127.0.0.1:1/v1#SECRET",
        "http://u:pa/SECRET@127.0.0.1:1/v1",
    ],
)
async def test_no_voice_shows_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("TINGWEN_OPENAI_BASE_URL", address)
    app = create_app(Settings(cache=str(tmp_path)))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://tingwen.test") as client,
    ):
        for path in ("/v1/voices", "/v1/audio/voices", "/metrics", "/readyz"):
            answer = await client.get(path)
            assert "SECRET" not in answer.text, path
        listed = (await client.get("/v1/voices")).json()
    assert any(voice["name"].startswith("openai:") for voice in listed)
