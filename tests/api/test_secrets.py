"""Thirty shapes of secrets in settings, and every place in which one could come out."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api import logs, redaction
from api.app import create_app
from api.settings import Settings
from reader.cluster import ClusterSettings
from reader.errors import BadOptions

T = "hush7Tok"
OPENAI, EDGE, HOOKS = "TINGWEN_OPENAI_BASE_URL", "TINGWEN_EDGE_PROXY", "TINGWEN_WEBHOOKS"
RATES, BROKER = "TINGWEN_RATE_STORE", "TINGWEN_BROKER"
SHAPES = [
    (OPENAI, f"http://u:{T}@127.0.0.1:1/v1"),
    (OPENAI, f"http://{T}@127.0.0.1:1/v1"),
    (OPENAI, f"http://sk-{T}@127.0.0.1:1"),
    (OPENAI, f"http://u:{T}@127.0.0.1:1/v1/{T}"),
    (OPENAI, f"http://127.0.0.1:1/v1/{T}"),
    (OPENAI, f"http://127.0.0.1:1/{T}/v1"),
    (OPENAI, f"http://127.0.0.1:1/v1?token={T}"),
    (OPENAI, f"http://127.0.0.1:1/v1?x={T}&y=1"),
    (OPENAI, f"http://127.0.0.1:1/v1#{T}"),
    (OPENAI, f"http://u:a%2F{T}@127.0.0.1:1/v1"),
    (OPENAI, f"http://u:p/{T}@127.0.0.1:1/v1"),
    (OPENAI, f"http://u:{T}@[::1]:1/v1"),
    (OPENAI, f"http://{T}:x@127.0.0.1:1/v1"),
    (EDGE, f"http://u:{T}@127.0.0.1:1"),
    (EDGE, f"http://{T}@127.0.0.1:1"),
    ("TINGWEN_EDGE_ENDPOINT", f"http://u:{T}@127.0.0.1:1"),
    (HOOKS, f"https://hooks.example/s/{T}"),
    (HOOKS, f"https://h.example/?k={T}"),
    (HOOKS, f"https://{T}@h.example/hook"),
    (HOOKS, f"https://u:{T}@h.example/hook"),
    (HOOKS, f"https://h.example/{T} https://i.example/{T}"),
    (RATES, f"redis://:{T}@h:6379/0"),
    (RATES, f"redis://h:6379/0?password={T}"),
    (RATES, f"redis://u:{T}@h:6379/0"),
    (RATES, f"rediss://{T}@h:6379/0"),
    (BROKER, f"redis://:{T}@h:6379/0"),
    (BROKER, f"redis://h:6379/0?password={T}"),
    ("TINGWEN_MY_PASS", T),
    ("TINGWEN_DB_PWD", T),
    ("TINGWEN_OPENAI_API_KEY", T),
    ("TINGWEN_WEBHOOK_SECRET", f"{T}-of-thirty-two-characters"),
    ("TINGWEN_UPSTREAM_TOKENS", f"a {T}"),
    ("TINGWEN_PLUGIN_URL", f"https://u:{T}@plugin.example/"),
    ("TINGWEN_PLUGIN_DSN", f"postgres://u:{T}@h/db"),
]


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    kept, level, text = list(root.handlers), root.level, io.StringIO()
    yield text
    root.handlers[:], root.level = kept, level


async def outputs(tmp_path: Path, said: io.StringIO) -> str:
    """All that a service and its log show, its failures too."""
    shown: list[str] = []
    settings = Settings(cache=str(tmp_path / "cache"), voice="openai", max_syntheses=4)
    shown += redaction.lines(settings)
    logs.set_up(settings)
    for handler in logging.getLogger().handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(said)
    app = create_app(settings)
    shown.append(repr(settings))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://tingwen.test") as client,
    ):
        for path in ("/v1/voices", "/v1/audio/voices", "/metrics", "/readyz", "/openapi.json"):
            shown.append((await client.get(path)).text)
        asked = await client.post("/v1/articles", json={"text": "今天放晴。", "voice": "openai"})
        shown.append(asked.text)
        if asked.is_success:
            place = asked.headers["Location"]
            for part in ("/events", "", "/audio.mp3"):
                shown.append((await client.get(f"{place}{part}")).text)
    shown.append(said.getvalue())
    return "\n".join(shown)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param(*shape, marks=() if number % 4 == 0 else pytest.mark.slow)
        for number, shape in enumerate(SHAPES)
    ],
)
async def test_no_output_shows_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: io.StringIO, name: str, value: str
) -> None:
    monkeypatch.setenv("TINGWEN_OPENAI_ATTEMPTS", "1")
    if name != BROKER:  # a service with a broker that is away has nothing to show but that
        monkeypatch.setenv(name, value)
    if name == HOOKS:
        monkeypatch.setenv("TINGWEN_WEBHOOK_SECRET", "a secret of thirty-two characters")
    logging.getLogger("tingwen.test").warning("%s", value)
    try:
        shown = await outputs(tmp_path, said)
    except BadOptions as error:
        shown = str(error)
    assert T not in shown
    if name == BROKER:
        monkeypatch.setenv(name, value)
        assert T not in ClusterSettings(value).shown
        assert T not in "\n".join(redaction.lines(Settings()))


@pytest.mark.parametrize(("name", "value"), SHAPES)
def test_no_log_shows_a_secret(
    monkeypatch: pytest.MonkeyPatch, said: io.StringIO, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    if name == HOOKS:
        monkeypatch.setenv("TINGWEN_WEBHOOK_SECRET", "a secret of thirty-two characters")
    logs.set_up(Settings())
    for handler in logging.getLogger().handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(said)
    log = logging.getLogger("tingwen.test")
    log.warning("asked %s", value)
    log.warning("asked", extra={"url": value})
    try:
        raise ValueError(value)
    except ValueError:
        log.exception("failed")
    assert said.getvalue().count("\n") >= 3
    assert T not in said.getvalue(), said.getvalue()
